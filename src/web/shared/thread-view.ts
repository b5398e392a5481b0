import type { ClockFact, EntryView, Person } from '../../protocol/entries.ts'
import type { ClockName, ThreadState } from '../../protocol/vocabulary.ts'
import { type Fold, lastIndex, type OpenEntry, SHOW } from './thread-fold.ts'
import type { Item } from './thread-items.ts'

/** What an enterprise's person is shown of a thread; a fold over its entries, nothing else. */
export interface ThreadView {
  items: readonly Item[]
  state: ThreadState
  desk: string | undefined
  /** Desk names that the entries tell; the rest is to be known elsewhere. */
  desks: Readonly<Record<string, string>>
  owner: Person | undefined
  firstResponder: Person | undefined
  /** The newest fact of each clock that is still open. */
  clocks: Readonly<Partial<Record<ClockName, ClockFact>>>
  urgent: boolean
  /** Highest seq of somebody else's words: what “unread” is measured against. */
  heard: number
}

/** `me`: the id under which the reader's own entries stand. Sealed entries leave no trace. */
export function viewThread(entries: readonly EntryView[], me?: string): ThreadView {
  const fold: Fold = {
    items: [],
    state: 'answering',
    desks: {},
    clocks: {},
    urgent: false,
    heard: 0,
    me,
  }
  for (const entry of entries) {
    if (entry.kind === 'sealed') continue
    if (!('body' in entry)) fold.items.push({ type: 'removed', seq: entry.seq, at: entry.at })
    else take(fold, entry as unknown as OpenEntry)
  }
  settle(fold)
  const { items, state, desk, desks, owner, first, clocks, urgent, heard } = fold
  return { items, state, desk, desks, owner, firstResponder: first, clocks, urgent, heard }
}

function take(fold: Fold, entry: OpenEntry): void {
  for (const clock of entry.body.clocks ?? []) {
    if (clock.metAt ?? clock.endedAt) delete fold.clocks[clock.name]
    else fold.clocks[clock.name] = clock
  }
  if (entry.by.role !== 'enterprise') fold.heard = entry.seq
  // A kind that a newer server knows and this page does not is passed over.
  const show = SHOW[entry.kind] as ((fold: Fold, entry: OpenEntry) => void) | undefined
  show?.(fold, entry)
}

const DECIDED: readonly Item['type'][] = ['answer', 'choices', 'reply', 'escalated']

/** What only the whole record tells: which answer is the newest, what can still be chosen. */
function settle(fold: Fold): void {
  const { items, state } = fold
  const decided = lastIndex(items, (item) => DECIDED.includes(item.type))
  const resolution = lastIndex(items, (item) => item.type === 'resolved')
  const taken = lastIndex(items, (i) => i.type === 'milestone' && i.what.kind === 'claimed')
  const over = state === 'resolved' || state === 'closed'
  items.forEach((item, i) => {
    if (item.type === 'answer' || item.type === 'reply') {
      item.newest = i === decided && state === 'answering'
    } else if (item.type === 'choices') item.open = i === decided && state === 'answering'
    else if (item.type === 'escalated') item.open = state === 'waiting' && i > taken
    else if (item.type === 'resolved') {
      item.rateable = i === resolution && over && item.grade === undefined
    }
  })
}
