import { datesOf, type Holiday, type WorkingCalendar } from './calendar.ts'
import { dayOfDate, HOUR, MINUTE, weekdayOf, yearOf } from './day.ts'

/** A calendar made ready for arithmetic; `opens` and `closes` are ms after midnight. */
export type Plan = {
  periods: readonly { opens: number; closes: number }[]
  /** End of the last period. */
  closes: number
  /** Is the day worked? `undefined` where its year has no notice: nobody knows. */
  works(day: number): boolean | undefined
}

const plans = new WeakMap<WorkingCalendar, Plan>()

/** Calendars are never changed in place (an import makes a new one), so a plan is kept with it. */
export function planOf(calendar: WorkingCalendar): Plan {
  const known = plans.get(calendar)
  if (known) return known
  const plan = makePlan(calendar)
  plans.set(calendar, plan)
  return plan
}

function makePlan(calendar: WorkingCalendar): Plan {
  const periods = calendar.periods.map(({ from, to }) => ({
    opens: msOfDay(from),
    closes: msOfDay(to),
  }))
  const years = new Set(Object.keys(calendar.years).map(Number))
  const exceptions = exceptionsOf(calendar)
  return {
    periods,
    closes: Math.max(...periods.map((period) => period.closes)),
    works: (day) =>
      years.has(yearOf(day))
        ? (exceptions.get(day) ?? calendar.week.includes(weekdayOf(day)))
        : undefined,
  }
}

/**
 * Later notices win over earlier ones (next year's may move days of this December), regional
 * days over national ones.
 */
function exceptionsOf(calendar: WorkingCalendar): Map<number, boolean> {
  const days = new Map<number, boolean>()
  const put = (notice: { holidays: Holiday[]; workdays: string[] }) => {
    for (const { from, to } of notice.holidays.map(datesOf)) {
      for (let day = dayOfDate(from); day <= dayOfDate(to); day++) days.set(day, false)
    }
    for (const date of notice.workdays) days.set(dayOfDate(date), true)
  }
  const years = Object.keys(calendar.years).sort()
  for (const year of years) {
    const national = calendar.years[year]
    if (!national) continue
    put(national)
    for (const regional of national.regional ?? []) put(regional)
  }
  return days
}

const msOfDay = (time: string): number =>
  Number(time.slice(0, 2)) * HOUR + Number(time.slice(3)) * MINUTE
