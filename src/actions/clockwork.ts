import type { WorkingCalendar } from '../clock/calendar.ts'
import { dueAt } from '../clock/due.ts'
import { type LimitTable, limitFor } from '../clock/limits.ts'
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
}

/** A due time for a fact; none where the calendar lacks the year. */
const dated = (due: Date | Unscheduled) =>
  due === 'unscheduled' ? {} : { dueAt: due.toISOString() }

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
      const { calendar, limits } = rulesNow()
      const asked = {
        clock: name,
        kind,
        desk: desk ?? undefined,
        topic: topic ?? undefined,
        urgent,
      }
      const limit = limitFor({ ...asked, at }, limits)
      if (!limit) throw new Error(`no limit is in force for ${name} at ${at.toISOString()}`)
      const due = dated(dueAt(at, limit, calendar))
      return { name, n, startedAt: at.toISOString(), ...due, limit, calendar: calendar.version }
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
      const over = { from: pausedAt, to: at.toISOString(), ...(ground ? { ground } : {}) }
      const due = dated(resumeDue(clock, at, rulesNow().calendar))
      return { ...rest, ...due, pauses: [...(clock.pauses ?? []), over] }
    },
    schedule(clock) {
      const { calendar } = rulesNow()
      let due = dueAt(new Date(clock.startedAt), clock.limit, calendar)
      for (const { from, to } of clock.pauses ?? []) {
        const paused = { ...dated(due), pausedAt: from, limit: clock.limit }
        due = resumeDue(paused, new Date(to), calendar)
      }
      if (due === 'unscheduled') return null
      return { ...clock, ...dated(due), calendar: calendar.version }
    },
    promise(clock, desk, at) {
      const { calendar, deskName } = rulesNow()
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
