import type { WorkingCalendar } from '../clock/calendar.ts'
import { dueAt } from '../clock/due.ts'
import { type LimitTable, limitFor } from '../clock/limits.ts'
import { promiseText } from '../clock/promise.ts'
import type { ClockFact } from '../protocol/entries.ts'
import type { Clockwork } from '../record/rules/rule.ts'

export interface TimeRules {
  calendar: WorkingCalendar
  limits: readonly LimitTable[]
  deskName(id: string): string
}

/** Starts promises by the working calendar and the limits in force; what it says goes on record. */
export function createClockwork({ calendar, limits, deskName }: TimeRules): Clockwork {
  return {
    start(name, n, at, { kind, desk }): ClockFact {
      const limit = limitFor({ clock: name, kind, desk: desk ?? undefined, at }, limits)
      if (!limit) throw new Error(`no limit is in force for ${name} at ${at.toISOString()}`)
      const due = dueAt(at, limit, calendar)
      return {
        name,
        n,
        startedAt: at.toISOString(),
        ...(due === 'unscheduled' ? {} : { dueAt: due.toISOString() }),
        limit,
        calendar: calendar.version,
      }
    },
    promise(clock, desk, at) {
      const text = promiseText({
        startedAt: new Date(clock.startedAt),
        dueAt: clock.dueAt === undefined ? 'unscheduled' : new Date(clock.dueAt),
        deskName: deskName(desk),
        now: at,
        locale: 'zh',
        calendar,
      })
      return { text, ...(clock.dueAt === undefined ? {} : { dueAt: clock.dueAt }) }
    },
  }
}
