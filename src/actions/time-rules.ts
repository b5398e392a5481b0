import { z } from 'zod'
import { type WorkingCalendar, workingCalendarSchema } from '../clock/calendar.ts'
import { DEFAULT_LIMITS, type LimitTable, limitTableSchema } from '../clock/limits.ts'
import { CALENDAR } from '../clock/years.ts'
import type { Db } from '../db/db.ts'
import { readSetting, writeSetting } from '../identity/settings-store.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'

/** The calendar and the limits in force: data, of which a first set ships. */
export interface LiveTimeRules {
  now(): { calendar: WorkingCalendar; limits: readonly LimitTable[] }
  /** Reads what was imported, here or by another process. */
  refresh(): Promise<void>
}

const KEY = { calendar: 'clock.calendar', limits: 'clock.limits' } as const
const tables = z.array(limitTableSchema).min(1)

const parsed = (text: string): WorkingCalendar => workingCalendarSchema.parse(JSON.parse(text))

/** @throws ZodError where what is stored is none, which no import of ours writes */
export async function openTimeRules(db: Db): Promise<LiveTimeRules> {
  let calendar = CALENDAR
  let limits: readonly LimitTable[] = [DEFAULT_LIMITS]
  const rules: LiveTimeRules = {
    now: () => ({ calendar, limits }),
    async refresh() {
      const stored = await readSetting(db, KEY.calendar)
      const promised = await readSetting(db, KEY.limits)
      const known = stored === undefined ? CALENDAR : parsed(stored)
      // what was worked out for a calendar is kept with it, so the same one stays
      if (known.version !== calendar.version) calendar = known
      if (promised !== undefined) limits = tables.parse(JSON.parse(promised))
    },
  }
  await rules.refresh()
  return rules
}

/**
 * Puts a calendar with next year's notice in force, in every process within ten seconds. Clocks that
 * could not be scheduled are then; due times that were given stay as they are.
 */
export async function importCalendar(db: Db, raw: unknown): Promise<Refusal | null> {
  const read = workingCalendarSchema.safeParse(raw)
  if (!read.success) {
    const [issue] = read.error.issues
    return refuse('bad-request', { detail: `${issue?.path.join('.')}: ${issue?.message}` })
  }
  const stored = await readSetting(db, KEY.calendar)
  const present = stored === undefined ? CALENDAR : parsed(stored)
  // what clocks were counted by must be told from what they are counted by now
  if (read.data.version === present.version) {
    return refuse('bad-request', { detail: 'version: a change needs a new one' })
  }
  await writeSetting(db, KEY.calendar, JSON.stringify(read.data))
  return null
}
