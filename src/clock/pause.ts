import type { ClockFact } from '../protocol/entries.ts'
import type { WorkingCalendar } from './calendar.ts'
import { dayOf, toWall } from './day.ts'
import { planOf } from './plan.ts'
import { addWorkingTime, closingOf, type Unscheduled, workingTimeBetween } from './working-time.ts'

/** What a resume needs of a clock. */
export type PausedClock = Pick<ClockFact, 'dueAt' | 'pausedAt' | 'limit'>

/**
 * The due time after a pause that ends at `resumedAt`. Nobody gains by pausing and resuming:
 * the time that was left is left again, to the millisecond, also for limits in days.
 *
 * - Working units keep the working time that was left when the pause began.
 * - `hours` and `days` move by the plain length of the pause; where that ends a `days` limit on
 *   a free day, it moves on to the close of the next working day.
 * - A due time never comes nearer, and a clock that was late before its pause stays late.
 */
export function resumeDue(
  fact: PausedClock,
  resumedAt: Date,
  calendar: WorkingCalendar,
): Date | Unscheduled {
  if (fact.dueAt === undefined) return 'unscheduled'
  const due = new Date(fact.dueAt)
  if (fact.pausedAt === undefined) return due
  const pausedAt = new Date(fact.pausedAt)
  if (pausedAt > due || resumedAt <= pausedAt) return due
  const shifted = new Date(due.getTime() + resumedAt.getTime() - pausedAt.getTime())
  if (fact.limit.unit === 'hours') return shifted
  if (fact.limit.unit === 'days') return rolled(shifted, calendar)
  // A night costs nothing, also where a supervisor set a due time outside office hours.
  if (workingTimeBetween(pausedAt, resumedAt, calendar) === 0) return due
  const left = workingTimeBetween(pausedAt, due, calendar)
  return left === 'unscheduled' ? left : addWorkingTime(resumedAt, left, calendar)
}

function rolled(at: Date, calendar: WorkingCalendar): Date | Unscheduled {
  const day = dayOf(toWall(at))
  return planOf(calendar).works(day) ? at : closingOf(day, 1, calendar)
}
