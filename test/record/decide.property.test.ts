import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createClockwork } from '../../src/actions/clockwork.ts'
import { DEFAULT_LIMITS } from '../../src/clock/limits.ts'
import { CALENDAR } from '../../src/clock/years.ts'
import type { EnterpriseCaller, StaffCaller } from '../../src/protocol/caller.ts'
import type { Command } from '../../src/protocol/commands.ts'
import type { Entry } from '../../src/protocol/entries.ts'
import { isRefusal } from '../../src/protocol/refusals.ts'
import { GENESIS, link } from '../../src/record/chain.ts'
import { decide, RULES } from '../../src/record/decide.ts'
import { evolve, fold } from '../../src/record/evolve.ts'
import { opening } from '../../src/record/rules/escalation.ts'
import type { Facts, Verdict } from '../../src/record/rules/rule.ts'
import type { Thread } from '../../src/record/thread.ts'
import { verifyRecord } from '../../src/record/verify.ts'

const THREAD = '0198f000-0000-7000-8000-000000000001'
const ID = '0198f000-0000-4000-8000-000000000002'
const expiresAt = new Date('2027-01-01T00:00:00Z')
const enterprise: EnterpriseCaller = {
  role: 'enterprise',
  id: 'person',
  name: '陈晓敏',
  enterprise: { uscc: '91330199MA2F7K4X27', name: '清源印染有限公司' },
  expiresAt,
}
const staff = (id: string, role: StaffCaller['role'], desk: string): StaffCaller => ({
  role,
  id,
  name: id,
  desk,
  desks: [desk],
  session: id,
  expiresAt,
})
const CALLERS = [
  enterprise,
  staff('wang', 'officer', 'water'),
  staff('li', 'officer', 'water'),
  staff('zhao', 'officer', 'eia'),
  staff('sun', 'supervisor', 'water'),
  staff('admin', 'admin', 'eia'),
]

const clockwork = createClockwork({
  calendar: CALENDAR,
  limits: [DEFAULT_LIMITS],
  deskName: (id) => id,
})
const answered = {
  faq: 'a',
  version: 1,
  question: '问',
  answer: '答',
  basis: [{ title: '法典', status: 'current' as const }],
  confidence: 0.9,
}
const VERDICTS: Verdict[] = [
  { kind: 'answered', body: answered },
  { kind: 'offered', body: { choices: [{ id: 'a', question: '问' }], confidence: 0.5 } },
  { kind: 'replied', body: { reason: 'chat', text: '您好' } },
  { kind: 'escalated', reason: 'unsure' },
]

const onThread = { id: ID, thread: THREAD }
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom<Command>(
    { type: 'say', ...onThread, text: '补充一句' },
    { type: 'choose', ...onThread, faq: 'a' },
    { type: 'choose', ...onThread, faq: null },
    { type: 'escalate', ...onThread },
    { type: 'cancel', ...onThread },
    { type: 'claim', ...onThread },
    { type: 'note', ...onThread, text: '内部' },
    { type: 'resolve', ...onThread, outcome: 'answered', summary: '好了' },
    { type: 'reopen', ...onThread, text: '还有' },
    { type: 'judge', ...onThread, seq: 2, helpful: true },
  ),
  fc.integer({ min: 1, max: 5 }).map((grade): Command => ({ type: 'rate', ...onThread, grade })),
)
const step = fc.record({
  who: fc.constantFrom(...CALLERS),
  /** Whether the one who may do it does it, so that sequences get somewhere. */
  apt: fc.boolean(),
  command,
  verdict: fc.constantFrom(...VERDICTS),
  urgent: fc.boolean(),
  ownerActive: fc.boolean(),
  minutes: fc.integer({ min: 0, max: 3 * 24 * 60 }),
})

function aptFor(thread: Thread, { type }: Command) {
  if (type === 'claim') return CALLERS[1]!
  if (type === 'resolve' || type === 'note') {
    return CALLERS.find(({ id }) => id === thread.owner?.id) ?? CALLERS[2]!
  }
  return enterprise
}

let n = 0
const salt = () => (n++).toString(16).padStart(32, '0')

/** What must hold of any thread, whatever led to it. */
function check(before: Thread | null, after: Thread, entries: readonly Entry[]): void {
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1))
  expect(verifyRecord({ v: 1, thread: THREAD, items: entries as never })).toMatchObject({
    intact: true,
  })
  expect(fold(entries)).toEqual(after)
  expect(JSON.parse(JSON.stringify(after))).toEqual(after)
  if (after.state === 'held') expect(after.owner).not.toBeNull()
  if (after.state === 'waiting' || after.state === 'answering') expect(after.owner).toBeNull()
  if (before?.firstResponder) expect(after.firstResponder).toEqual(before.firstResponder)
  if (after.owner) expect(after.firstResponder).not.toBeNull()
  if (after.state !== 'answering' && after.escalatedSeq !== null) expect(after.desk).not.toBeNull()
  for (const clock of after.clocks) {
    expect(clock.dueAt === undefined || clock.dueAt >= clock.startedAt).toBe(true)
    expect(clock.metAt === undefined || clock.metAt >= clock.startedAt).toBe(true)
  }
  const open = after.clocks.filter((c) => !c.metAt && !c.endedAt).map((c) => c.name)
  expect(new Set(open).size).toBe(open.length)
  if (after.state === 'closed') expect(open.filter((name) => name !== 'call-back')).toEqual([])
}

describe('random commands by random people', () => {
  it('leave a thread with one owner, one first responder and a record that folds back to it', () => {
    const reached = new Set<string>()
    fc.assert(
      fc.property(
        fc.constantFrom(...VERDICTS),
        fc.array(step, { maxLength: 120, size: 'max' }),
        (first, steps) => {
          let now = new Date('2026-11-24T02:00:00.000Z')
          const facts = (more: Partial<Facts> = {}): Facts => ({
            now,
            clockwork,
            desk: 'water',
            reopenDays: 30,
            ...more,
          })
          const by = { role: 'enterprise' as const, id: enterprise.id }
          const drafts = opening(
            { text: '问题', kind: 'consult', enterprise: enterprise.enterprise, by },
            facts({ verdict: first }),
          )
          const entries: Entry[] = link(
            { thread: THREAD, seq: 0, hash: GENESIS, at: null },
            drafts,
            now,
            salt,
          )
          let thread = fold(entries)!
          check(null, thread, entries)
          for (const { apt, command, verdict, urgent, ownerActive, minutes, ...random } of steps) {
            const who = apt ? aptFor(thread, command) : random.who
            now = new Date(now.getTime() + minutes * 60_000)
            const known = facts({
              verdict,
              ownerActive,
              chosen: answered,
              target: entries[1] ?? null,
              ...(urgent && who.role === 'enterprise'
                ? { card: '119', verdict: { kind: 'escalated', reason: 'emergency' } }
                : {}),
            })
            const decision = decide(thread, command, who, known)
            if (isRefusal(decision) || 'named' in decision) continue
            const head = { thread: THREAD, seq: thread.seq, hash: thread.head, at: thread.at }
            const more = link(head, decision, now, salt)
            const after = more.reduce<Thread>((t, entry) => evolve(t, entry), thread)
            reached.add(`${thread.state} ${command.type}`)
            entries.push(...more)
            check(thread, after, entries)
            thread = after
          }
        },
      ),
      { numRuns: 150 },
    )
    // a property over sequences that never get anywhere would hold too
    for (const way of [
      'answering escalate',
      'waiting claim',
      'held resolve',
      'resolved rate',
      'resolved reopen',
      'closed reopen',
    ]) {
      expect(reached, way).toContain(way)
    }
  })

  it('refuse to one who does not see the thread as if it did not exist', () => {
    const facts = {
      now: new Date('2026-11-24T02:00:00.000Z'),
      clockwork,
      desk: 'water',
      reopenDays: 30,
    }
    const by = { role: 'enterprise' as const, id: enterprise.id }
    const drafts = opening(
      { text: '问', kind: 'consult', enterprise: enterprise.enterprise, by },
      { ...facts, verdict: VERDICTS[3]! },
    )
    const thread = fold(
      link({ thread: THREAD, seq: 0, hash: GENESIS, at: null }, drafts, facts.now, salt),
    )!
    for (const type of Object.keys(RULES)) {
      const told = {
        type,
        ...onThread,
        text: '问',
        faq: null,
        seq: 1,
        grade: 1,
        outcome: 'answered',
        summary: '好',
      } as never
      expect(decide(thread, told, staff('zhao', 'officer', 'eia'), facts)).toEqual({
        refused: 'not-found',
      })
    }
  })
})
