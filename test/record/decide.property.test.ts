import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createClockwork } from '../../src/actions/clockwork.ts'
import { DEFAULT_LIMITS } from '../../src/clock/limits.ts'
import { CALENDAR } from '../../src/clock/years.ts'
import type { Caller, EnterpriseCaller, StaffCaller } from '../../src/protocol/caller.ts'
import type { Entry, StoredEntry } from '../../src/protocol/entries.ts'
import { isRefusal } from '../../src/protocol/refusals.ts'
import { CLOCK_NAMES, PAUSE_GROUNDS } from '../../src/protocol/vocabulary.ts'
import { type Draft, GENESIS, link } from '../../src/record/chain.ts'
import { decide, RULES, type ThreadCommand } from '../../src/record/decide.ts'
import { evolve, fold } from '../../src/record/evolve.ts'
import { opening } from '../../src/record/rules/escalation.ts'
import type { Addressee, Facts, Verdict } from '../../src/record/rules/rule.ts'
import { brought } from '../../src/record/rules/system.ts'
import { isSealed, isSealedClock, viewOf } from '../../src/record/sight.ts'
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
const CALLERS: Caller[] = [
  enterprise,
  staff('wang', 'officer', 'water'),
  staff('li', 'officer', 'water'),
  staff('zhao', 'officer', 'eia'),
  { ...staff('sun', 'supervisor', 'water'), desks: ['water', 'eia'] },
  staff('admin', 'admin', 'eia'),
]

const clockwork = createClockwork(() => ({
  calendar: CALENDAR,
  limits: [DEFAULT_LIMITS],
  deskName: (id) => id,
  deskHours: () => null,
}))
const FILE = { id: 'f', name: '身份证.pdf', type: 'application/pdf', size: 1 }
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
const seq = fc.integer({ min: 1, max: 40 })
const clock = fc.constantFrom(...CLOCK_NAMES)
const command: fc.Arbitrary<ThreadCommand> = fc.oneof(
  fc.constantFrom<ThreadCommand>(
    { type: 'offer', ...onThread, to: 'zhao', reason: '环评的事' },
    { type: 'accept', ...onThread },
    { type: 'decline', ...onThread, reason: '忙' },
    { type: 'withdraw', ...onThread },
    { type: 'consult', ...onThread, to: 'zhao', text: '怎么看' },
    { type: 'opine', ...onThread, text: '可以', public: true },
    { type: 'resume', ...onThread, clock: 'resolution' },
    { type: 'pause', ...onThread, clock: 'resolution', ground: 'materials' },
  ),
  fc.constantFrom<ThreadCommand>(
    { type: 'say', ...onThread, text: '补充一句' },
    { type: 'say', ...onThread, files: ['f'] },
    { type: 'choose', ...onThread, faq: 'a' },
    { type: 'choose', ...onThread, faq: null },
    { type: 'escalate', ...onThread },
    { type: 'cancel', ...onThread },
    { type: 'claim', ...onThread },
    { type: 'note', ...onThread, text: '内部' },
    { type: 'resolve', ...onThread, outcome: 'answered', summary: '好了' },
    { type: 'reopen', ...onThread, text: '还有' },
    { type: 'offer', ...onThread, to: 'li', reason: '熟悉' },
    { type: 'offer', ...onThread, to: 'zhao', reason: '环评的事' },
    { type: 'offer', ...onThread, to: 'eia', reason: '环评的事' },
    { type: 'accept', ...onThread },
    { type: 'decline', ...onThread, reason: '忙' },
    { type: 'withdraw', ...onThread },
    { type: 'consult', ...onThread, to: 'zhao', text: '怎么看' },
    { type: 'opine', ...onThread, text: '不妥', public: false },
    {
      type: 'notice',
      ...onThread,
      items: ['表'],
      steps: [],
      window: '一楼',
      limit: '5 日',
      reason: '漏',
    },
    { type: 'call-back', ...onThread, text: '回访' },
    { type: 'remind', ...onThread },
    { type: 'supervise', ...onThread, text: '抓紧' },
    { type: 'supervise', ...onThread, text: '今天', due: '2027-06-01T00:00:00.000Z' },
    { type: 'assign', ...onThread, to: 'zhao', reason: '请接手' },
    { type: 'assign', ...onThread, to: 'li', reason: '请接手' },
    { type: 'route', ...onThread, to: 'eia', reason: '归环评' },
    { type: 'route', ...onThread, to: 'water', reason: '归水科' },
  ),
  fc
    .integer({ min: 1, max: 5 })
    .map((grade): ThreadCommand => ({ type: 'rate', ...onThread, grade })),
  seq.map((n): ThreadCommand => ({ type: 'judge', ...onThread, seq: n, helpful: true })),
  seq.map((n): ThreadCommand => ({ type: 'correct', ...onThread, seq: n, text: '更正' })),
  seq.map((n): ThreadCommand => ({ type: 'redact', ...onThread, seq: n, ground: '个人信息' })),
  fc
    .tuple(clock, fc.constantFrom(...PAUSE_GROUNDS))
    .map(([name, ground]): ThreadCommand => ({ type: 'pause', ...onThread, clock: name, ground })),
  clock.map((name): ThreadCommand => ({ type: 'resume', ...onThread, clock: name })),
)
const step = fc.record({
  who: fc.constantFrom(...CALLERS),
  /** Whether the one who may do it does it, so that sequences get somewhere. */
  apt: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
  command,
  verdict: fc.constantFrom(...VERDICTS),
  urgent: fc.boolean(),
  ownerActive: fc.boolean(),
  minutes: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 15 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 * 24 * 60 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 20 * 24 * 60 }) },
  ),
  /** Whether it takes the next step on the way instead of a random one. */
  forward: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  /** Whether the clockwork has a look before. */
  looks: fc.boolean(),
})

const byId = (id: string | undefined) => CALLERS.find((caller) => caller.id === id)
const BY_OWNER = ['resolve', 'note', 'offer', 'withdraw', 'consult', 'notice', 'pause', 'resume']
const BY_SUPERVISOR = ['supervise', 'assign', 'route', 'call-back']

function aptFor(thread: Thread, { type }: ThreadCommand) {
  if (type === 'claim') return byId(thread.desk === 'water' ? 'wang' : 'zhao')
  if (BY_OWNER.includes(type)) return byId(thread.owner?.id)
  if (BY_SUPERVISOR.includes(type)) return byId('sun')
  if (type === 'accept' || type === 'decline') return byId(thread.offer?.to.person?.id ?? 'zhao')
  if (type === 'opine') return byId('zhao')
  return byId(type === 'redact' ? 'admin' : 'person')
}

function nextOf({ state, offer, rating, clocks }: Thread): ThreadCommand {
  const owed = clocks.some((fact) => fact.name === 'call-back' && !fact.metAt)
  if (state === 'answering') return { type: 'escalate', ...onThread }
  if (state === 'waiting') return { type: 'claim', ...onThread }
  if (state === 'held' && offer) return { type: 'accept', ...onThread }
  if (state === 'held') {
    return { type: 'resolve', ...onThread, outcome: 'handled', summary: '办结' }
  }
  if (owed) return { type: 'call-back', ...onThread, text: '回访' }
  return rating === null
    ? { type: 'rate', ...onThread, grade: 1 }
    : { type: 'reopen', ...onThread, text: '还有' }
}

const addressee = (id: string): Addressee => {
  if (id === 'eia' || id === 'water') return { desk: { id, name: id } }
  const { name, role, desks, desk = '' } = byId(id) as StaffCaller
  return { person: { id, name, desk }, role, desks }
}

let n = 0
const salt = () => (n++).toString(16).padStart(32, '0')

/** Entries by which the owner may change. */
const MOVES = ['claimed', 'handover-accepted', 'assigned', 'released', 'reopened']
/** Each order and each nudge has a clock of its own; of the others one runs at a time. */
const isOneAtATime = (name: string) => name !== 'reminder' && name !== 'supervision'

/** What must hold of the whole record, at the end of every way. */
function checkRecord(after: Thread, entries: readonly StoredEntry[]): void {
  expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, i) => i + 1))
  const items = entries.map((entry) => viewOf(entry, 'whole'))
  expect(verifyRecord({ v: 1, thread: THREAD, items })).toMatchObject({ intact: true })
  expect(fold(entries)).toEqual(after)
  expect(JSON.parse(JSON.stringify(after))).toEqual(after)
}

/** What must hold of any thread, whatever led to it. */
function check(before: Thread | null, after: Thread, added: readonly Entry[]) {
  if (after.state === 'held') expect(after.owner).not.toBeNull()
  if (after.state === 'waiting' || after.state === 'answering') expect(after.owner).toBeNull()
  if (before?.firstResponder) expect(after.firstResponder).toEqual(before.firstResponder)
  if (after.owner) expect(after.firstResponder).not.toBeNull()
  if (after.state !== 'answering' && after.escalatedSeq !== null) expect(after.desk).not.toBeNull()
  if (before && before.owner?.id !== after.owner?.id) {
    expect(added.map(({ kind }) => kind).filter((kind) => MOVES.includes(kind))).toHaveLength(1)
  }
  if (before?.state === 'closed' && after.state !== 'closed')
    expect(added[0]?.kind).toBe('reopened')
  checkClocks(before, after)
  for (const entry of added) {
    if (isSealed(entry)) continue
    expect((entry.body.clocks ?? []).filter(({ name }) => isSealedClock(name))).toEqual([])
  }
}

function checkClocks(before: Thread | null, after: Thread): void {
  for (const clock of after.clocks) {
    expect(clock.dueAt === undefined || clock.dueAt >= clock.startedAt).toBe(true)
    expect(clock.metAt === undefined || clock.metAt >= clock.startedAt).toBe(true)
    const was = before?.clocks.find(({ name, n }) => name === clock.name && n === clock.n)
    if (!was) continue
    expect(clock.startedAt).toBe(was.startedAt)
    expect(was.dueAt === undefined || clock.dueAt === undefined || clock.dueAt >= was.dueAt).toBe(
      true,
    )
    if (was.metAt ?? was.endedAt) expect(clock).toEqual(was)
  }
  const open = after.clocks.filter((c) => !c.metAt && !c.endedAt).map((c) => c.name)
  const single = open.filter(isOneAtATime)
  expect(new Set(single).size).toBe(single.length)
  expect(open.includes('handover')).toBe(after.offer !== null)
  if (after.state === 'closed') expect(open.filter((name) => name !== 'call-back')).toEqual([])
  const late = after.noticed.map((key) => key.split('#')[0])
  expect(late.every((name) => open.some((other) => other === name))).toBe(true)
}

/** As the record stands once a redaction has gone through its door. */
function emptied(entries: readonly StoredEntry[], added: readonly Entry[]): StoredEntry[] {
  const gone = added.flatMap((entry) => (entry.kind === 'redacted' ? entry.body.seq : []))
  return [...entries, ...added].map((entry) =>
    gone.includes(entry.seq)
      ? { ...entry, body: null, salt: null, sealed: isSealed(entry) }
      : entry,
  ) as StoredEntry[]
}

const WAYS = [
  ...['answering escalate', 'waiting claim', 'waiting route', 'waiting assign', 'waiting remind'],
  ...['offer', 'accept', 'decline', 'withdraw', 'consult', 'opine', 'pause', 'resume', 'notice']
    .concat('assign', 'supervise', 'remind', 'correct', 'redact', 'resolve')
    .map((type) => `held ${type}`),
  ...['resolved rate', 'resolved reopen', 'resolved call-back', 'closed reopen', 'closed redact'],
  ...['overdue', 'handover-lapsed', 'clock-resumed', 'closed'],
]

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
          const opened = link(
            { thread: THREAD, seq: 0, hash: GENESIS, at: null },
            drafts,
            now,
            salt,
          )
          let entries: StoredEntry[] = opened
          let thread = fold(entries)!
          check(null, thread, opened)
          const write = (more: readonly Draft[], why: string) => {
            if (more.length === 0) return
            const head = { thread: THREAD, seq: thread.seq, hash: thread.head, at: thread.at }
            const added = link(head, more, now, salt)
            const after = added.reduce<Thread>((t, entry) => evolve(t, entry), thread)
            for (const { kind } of why === 'clockwork' ? added : []) reached.add(kind)
            reached.add(`${thread.state} ${why}`)
            entries = emptied(entries, added)
            check(thread, after, added)
            thread = after
          }
          for (const { verdict, urgent, ownerActive, minutes, ...random } of steps) {
            const command = random.forward ? nextOf(thread) : random.command
            now = new Date(now.getTime() + minutes * 60_000)
            if (random.looks) write(brought(thread, facts()), 'clockwork')
            const who = ((random.forward || random.apt) && aptFor(thread, command)) || random.who
            const known = facts({
              verdict,
              ownerActive,
              chosen: answered,
              target: 'seq' in command ? (entries[command.seq - 1] ?? null) : null,
              to: 'to' in command ? addressee(command.to) : null,
              ...('files' in command ? { files: [FILE] } : {}),
              ...(urgent && who.role === 'enterprise'
                ? { card: '119', verdict: { kind: 'escalated', reason: 'emergency' } }
                : {}),
            })
            const decision = decide(thread, command, who, known)
            if (!isRefusal(decision) && !('named' in decision)) write(decision, command.type)
          }
          checkRecord(thread, entries)
        },
      ),
      { numRuns: 800 },
    )
    // a property over sequences that never get anywhere would hold too
    for (const way of WAYS) expect(reached, way).toContain(way)
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
