import { z } from 'zod'
import { dayOfDate, weekdayOf } from './day.ts'

/**
 * The working calendar as data: what an admin imports when the State Council has published next
 * year's notice. Nothing here is derived from rules, because make-up days (调休) follow none.
 */

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'HH:MM, 00:00 to 24:00')
const periodSchema = z.strictObject({ from: timeOfDay, to: timeOfDay })

const date = z.iso.date()
const holidaySchema = z.union([date, z.strictObject({ from: date, to: date })])

const noticeShape = {
  /** Document number of the notice, such as 国办发明电〔2025〕7号. */
  notice: z.string().trim().min(1),
  holidays: z.array(holidaySchema),
  /** Make-up days: days of rest of the week that are worked. */
  workdays: z.array(date),
}

const yearSchema = z.strictObject({
  ...noticeShape,
  /** Holidays of an autonomous region; they win over the national days of the same year. */
  regional: z
    .array(z.strictObject({ region: z.string().trim().min(1), ...noticeShape }))
    .optional(),
})

const calendarShape = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z0-9]+)*$/),
  /** Written into each clock that is counted by it; a change of content needs a new version. */
  version: z.string().regex(/^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/),
  zone: z.literal('Asia/Shanghai'),
  /** Days of the week that are worked where no notice says otherwise, 1 = Monday … 7 = Sunday. */
  week: z.array(z.int().min(1).max(7)).min(1),
  /** Working time of every working day, make-up days included. */
  periods: z.array(periodSchema).min(1),
  years: z.record(z.string().regex(/^(19|20)\d\d$/), yearSchema),
})

export const workingCalendarSchema = calendarShape.superRefine((calendar, ctx) => {
  for (const { path, message } of faultsOf(calendar)) {
    ctx.addIssue({ code: 'custom', path, message })
  }
})

export type WorkingCalendar = z.infer<typeof calendarShape>
export type Period = z.infer<typeof periodSchema>
export type Holiday = z.infer<typeof holidaySchema>
type Notice = { notice: string; holidays: Holiday[]; workdays: string[] }
type Fault = { path: (string | number)[]; message: string }

/** First and last date of a holiday, both free. */
export const datesOf = (holiday: Holiday): { from: string; to: string } =>
  typeof holiday === 'string' ? { from: holiday, to: holiday } : holiday

function* faultsOf(calendar: WorkingCalendar): Generator<Fault> {
  yield* periodFaults(calendar.periods)
  for (const [year, national] of Object.entries(calendar.years)) {
    yield* noticeFaults(national, year, calendar.week, ['years', year])
    for (const [i, regional] of (national.regional ?? []).entries()) {
      yield* noticeFaults(regional, year, calendar.week, ['years', year, 'regional', i])
    }
  }
}

function* periodFaults(periods: Period[]): Generator<Fault> {
  let end = '00:00'
  for (const [i, { from, to }] of periods.entries()) {
    const path = ['periods', i]
    if (from >= to) yield { path, message: `${from} is not before ${to}` }
    if (from < end) yield { path, message: `${from} is before the end of the period before` }
    end = to
  }
}

function* noticeFaults(
  notice: Notice,
  year: string,
  week: number[],
  path: (string | number)[],
): Generator<Fault> {
  const free = notice.holidays.map(datesOf)
  for (const [i, { from, to }] of free.entries()) {
    const at = [...path, 'holidays', i]
    if (from > to) yield { path: at, message: `${from} is after ${to}` }
    for (const day of new Set([from, to])) {
      if (!belongsTo(year, day)) yield { path: at, message: `${day} is no day of ${year}` }
    }
  }
  for (const [i, day] of notice.workdays.entries()) {
    const at = [...path, 'workdays', i]
    if (!belongsTo(year, day)) yield { path: at, message: `${day} is no day of ${year}` }
    if (free.some(({ from, to }) => from <= day && day <= to)) {
      yield { path: at, message: `${day} is both a holiday and a make-up day` }
    }
    // A make-up day on a working day is a slip of the pen: the day that was meant is missing.
    if (week.includes(weekdayOf(dayOfDate(day)))) {
      yield { path: at, message: `${day} is a working day anyway` }
    }
  }
}

/**
 * New Year's notice reaches back into December: that for 2019 made 2018-12-29 a working Saturday
 * and 2018-12-31 free.
 */
function belongsTo(year: string, day: string): boolean {
  return day.startsWith(`${year}-`) || day.startsWith(`${Number(year) - 1}-12-`)
}
