import type { WorkingCalendar } from './calendar.ts'
import { shanghaiDate } from './day.ts'

/**
 * `missing`: clocks have no due time, or this year has no notice. `soon`: next year's is usually
 * published by now, and is not imported.
 */
export interface CalendarAlarm {
  level: 'missing' | 'soon'
  year: number
}

/** The first month of a year in which next year's notice is looked for. */
const EXPECTED_FROM = 11

/** @param unscheduled threads with a promise without a due time */
export function calendarAlarm(
  calendar: WorkingCalendar,
  now: Date,
  unscheduled: number,
): CalendarAlarm | null {
  const [year = 0, month = 0] = shanghaiDate(now).split('-').map(Number)
  if (calendar.years[year] === undefined) return { level: 'missing', year }
  let next = year + 1
  while (calendar.years[next] !== undefined) next += 1
  if (unscheduled > 0) return { level: 'missing', year: next }
  return next === year + 1 && month >= EXPECTED_FROM ? { level: 'soon', year: next } : null
}
