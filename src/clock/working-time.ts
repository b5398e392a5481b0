import type { WorkingCalendar } from './calendar.ts'
import { DAY, dayOf, fromWall, toWall } from './day.ts'
import { planOf } from './plan.ts'

/**
 * Every function here answers `unscheduled` when a day that it must look at lies in a year
 * without a notice. Times of day that are never worked need no look: 03:00 is free in any year.
 */
export type Unscheduled = 'unscheduled'

/** Periods include their first moment and exclude their last. Mind that `unscheduled` is truthy. */
export function isWorkingTime(at: Date, calendar: WorkingCalendar): boolean | Unscheduled {
  const plan = planOf(calendar)
  const wall = toWall(at)
  const day = dayOf(wall)
  const time = wall - day * DAY
  if (!plan.periods.some(({ opens, closes }) => opens <= time && time < closes)) return false
  return plan.works(day) ?? 'unscheduled'
}

/** Whether the day (in Shanghai) is known to be worked. */
export const isWorkday = (at: Date, calendar: WorkingCalendar): boolean =>
  planOf(calendar).works(dayOf(toWall(at))) === true

/** The first working moment from `at` on: `at` itself during working time. */
export function nextOpening(at: Date, calendar: WorkingCalendar): Date | Unscheduled {
  return addWorkingTime(at, 0, calendar)
}

/** Working milliseconds from `a` to `b`; 0 where `b` is not after `a`. */
export function workingTimeBetween(
  a: Date,
  b: Date,
  calendar: WorkingCalendar,
): number | Unscheduled {
  const plan = planOf(calendar)
  const [from, to] = [toWall(a), toWall(b)]
  let total = 0
  for (let day = dayOf(from); day * DAY < to; day++) {
    const midnight = day * DAY
    let inside = 0
    for (const { opens, closes } of plan.periods) {
      inside += Math.max(0, Math.min(to, midnight + closes) - Math.max(from, midnight + opens))
    }
    if (inside === 0) continue
    const works = plan.works(day)
    if (works === undefined) return 'unscheduled'
    if (works) total += inside
  }
  return total
}

/**
 * The moment when `ms` of working time have passed since `start`. Time that runs out exactly at
 * a closing ends there, not at the next opening. One step per day; the years with a notice bound
 * the walk.
 */
export function addWorkingTime(
  start: Date,
  ms: number,
  calendar: WorkingCalendar,
): Date | Unscheduled {
  const plan = planOf(calendar)
  const from = toWall(start)
  let left = ms
  for (let day = dayOf(from); ; day++) {
    const midnight = day * DAY
    if (from >= midnight + plan.closes) continue
    const works = plan.works(day)
    if (works === undefined) return 'unscheduled'
    if (!works) continue
    for (const { opens, closes } of plan.periods) {
      const begin = Math.max(from, midnight + opens)
      const room = midnight + closes - begin
      if (room <= 0) continue
      if (left <= room) return fromWall(begin + left)
      left -= room
    }
  }
}

/** Closing time of the `n`th working day counted from `day` on, `day` itself being the first. */
export function closingOf(day: number, n: number, calendar: WorkingCalendar): Date | Unscheduled {
  const plan = planOf(calendar)
  for (let at = day, left = n; ; at++) {
    const works = plan.works(at)
    if (works === undefined) return 'unscheduled'
    if (works) left -= 1
    if (left === 0) return fromWall(at * DAY + plan.closes)
  }
}
