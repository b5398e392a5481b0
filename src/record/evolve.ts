import type { ClockFact, Entry, StoredEntry } from '../protocol/entries.ts'
import type { EntryKind } from '../protocol/vocabulary.ts'
import { firstOf, newestOf, STEPS, type Step } from './steps.ts'
import { clockKey, isOpen, type Thread } from './thread.ts'

/** How much of the question a summary shows. */
const QUESTION_KEPT = 120

function mergeClocks(thread: Thread, moved: readonly ClockFact[] | undefined): Thread['clocks'] {
  if (!moved?.length) return thread.clocks
  const all = new Map(thread.clocks.map((clock) => [clockKey(clock), clock]))
  for (const clock of moved) all.set(clockKey(clock), clock)
  const newest = new Map<string, number>()
  for (const clock of all.values()) {
    newest.set(clock.name, Math.max(newest.get(clock.name) ?? 0, clock.n))
  }
  return [...all.values()].filter((clock) => isOpen(clock) || newest.get(clock.name) === clock.n)
}

/** The first entry: who asked what. */
function open(entry: Entry<'asked'>): Thread {
  const { body } = entry
  return {
    id: entry.thread,
    kind: body.kind,
    state: 'answering',
    enterprise: body.enterprise,
    asker: entry.by.id,
    question: { seq: entry.seq, text: firstOf(body.text, QUESTION_KEPT) },
    newest: newestOf(entry.seq, body.text),
    urgent: false,
    desk: null,
    topic: null,
    firstResponder: null,
    owner: null,
    formerOwners: [],
    offer: null,
    consulted: [],
    choices: null,
    answered: false,
    referred: false,
    escalatedSeq: null,
    clocks: body.clocks ?? [],
    noticed: [],
    alerted: [],
    alert: null,
    standing: null,
    resolution: null,
    rating: null,
    outcome: null,
    endedAt: null,
    remindedAt: null,
    notices: 0,
    seq: entry.seq,
    head: entry.hash,
    openedAt: entry.at,
    at: entry.at,
  }
}

/** An alert stands until the thread moves on, or its clock is answered. */
function alertsAfter(thread: Thread, change: Partial<Thread>, running: ReadonlySet<string>) {
  const { alert, alerted, standing } = { ...thread, ...change }
  const moves = (['state', 'desk', 'owner'] as const).some((what) => what in change)
  const isOver = alert !== null && alert.clock !== null && !running.has(alert.clock)
  return {
    alerted: alerted.filter((key) => running.has(key.slice(0, key.indexOf('@')))),
    alert: isOver || (moves && change.alert === undefined) ? null : alert,
    standing: moves ? (change.standing ?? null) : standing,
  }
}

/**
 * One more entry onto a thread; `null` before the first. A redacted entry folds by what its
 * `redacted` kept, which the reader of the record passes in as `body`.
 * @throws Error when the first entry is not `asked`, which no decision of ours makes
 */
export function evolve(thread: Thread | null, entry: Entry): Thread {
  if (thread === null) {
    if (entry.kind !== 'asked') throw new Error(`a thread cannot begin with ${entry.kind}`)
    return open(entry)
  }
  const step = STEPS[entry.kind] as Step<EntryKind> | undefined
  const clocks = mergeClocks(thread, entry.body.clocks)
  const change = step?.(thread, entry) ?? {}
  const after = { ...thread, ...change }
  const running = new Set(clocks.filter(isOpen).map(clockKey))
  return {
    ...after,
    clocks,
    noticed: after.noticed.filter((key) => running.has(key)),
    ...alertsAfter(thread, change, running),
    seq: entry.seq,
    head: entry.hash,
    at: entry.at,
  }
}

/** Entries with a body each: of a redacted one, what its `redacted` kept. */
export function* wholeEntries(entries: readonly StoredEntry[]): Generator<Entry> {
  const kept = new Map<number, Record<string, unknown>>()
  for (const entry of entries) {
    if (entry.kind === 'redacted' && entry.body) {
      kept.set(entry.body.seq as number, entry.body.kept as Record<string, unknown>)
    }
  }
  for (const entry of entries) {
    yield { ...entry, body: entry.body ?? kept.get(entry.seq) ?? {} } as Entry
  }
}

/** The whole record from its first entry; null for an empty one. */
export function fold(entries: readonly StoredEntry[]): Thread | null {
  let thread: Thread | null = null
  for (const entry of wholeEntries(entries)) thread = evolve(thread, entry)
  return thread
}
