import type { ClockFact, Entry, StoredEntry, Target } from '../protocol/entries.ts'
import type { EntryKind } from '../protocol/vocabulary.ts'
import { isOpen, type Thread } from './thread.ts'

/** How much of a text the fold keeps: a summary's length, and what routing reads. */
const QUESTION_KEPT = 120
const NEWEST_KEPT = 500

const firstOf = (text: string, n: number) => [...text.slice(0, n * 2)].slice(0, n).join('')

function mergeClocks(thread: Thread, moved: readonly ClockFact[] | undefined): Thread['clocks'] {
  if (!moved?.length) return thread.clocks
  const key = (clock: ClockFact) => `${clock.name}#${clock.n}`
  const all = new Map(thread.clocks.map((clock) => [key(clock), clock]))
  for (const clock of moved) all.set(key(clock), clock)
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
    newest: { seq: entry.seq, text: firstOf(body.text, NEWEST_KEPT) },
    urgent: false,
    desk: null,
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

type Change = Partial<Thread>
type Step<K extends EntryKind> = (thread: Thread, entry: Entry<K>) => Change

const person = (entry: Entry, desk: string | null) => ({
  id: entry.by.id,
  name: entry.by.name ?? '',
  ...(desk === null ? {} : { desk }),
})

/** Former owners, once this one is among them: they go on seeing the thread. */
const withFormer = (thread: Thread): Thread['formerOwners'] =>
  thread.owner === null
    ? thread.formerOwners
    : [...new Set([...thread.formerOwners, thread.owner.id])]

/** The owner changes hands. */
const handOver = (thread: Thread, to: Target['person'], desk: string): Change => ({
  state: 'held',
  owner: to ?? null,
  desk,
  firstResponder: thread.firstResponder ?? to ?? null,
  formerOwners: thread.owner?.id === to?.id ? thread.formerOwners : withFormer(thread),
  offer: null,
})

const said: Step<'said'> = (thread, entry) => {
  if (entry.by.role !== 'enterprise') return {}
  const newest =
    entry.body.text === undefined
      ? thread.newest
      : { seq: entry.seq, text: firstOf(entry.body.text, NEWEST_KEPT) }
  return { newest, urgent: thread.urgent || entry.body.urgent === true }
}

const reopened: Step<'reopened'> = (thread, entry) => ({
  state: entry.body.owner ? 'held' : 'waiting',
  owner: entry.body.owner ?? null,
  formerOwners: entry.body.owner ? thread.formerOwners : withFormer(thread),
  desk: entry.body.desk,
  newest: { seq: entry.seq, text: firstOf(entry.body.text, NEWEST_KEPT) },
  urgent: thread.urgent || entry.body.urgent === true,
  outcome: null,
})

const redacted: Step<'redacted'> = (thread, entry) => {
  const gone = entry.body.seq
  const change: Change = {}
  if (thread.question.seq === gone) change.question = { ...thread.question, text: '' }
  if (thread.newest.seq === gone) change.newest = { ...thread.newest, text: '' }
  return change
}

/** What each kind changes; kinds that only stand on the record change nothing. */
const STEPS: { [K in EntryKind]?: Step<K> } = {
  answered: () => ({ answered: true }),
  offered: (_, entry) => ({
    choices: { ids: entry.body.choices.map((c) => c.id), confidence: entry.body.confidence },
  }),
  replied: (thread, entry) => ({ referred: thread.referred || entry.body.refer !== undefined }),
  escalated: (thread, entry) => ({
    state: 'waiting',
    desk: entry.body.desk,
    choices: null,
    escalatedSeq: entry.seq,
    urgent: thread.urgent || entry.body.urgent === true,
  }),
  claimed: (thread, entry) => ({
    state: 'held',
    owner: person(entry, thread.desk),
    firstResponder: thread.firstResponder ?? person(entry, thread.desk),
  }),
  routed: (_, entry) => (entry.body.to.desk ? { desk: entry.body.to.desk.id } : {}),
  said,
  'handover-offered': (_, entry) => ({ offer: { seq: entry.seq, to: entry.body.to } }),
  'handover-accepted': (thread, entry) =>
    handOver(thread, person(entry, entry.body.desk), entry.body.desk),
  // a desk's officer's “no” is only recorded: somebody else of the desk may still accept
  'handover-declined': (thread) => (thread.offer?.to.person ? { offer: null } : {}),
  'handover-withdrawn': () => ({ offer: null }),
  'handover-lapsed': () => ({ offer: null }),
  'opinion-asked': (thread, entry) => ({ consulted: [...thread.consulted, entry.body.to] }),
  'notice-given': (thread) => ({ notices: thread.notices + 1 }),
  resolved: (_, entry) => ({
    state: 'resolved',
    outcome: entry.body.outcome,
    endedAt: entry.at,
    resolution: { at: entry.at, outcome: entry.body.outcome, rated: false },
  }),
  rated: (thread, entry) => ({
    rating: entry.body.grade,
    resolution: thread.resolution ? { ...thread.resolution, rated: true } : null,
  }),
  reopened,
  reminded: (_, entry) => ({ remindedAt: entry.at }),
  assigned: (thread, entry) => {
    const to = entry.body.to.person
    return handOver(thread, to, to?.desk ?? thread.desk ?? '')
  },
  released: (thread, entry) => ({
    state: 'waiting',
    owner: null,
    desk: entry.body.desk,
    formerOwners: withFormer(thread),
    offer: null,
  }),
  redacted,
  closed: (thread, entry) => ({
    state: 'closed',
    outcome: entry.body.outcome,
    endedAt: thread.state === 'resolved' ? thread.endedAt : entry.at,
  }),
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
  return {
    ...thread,
    ...step?.(thread, entry),
    clocks: mergeClocks(thread, entry.body.clocks),
    seq: entry.seq,
    head: entry.hash,
    at: entry.at,
  }
}

/** The whole record from its first entry; null for an empty one. */
export function fold(entries: readonly StoredEntry[]): Thread | null {
  const kept = new Map<number, Record<string, unknown>>()
  for (const entry of entries) {
    if (entry.kind === 'redacted' && entry.body) {
      kept.set(entry.body.seq as number, entry.body.kept as Record<string, unknown>)
    }
  }
  let thread: Thread | null = null
  for (const entry of entries) {
    const body = entry.body ?? { text: '', ...kept.get(entry.seq) }
    thread = evolve(thread, { ...entry, body } as Entry)
  }
  return thread
}
