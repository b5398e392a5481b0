import type { ClockFact } from '../protocol/entries.ts'
import type { AlertLevel, ClockName } from '../protocol/vocabulary.ts'
import { clockKey, isOpen, type Thread } from './thread.ts'

/*
 * How word of a thread goes up while nobody acts: what is due of it now, and when next. Each level
 * of a clock is raised once at each desk; it stands in a sealed note of the system, so that the
 * fold knows it and whoever comes second finds nothing to do.
 */

export interface AlertDue {
  level: AlertLevel
  clock: ClockName
  n: number
}

interface Rung {
  level: AlertLevel
  /** Milliseconds of the epoch. */
  at: number
}

export const alertKey = ({ desk }: Pick<Thread, 'desk'>, { level, clock, n }: AlertDue): string =>
  `${clockKey({ name: clock, n })}@${desk ?? ''}:${level}`

/** What is not taken goes up by steps; an owner who is late is shown, and stays the owner. */
function rungs({ state }: Thread, { name, dueAt, pausedAt, marks }: ClockFact): Rung[] {
  if (dueAt === undefined || pausedAt !== undefined || name === 'handover') return []
  // the due time itself is still in time
  const late = Date.parse(dueAt) + 1
  if (state !== 'waiting') return [{ level: 'silent', at: late }]
  const last: Rung = { level: 'overdue', at: late }
  if (marks === undefined) return [last]
  return [
    { level: 'half', at: Date.parse(marks.half) },
    { level: 'most', at: Date.parse(marks.most) },
    last,
  ]
}

/** The rungs above the highest that was raised. */
function pending(thread: Thread, clock: ClockFact): Rung[] {
  const { name, n } = clock
  const all = rungs(thread, clock)
  const raised = all.findLastIndex(({ level }) =>
    thread.alerted.includes(alertKey(thread, { level, clock: name, n })),
  )
  return all.slice(raised + 1)
}

/** The highest rung of each clock that is reached; those below it are passed over. */
export function alertsDue(thread: Thread, now: Date): AlertDue[] {
  return thread.clocks.filter(isOpen).flatMap((clock) => {
    const reached = pending(thread, clock).findLast(({ at }) => at <= now.getTime())
    return reached ? [{ level: reached.level, clock: clock.name, n: clock.n }] : []
  })
}

/** When the next rung of any clock is reached, in milliseconds of the epoch. */
export const alertTimes = (thread: Thread): number[] =>
  thread.clocks.filter(isOpen).flatMap((clock) => pending(thread, clock)[0]?.at ?? [])
