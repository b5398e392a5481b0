import type { LimitUnit } from '../protocol/vocabulary.ts'
import type { WorkingCalendar } from './calendar.ts'
import { dayOf, HOUR, MINUTE, toWall } from './day.ts'
import { addWorkingTime, closingOf, type Unscheduled } from './working-time.ts'

/** `number` is a whole number, 1 or more. */
export type Term = { number: number; unit: LimitUnit }

/**
 * When a promise that starts at `start` falls due. What is in time is at or before it.
 *
 * - `working-minutes`, `working-hours`: working time only; outside it the count begins at the
 *   next opening.
 * - `working-days`: the calendar day of the start is not counted (民法典第201条), whether it is
 *   worked or not and whatever the hour; due when the office closes on the nth working day after.
 * - `hours`: plain time (民法典第201条第2款), no calendar.
 * - `days`: calendar days, the first not counted; a last day that is free moves to the next
 *   working day, and it ends when the office closes (民法典第203条: 有业务时间的，停止业务活动
 *   的时间为截止时间). Only the days from the last one on are looked at.
 */
export function dueAt(start: Date, term: Term, calendar: WorkingCalendar): Date | Unscheduled {
  const { number, unit } = term
  switch (unit) {
    case 'working-minutes':
      return addWorkingTime(start, number * MINUTE, calendar)
    case 'working-hours':
      return addWorkingTime(start, number * HOUR, calendar)
    case 'working-days':
      return closingOf(dayOf(toWall(start)) + 1, number, calendar)
    case 'hours':
      return new Date(start.getTime() + number * HOUR)
    case 'days':
      return closingOf(dayOf(toWall(start)) + number, 1, calendar)
  }
}
