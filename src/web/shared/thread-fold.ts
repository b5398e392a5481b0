import type { Author, BodyOf, ClockFact, Person } from '../../protocol/entries.ts'
import type { ClockName, EntryKind, ThreadState } from '../../protocol/vocabulary.ts'
import type { Correction, Item, ItemOf, Milestone } from './thread-items.ts'

/** An entry whose body the reader has; narrowing on `kind` gives the body's type. */
export type OpenEntry<K extends EntryKind = EntryKind> = {
  [Kind in K]: {
    kind: Kind
    seq: number
    at: string
    by: Author
    body: BodyOf<Kind>
    name?: string
  }
}[K]

export interface Fold {
  items: Item[]
  state: ThreadState
  desk?: string
  desks: Record<string, string>
  owner?: Person
  first?: Person
  clocks: Partial<Record<ClockName, ClockFact>>
  urgent: boolean
  heard: number
  /** Whose screen this is. */
  me: string | undefined
}

/** What each kind changes on the screen; sealed ones and those that change nothing are absent. */
export const SHOW: { [K in EntryKind]?: (fold: Fold, entry: OpenEntry<K>) => void } = {
  asked: (fold, e) => said(fold, e),
  said: (fold, e) => {
    said(fold, e)
    alarm(fold, e)
  },
  reopened: (fold, e) => {
    fold.state = e.body.owner ? 'held' : 'waiting'
    fold.desk = e.body.desk
    if (e.body.owner) fold.owner = e.body.owner
    else delete fold.owner
    milestone(fold, e, { kind: 'reopened' })
    said(fold, e)
    alarm(fold, e)
  },
  answered: (fold, e) => {
    const { faq, question, answer: text, basis } = e.body
    const offered = lastOf(fold, 'choices')
    if (offered?.open && offered.choices.some((choice) => choice.id === faq)) offered.chosen = faq
    push(fold, e, { type: 'answer', faq, question, text, basis, newest: false })
  },
  offered: (fold, e) => push(fold, e, { type: 'choices', choices: e.body.choices, open: true }),
  replied: (fold, e) => {
    const { reason, text, refer } = e.body
    push(fold, e, { type: 'reply', reason, text, refer, newest: false })
  },
  escalated: (fold, e) => {
    const { reason, desk, note, promise } = e.body
    fold.state = 'waiting'
    fold.desk = desk
    alarm(fold, e)
    push(fold, e, { type: 'escalated', reason, desk, promise: promise?.text, note, open: true })
  },
  claimed: (fold, e) => hold(fold, e, personOf(e.by, fold.desk), e.body.first),
  assigned: (fold, e) => {
    const person = e.body.to.person
    if (!person) return
    if (person.desk) fold.desk = person.desk
    if (!fold.first) hold(fold, e, person, true)
    else handOver(fold, e, person)
  },
  'handover-accepted': (fold, e) => {
    fold.desk = e.body.desk
    handOver(fold, e, personOf(e.by, e.body.desk))
  },
  routed: (fold, e) => {
    const desk = e.body.to.desk
    if (!desk) return
    fold.desk = desk.id
    fold.desks[desk.id] = desk.name
    milestone(fold, e, { kind: 'routed', to: desk.name })
  },
  released: (fold, e) => {
    fold.state = 'waiting'
    fold.desk = e.body.desk
    delete fold.owner
    milestone(fold, e, { kind: 'released' })
  },
  judged: (fold, e) => {
    const answer = fold.items.find((item) => item.seq === e.body.seq)
    if (answer?.type === 'answer') answer.helpful = e.body.helpful
  },
  corrected: (fold, e) => {
    const original = fold.items.find((item) => item.seq === e.body.seq && 'text' in item) as
      | ItemOf<'message'>
      | undefined
    const correction: Correction = { text: e.body.text, at: e.at, by: e.by.name }
    if (original) original.corrected = correction
    const resolved = fold.items.find((item) => item.seq === e.body.seq && item.type === 'resolved')
    if (resolved) (resolved as ItemOf<'resolved'>).corrected = correction
    milestone(fold, e, { kind: 'corrected', by: e.by.name ?? '', seq: e.body.seq })
    alarm(fold, e)
  },
  'opinion-given': (fold, e) => {
    words(fold, e, e.body.text, 'opinion')
  },
  'called-back': (fold, e) => words(fold, e, e.body.text, 'called-back'),
  'notice-given': (fold, e) => push(fold, e, { type: 'notice', notice: e.body, name: e.by.name }),
  'clock-paused': (fold, e) => milestone(fold, e, { kind: 'paused', ground: e.body.ground }),
  'clock-resumed': (fold, e) => milestone(fold, e, { kind: 'resumed' }),
  overdue: (fold, e) => {
    milestone(fold, e, { kind: 'late', clock: e.body.clock, dueAt: e.body.dueAt })
  },
  reminded: (fold, e) => milestone(fold, e, { kind: 'reminded' }),
  resolved: (fold, e) => {
    fold.state = 'resolved'
    const { outcome, summary } = e.body
    push(fold, e, { type: 'resolved', outcome, summary, name: e.by.name, rateable: true })
  },
  rated: (fold, e) => {
    const resolved = lastOf(fold, 'resolved')
    if (resolved) resolved.grade = e.body.grade
  },
  redacted: (fold, e) => {
    const first = fold.items.findIndex((item) => item.seq === e.body.seq)
    const item = fold.items[first]
    if (!item) return
    fold.items = fold.items.filter((other) => other.seq !== item.seq)
    fold.items.splice(first, 0, { type: 'removed', seq: item.seq, at: item.at })
  },
  closed: (fold, e) => {
    fold.state = 'closed'
    milestone(fold, e, { kind: 'closed', outcome: e.body.outcome })
  },
}

/** `findLastIndex`, which the web views of older phones lack. */
export function lastIndex<T>(list: readonly T[], test: (item: T) => boolean): number {
  for (let i = list.length - 1; i >= 0; i--) if (test(list[i] as T)) return i
  return -1
}

const lastOf = <T extends Item['type']>(fold: Fold, type: T) =>
  fold.items[lastIndex(fold.items, (item) => item.type === type)] as ItemOf<T> | undefined

type Placed = { seq: number; at: string }
type Bare<T> = T extends unknown ? Omit<T, 'seq' | 'at'> : never

function push(fold: Fold, { seq, at }: Placed, item: Bare<Item>): void {
  fold.items.push({ ...item, seq, at } as Item)
}

function milestone(fold: Fold, entry: Placed, what: Milestone): void {
  push(fold, entry, { type: 'milestone', what })
}

function said(fold: Fold, e: OpenEntry<'asked' | 'said' | 'reopened'>): void {
  const mine = e.by.role === 'enterprise'
  const side = !mine ? 'officer' : e.by.id === fold.me ? 'me' : 'colleague'
  const files = ('files' in e.body && e.body.files) || []
  const name = e.by.name ?? e.name
  push(fold, e, { type: 'message', side, text: e.body.text, files, name, desk: fold.desk })
}

function words(fold: Fold, e: OpenEntry, text: string, label: 'opinion' | 'called-back'): void {
  // Another desk's opinion is not the words of the desk that has the thread.
  const desk = label === 'opinion' ? undefined : fold.desk
  push(fold, e, { type: 'message', side: 'officer', text, files: [], name: e.by.name, desk, label })
}

/** The emergency rules run in every state; their card stands before anything else. */
function alarm(fold: Fold, e: OpenEntry<'said' | 'escalated' | 'reopened' | 'corrected'>): void {
  if (!e.body.urgent) return
  fold.urgent = true
  if (e.body.card) push(fold, e, { type: 'emergency', text: e.body.card })
}

const personOf = (by: Author, desk: string | undefined): Person => ({
  id: by.id,
  name: by.name ?? '',
  ...(desk !== undefined && { desk }),
})

function hold(fold: Fold, e: Placed, who: Person, first: boolean): void {
  fold.state = 'held'
  fold.owner = who
  if (first) fold.first = who
  milestone(fold, e, { kind: 'claimed', who, first })
}

function handOver(fold: Fold, e: Placed, who: Person): void {
  const first = fold.first && fold.first.id !== who.id ? fold.first.name : undefined
  fold.state = 'held'
  fold.owner = who
  milestone(fold, e, { kind: 'handed-over', who, first })
}
