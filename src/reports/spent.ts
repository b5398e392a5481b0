import type { WorkingCalendar } from '../clock/calendar.ts'
import { workingTimeBetween } from '../clock/working-time.ts'
import type { ClockFact } from '../protocol/entries.ts'
import type { ThreadFacts } from './facts.ts'

/** Milliseconds, `to` after `from`. */
export interface Stretch {
  from: number
  to: number
}

/** Milliseconds. */
export interface Spent {
  /** Working time without pauses; null where the calendar lacks one of the years. */
  working: number | null
  /** Everything from begin to end, nights, free days and pauses too. */
  elapsed: number
}

/** A moment to look from, and the working calendar to count by. */
export interface Look {
  now: number
  calendar: WorkingCalendar
}

export function spent(
  { from, to }: Stretch,
  pauses: readonly Stretch[],
  calendar: WorkingCalendar,
): Spent {
  let working: number | null = 0
  for (const part of without({ from, to }, pauses)) {
    const time = workingTimeBetween(new Date(part.from), new Date(part.to), calendar)
    working = time === 'unscheduled' || working === null ? null : working + time
  }
  return { working, elapsed: Math.max(0, to - from) }
}

/** What is left of a stretch outside of the pauses, which do not overlap. */
function* without({ from, to }: Stretch, pauses: readonly Stretch[]): Generator<Stretch> {
  let begin = from
  for (const pause of pauses.toSorted((a, b) => a.from - b.from)) {
    if (pause.to <= begin || pause.from >= to) continue
    if (pause.from > begin) yield { from: begin, to: pause.from }
    begin = Math.max(begin, pause.to)
  }
  if (begin < to) yield { from: begin, to }
}

/**
 * The pauses of a clock; one that still ran when the clock was met, or that runs now, ends there,
 * and at its maximum at the latest.
 */
export function pausesOf(fact: ClockFact, now: number): Stretch[] {
  const over = (fact.pauses ?? []).map(({ from, to }) => ({
    from: Date.parse(from),
    to: Date.parse(to),
  }))
  if (fact.pausedAt === undefined) return over
  const stop = fact.metAt ?? fact.endedAt
  const most = fact.pauseEndsAt === undefined ? Infinity : Date.parse(fact.pauseEndsAt)
  const to = Math.min(stop === undefined ? now : Date.parse(stop), most)
  return [...over, { from: Date.parse(fact.pausedAt), to }]
}

/** When the thread as a whole stood still: the pauses of its resolution clocks. */
export const standstills = ({ clocks }: ThreadFacts, now: number): Stretch[] =>
  clocks.filter(({ fact }) => fact.name === 'resolution').flatMap(({ fact }) => pausesOf(fact, now))

/** From a clock's start to its answer, its pauses taken off; null where it was never answered. */
export function timeOf(fact: ClockFact | undefined, { now, calendar }: Look): Spent | null {
  if (fact?.metAt === undefined) return null
  const stretch = { from: Date.parse(fact.startedAt), to: Date.parse(fact.metAt) }
  return spent(stretch, pausesOf(fact, now), calendar)
}

/**
 * Whether a promise was broken: answered after its due time, ended after it, or open beyond it.
 * A clock that stands still is not late. Null while nothing can be said yet, and for ever of one
 * that had no due time or whose cause was gone before it.
 */
export function isBroken(fact: ClockFact, now: number): boolean | null {
  if (fact.dueAt === undefined) return null
  const due = Date.parse(fact.dueAt)
  const stop = fact.pausedAt ?? fact.metAt ?? fact.endedAt
  if ((stop === undefined ? now : Date.parse(stop)) > due) return true
  return fact.metAt === undefined ? null : false
}
