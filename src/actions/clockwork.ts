import type { Period, WorkingCalendar } from '../clock/calendar.ts'
import { dueAt } from '../clock/due.ts'
import { calendarOf, withHours } from '../clock/hours.ts'
import { type LimitTable, limitFor } from '../clock/limits.ts'
import { marksOf } from '../clock/marks.ts'
import { resumeDue } from '../clock/pause.ts'
import { pauseEnds } from '../clock/pause-limits.ts'
import { promiseText } from '../clock/promise.ts'
import type { Unscheduled } from '../clock/working-time.ts'
import type { ClockFact } from '../protocol/entries.ts'
import type { Clockwork } from '../record/rules/rule.ts'

export interface TimeRules {
  calendar: WorkingCalendar
  limits: readonly LimitTable[]
  deskName(id: string): string
  /** Working time of that desk alone; null: the calendar's. */
  deskHours(id: string): readonly Period[] | null
}

/** A due time for a fact; none where the calendar lacks the year. */
const dated = (due: Date | Unscheduled) =>
  due === 'unscheduled' ? {} : { dueAt: due.toISOString() }

/** Only what waits for somebody to take it goes up by steps. */
function marked({ marks: _, ...clock }: ClockFact, calendar: WorkingCalendar): ClockFact {
  const marks = clock.name === 'first-reply' ? marksOf(clock, calendar) : undefined
  return marks ? { ...clock, marks } : clock
}

const HOUR = 3_600_000
/** Ground and version of a limit that a supervisor sets. */
const ORDER = { ground: '督办要求的时限', version: 'supervised' }

/**
 * Starts promises by the working calendar and the limits in force; what it says goes on record.
 * @param rulesNow asked at each use, because an import changes them
 */
export function createClockwork(rulesNow: () => TimeRules): Clockwork {
  return {
    start(name, n, at, { kind, desk, topic, urgent }): ClockFact {
      const rules = rulesNow()
      const asked = {
        clock: name,
        kind,
        desk: desk ?? undefined,
        topic: topic ?? undefined,
        urgent,
      }
      const limit = limitFor({ ...asked, at }, rules.limits)
      if (!limit) throw new Error(`no limit is in force for ${name} at ${at.toISOString()}`)
      const calendar = withHours(rules.calendar, desk === null ? null : rules.deskHours(desk))
      const due = dated(dueAt(at, limit, calendar))
      const startedAt = at.toISOString()
      return marked({ name, n, startedAt, ...due, limit, calendar: calendar.version }, calendar)
    },
    startUntil(name, n, at, due): ClockFact {
      const number = Math.round(((due.getTime() - at.getTime()) / HOUR) * 100) / 100
      return {
        name,
        n,
        startedAt: at.toISOString(),
        dueAt: due.toISOString(),
        limit: { number, unit: 'hours', ...ORDER },
        calendar: rulesNow().calendar.version,
      }
    },
    pauseEnds,
    resume(clock, at) {
      const { pausedAt, pauseGround: ground, pauseEndsAt: _, dueAt: __, ...rest } = clock
      if (pausedAt === undefined) return clock
      const calendar = calendarOf(clock.calendar, rulesNow().calendar)
      const over = { from: pausedAt, to: at.toISOString(), ...(ground ? { ground } : {}) }
      const due = dated(resumeDue(clock, at, calendar))
      return marked({ ...rest, ...due, pauses: [...(clock.pauses ?? []), over] }, calendar)
    },
    schedule(clock) {
      const calendar = calendarOf(clock.calendar, rulesNow().calendar)
      let due = dueAt(new Date(clock.startedAt), clock.limit, calendar)
      for (const { from, to } of clock.pauses ?? []) {
        const paused = { ...dated(due), pausedAt: from, limit: clock.limit }
        due = resumeDue(paused, new Date(to), calendar)
      }
      if (due === 'unscheduled') return null
      return marked({ ...clock, ...dated(due), calendar: calendar.version }, calendar)
    },
    promise(clock, desk, at, standing) {
      const { calendar, deskName } = rulesNow()
      const text = promiseText({
        startedAt: new Date(clock.startedAt),
        dueAt: clock.dueAt === undefined ? 'unscheduled' : new Date(clock.dueAt),
        deskName: standing ? `${deskName(desk)}（包联 ${standing.name}）` : deskName(desk),
        now: at,
        locale: 'zh',
        calendar: calendarOf(clock.calendar, calendar),
      })
      return { text, ...(clock.dueAt === undefined ? {} : { dueAt: clock.dueAt }) }
    },
  }
}
