import type {
  ClockFact,
  Enterprise,
  Entry,
  Person,
  StoredEntry,
  Target,
} from '../protocol/entries.ts'
import type { AlertLevel, Outcome, ThreadKind, ThreadState } from '../protocol/vocabulary.ts'

/** A pending offer of a handover; names stand in its entry alone. */
export interface Offer {
  seq: number
  to: Target
}

/** The last resolution: what a rating, a reopening and the closing look at. */
export interface Resolution {
  at: string
  outcome: Outcome
  rated: boolean
}

/** Who was last told that nobody took it, that its owner is late, or of an emergency: staff ids. */
export interface Alert {
  level: AlertLevel
  /** The clock, as `name#n`; null for an emergency. */
  clock: string | null
  at: string
  to: readonly string[]
}

/**
 * One thread, folded from its entries by `evolve`. The `threads` row caches it; nothing stands
 * here that the record alone does not say.
 */
export interface Thread {
  id: string
  kind: ThreadKind
  state: ThreadState
  enterprise: Enterprise
  /** The person who asked. */
  asker: string
  question: { seq: number; text: string }
  /** The enterprise's newest words (first 500 characters): what routing reads. */
  newest: { seq: number; text: string }
  urgent: boolean
  desk: string | null
  /** The FAQ topic by which it was routed; limits may go by it. */
  topic: string | null
  firstResponder: Person | null
  owner: Person | null
  formerOwners: readonly string[]
  offer: Offer | null
  /** Everybody ever asked for an opinion; they go on seeing the thread. */
  consulted: readonly Target[]
  /** What the newest `offered` showed, until it goes to a person. */
  choices: { ids: readonly string[]; confidence: number } | null
  answered: boolean
  referred: boolean
  escalatedSeq: number | null
  /** The newest clock of each name, and every open one. */
  clocks: readonly ClockFact[]
  /** Open clocks whose lateness is on the record, as `name#n`. */
  noticed: readonly string[]
  /** Alerts of open clocks that were raised, as `name#n@desk:level`. */
  alerted: readonly string[]
  /** The newest, until somebody has acted on it. */
  alert: Alert | null
  /** The standing officer to whom it went first, until it is taken or routed. */
  standing: string | null
  resolution: Resolution | null
  rating: number | null
  outcome: Outcome | null
  /** Time of the last resolution or close; what is said later does not move it. */
  endedAt: string | null
  remindedAt: string | null
  notices: number
  seq: number
  head: string
  openedAt: string
  at: string
}

/** What folds stored by earlier versions lack. */
const SINCE = {
  topic: null,
  noticed: [],
  alerted: [],
  alert: null,
  standing: null,
} satisfies Partial<Thread>

/** A stored fold, of whatever version. */
export const asThread = (fold: unknown): Thread => ({ ...SINCE, ...(fold as Thread) })

export const clockKey = ({ name, n }: Pick<ClockFact, 'name' | 'n'>) => `${name}#${n}`

/** The worst grades, up to this one, open a call-back. */
export const BAD_GRADE = 2

export const isOpen = (clock: ClockFact) => clock.metAt === undefined && clock.endedAt === undefined

export const openClock = (thread: Thread, name: ClockFact['name']) =>
  thread.clocks.find((clock) => clock.name === name && isOpen(clock))

/** The earliest time at which an open clock is due; null when nothing runs or is scheduled. */
export function dueAt(thread: Thread): string | null {
  const due = thread.clocks
    .filter((clock) => isOpen(clock) && clock.pausedAt === undefined)
    .flatMap((clock) => clock.dueAt ?? [])
  return due.sort()[0] ?? null
}

/** Persons and desks who see the thread beside the officers of its desk. */
export function concerned(thread: Thread): string[] {
  const targets = [thread.offer?.to, ...thread.consulted]
  const ids = targets.flatMap((to) => [to?.person?.id, to?.desk?.id])
  const people = [thread.owner?.id, thread.firstResponder?.id, ...thread.formerOwners]
  return [...new Set([...people, ...ids].filter((id) => id !== undefined))]
}

/**
 * Officers whom the thread concerns now: their sockets get it live without asking.
 * Persons by id; desks where the whole desk was asked or offered.
 */
export function addressed(thread: Thread): string[] {
  const targets = [thread.offer?.to, ...thread.consulted]
  const ids = targets.flatMap((to) => [to?.person?.id, to?.desk?.id])
  return [...new Set([thread.owner?.id, ...ids].filter((id) => id !== undefined))]
}

/**
 * Whom this entry makes the thread concern, persons and desks: who asked, who holds it from here
 * on, whom it is offered to, whose opinion it asks. The first responder, whoever holds it now, is
 * told of every breach, reminder and bad rating.
 */
export function concernedBy(entry: StoredEntry, { firstResponder }: Thread): string[] {
  if (entry.body === null) return []
  const { kind, by, body } = entry as Entry
  const watching = firstResponder === null ? [] : [firstResponder.id]
  switch (kind) {
    case 'overdue':
    case 'reminded':
      return watching
    case 'rated':
      return body.grade <= BAD_GRADE ? watching : []
    case 'asked':
    case 'claimed':
    case 'handover-accepted':
      return [by.id]
    case 'reopened':
      return body.owner ? [body.owner.id] : []
    case 'assigned':
    case 'handover-offered':
    case 'opinion-asked':
      return [body.to.person?.id, body.to.desk?.id].filter((id) => id !== undefined)
    default:
      return []
  }
}
