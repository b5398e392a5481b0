import type { ClockFact } from '../protocol/entries.ts'
import type { WorkingCalendar } from './calendar.ts'
import { addWorkingTime, workingTimeBetween } from './working-time.ts'

type Marked = Pick<ClockFact, 'startedAt' | 'dueAt' | 'pauses' | 'limit'>

/** Shares of a limit after which nobody having taken it is told to more and more people. */
const HALF = 0.5
const MOST = 0.8

/**
 * When half and 80 % of a limit will be gone: in working time for limits that count it, else in
 * plain time. What a pause took is no part of the limit.
 * @returns undefined for a clock without a due time
 */
export function marksOf(
  { startedAt, dueAt, pauses = [], limit }: Marked,
  calendar: WorkingCalendar,
): { half: string; most: string } | undefined {
  if (dueAt === undefined) return undefined
  const isPlain = limit.unit === 'hours' || limit.unit === 'days'
  const between = (a: string, b: string) =>
    isPlain ? Date.parse(b) - Date.parse(a) : workingTimeBetween(new Date(a), new Date(b), calendar)
  const spans = [between(startedAt, dueAt), ...pauses.map(({ from, to }) => between(from, to))]
  const from = pauses.at(-1)?.to ?? startedAt
  const left = between(from, dueAt)
  if (left === 'unscheduled' || spans.includes('unscheduled')) return undefined
  const [all = 0, ...lost] = spans as number[]
  const total = lost.reduce((rest, span) => rest - span, all)
  const at = (share: number) => {
    const ms = Math.min(left, Math.max(0, Math.round(left - (1 - share) * total)))
    const start = new Date(from)
    return isPlain ? new Date(start.getTime() + ms) : addWorkingTime(start, ms, calendar)
  }
  const [half, most] = [at(HALF), at(MOST)]
  if (half === 'unscheduled' || most === 'unscheduled') return undefined
  return { half: half.toISOString(), most: most.toISOString() }
}
