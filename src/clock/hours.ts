import type { Period, WorkingCalendar } from './calendar.ts'

/*
 * A desk may have working hours of its own. A clock that is counted by them says so in the name of
 * its calendar, `cn-2026.1+08:30-12:00,14:00-17:30`, so that the record alone tells the hours, and
 * the clock keeps them when the desk's are changed.
 */

const known = new WeakMap<WorkingCalendar, Map<string, WorkingCalendar>>()

/** The calendar with a desk's hours; one object for the same hours, as plans are kept with it. */
export function withHours(
  calendar: WorkingCalendar,
  hours: readonly Period[] | null | undefined,
): WorkingCalendar {
  return hours?.length ? made(calendar, written(hours)) : calendar
}

/** The calendar by which a clock was counted that names this one, as it is now. */
export function calendarOf(name: string, calendar: WorkingCalendar): WorkingCalendar {
  const at = name.indexOf('+')
  return at < 0 ? calendar : made(calendar, name.slice(at + 1))
}

const written = (hours: readonly Period[]) => hours.map(({ from, to }) => `${from}-${to}`).join(',')

function made(calendar: WorkingCalendar, text: string): WorkingCalendar {
  const all = known.get(calendar) ?? new Map<string, WorkingCalendar>()
  known.set(calendar, all)
  const found = all.get(text)
  if (found) return found
  const periods = text.split(',').map((period) => {
    const [from = '', to = ''] = period.split('-')
    return { from, to }
  })
  const one = { ...calendar, version: `${calendar.version}+${text}`, periods }
  all.set(text, one)
  return one
}
