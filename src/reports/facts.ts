import type { ClockFact, Entry, Person, StoredEntry, Target } from '../protocol/entries.ts'
import type { ClockName, EntryKind, Outcome, ThreadState } from '../protocol/vocabulary.ts'
import { evolve, wholeEntries } from '../record/evolve.ts'
import { clockKey, type Thread } from '../record/thread.ts'

/** Whom something is credited to: who acted, or who held it, and the desk it was at just then. */
export interface Who {
  person: Person | null
  desk: string | null
}

/** Between two changes of state, owner or desk; times in milliseconds, `to` null for the last. */
export interface Span {
  state: ThreadState
  from: number
  to: number | null
  who: Who
}

/** A clock as its last entry tells it, and by whose entry it was met. */
export interface ClockStory {
  fact: ClockFact
  metBy: Who | null
}

export interface Resolved {
  at: number
  by: Who
  outcome: Outcome
  /** Number of the resolution clock that it met; null where none ran. */
  clock: number | null
  grade: number | null
  reopened: boolean
}

export interface Handover {
  at: number
  from: Who
  to: Target
  /** `overtaken`: an assignment or a release came between; null while it is pending. */
  end: 'accepted' | 'declined' | 'withdrawn' | 'lapsed' | 'overtaken' | null
}

/** One row of facts: everything that figures are computed from, by the entries of a thread alone. */
export interface ThreadFacts {
  /** The record's own fold: question, state, desk, topic, first responder, outcome. */
  thread: Thread
  /** When it first went to a person: escalated, or reopened after the bot's answer. */
  humanAt: number | null
  /** The enterprise took it back, without an answer. */
  withdrawn: boolean
  spans: Span[]
  clocks: ClockStory[]
  resolutions: Resolved[]
  handovers: Handover[]
  reminders: { at: number; who: Who }[]
  orders: number
  reopenings: number
  /** Answers of the bot, with the latest judgement of each. */
  answers: { seq: number; helpful: boolean | null }[]
  notices: { by: Who; again: boolean }[]
}

type Written = Omit<ThreadFacts, 'thread'>

/**
 * @param entries of one thread, in order, from the first; redacted ones among them
 * @returns null for an empty record
 */
export function factsOf(entries: readonly StoredEntry[]): ThreadFacts | null {
  const facts: Written = {
    humanAt: null,
    withdrawn: false,
    spans: [],
    clocks: [],
    resolutions: [],
    handovers: [],
    reminders: [],
    orders: 0,
    reopenings: 0,
    answers: [],
    notices: [],
  }
  const clocks = new Map<string, ClockStory>()
  let thread: Thread | null = null
  for (const entry of wholeEntries(entries)) {
    const after: Thread = evolve(thread, entry)
    noteClocks(clocks, entry, after)
    const note = NOTES[entry.kind] as Note<EntryKind> | undefined
    note?.(facts, entry, { before: thread ?? after, after, at: Date.parse(entry.at) })
    noteSpan(facts.spans, entry, after)
    noteOffer(facts.handovers, entry.kind, thread, after)
    thread = after
  }
  return thread && { ...facts, clocks: [...clocks.values()], thread }
}

const holderOf = ({ state, owner, desk }: Thread): Who => ({
  person: state === 'answering' || state === 'waiting' ? null : owner,
  desk,
})

const actorOf = ({ by }: Entry, { desk }: Thread): Who => ({
  person: { id: by.id, name: by.name ?? '' },
  desk,
})

function noteSpan(spans: Span[], { at }: Entry, after: Thread): void {
  const last = spans.at(-1)
  const who = holderOf(after)
  const same =
    last?.state === after.state &&
    last.who.person?.id === who.person?.id &&
    last.who.desk === who.desk
  if (same) return
  const from = Date.parse(at)
  if (last) last.to = from
  spans.push({ state: after.state, from, to: null, who })
}

function noteClocks(clocks: Map<string, ClockStory>, entry: Entry, after: Thread): void {
  for (const fact of entry.body.clocks ?? []) {
    const known = clocks.get(clockKey(fact))
    // an order's clock is met in a note of the system behind the words that met it
    const isActor = entry.by.role !== 'system' && entry.by.role !== 'enterprise'
    const actor = isActor ? actorOf(entry, after) : holderOf(after)
    const metBy = fact.metAt === undefined ? null : (known?.metBy ?? actor)
    clocks.set(clockKey(fact), { fact, metBy })
  }
}

const ENDS: { [K in EntryKind]?: Handover['end'] } = {
  'handover-accepted': 'accepted',
  'handover-declined': 'declined',
  'handover-withdrawn': 'withdrawn',
  'handover-lapsed': 'lapsed',
}

function noteOffer(
  handovers: Handover[],
  kind: EntryKind,
  before: Thread | null,
  after: Thread,
): void {
  const last = handovers.at(-1)
  if (last?.end === null && before?.offer && !after.offer) last.end = ENDS[kind] ?? 'overtaken'
}

interface Around {
  before: Thread
  after: Thread
  at: number
}
type Note<K extends EntryKind> = (facts: Written, entry: Entry<K>, around: Around) => void

/** What the fold forgets and figures need, kind by kind. */
const NOTES: { [K in EntryKind]?: Note<K> } = {
  answered: ({ answers }, { seq }) => void answers.push({ seq, helpful: null }),
  judged({ answers }, { body }) {
    const answer = answers.find(({ seq }) => seq === body.seq)
    if (answer) answer.helpful = body.helpful
  },
  escalated(facts, _, { at }) {
    facts.humanAt ??= at
  },
  reminded: ({ reminders }, _, { before, at }) =>
    void reminders.push({ at, who: holderOf(before) }),
  supervised(facts) {
    facts.orders += 1
  },
  'handover-offered': ({ handovers }, entry, { before, at }) =>
    void handovers.push({ at, from: actorOf(entry, before), to: entry.body.to, end: null }),
  'notice-given': ({ notices }, entry, { before }) =>
    void notices.push({ by: actorOf(entry, before), again: notices.length > 0 }),
  resolved({ resolutions }, entry, { before, at }) {
    const clock = entry.body.clocks?.find(({ name }) => name === 'resolution')?.n ?? null
    const { outcome } = entry.body
    const by = actorOf(entry, before)
    resolutions.push({ at, by, outcome, clock, grade: null, reopened: false })
  },
  rated({ resolutions }, { body }) {
    const last = resolutions.at(-1)
    if (last) last.grade = body.grade
  },
  reopened(facts, _, { at }) {
    facts.reopenings += 1
    facts.humanAt ??= at
    facts.withdrawn = false
    const last = facts.resolutions.at(-1)
    if (last) last.reopened = true
  },
  closed(facts, { body, by }) {
    facts.withdrawn = body.outcome === 'withdrawn' && by.role === 'enterprise'
  },
}

/** The clock of that name and number. */
export const clockOf = ({ clocks }: ThreadFacts, name: ClockName, n: number) =>
  clocks.find(({ fact }) => fact.name === name && fact.n === n)

/** The first-reply clock that counts: the first that was met, else the one that was started last. */
export function firstReplyOf({ clocks }: ThreadFacts) {
  const all = clocks.filter(({ fact }) => fact.name === 'first-reply')
  return all.find(({ fact }) => fact.metAt !== undefined) ?? all.at(-1)
}

/** Who answered for the thread at that moment: its holder, or nobody but its desk. */
export function answerableAt({ spans }: ThreadFacts, at: number): Who {
  const span = spans.findLast(({ from }) => from <= at) ?? spans[0]
  return span?.who ?? { person: null, desk: null }
}

/** Who answers for it now. */
export const answerable = (facts: ThreadFacts): Who => answerableAt(facts, Infinity)
