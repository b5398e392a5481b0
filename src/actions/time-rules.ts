import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type WorkingCalendar, workingCalendarSchema } from '../clock/calendar.ts'
import { shanghaiDate } from '../clock/day.ts'
import { DEFAULT_LIMITS, type LimitTable, limitTableSchema } from '../clock/limits.ts'
import { type ReadNotice, readNotice } from '../clock/notice.ts'
import { CALENDAR } from '../clock/years.ts'
import type { Db } from '../db/db.ts'
import { loadDesks } from '../desk/desk-store.ts'
import { tellOffice } from '../desk/office-store.ts'
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

/** One writer at a time, so that none undoes what another has just written. */
async function changing(
  db: Db,
  change: (tx: Db) => Promise<Refusal | null>,
): Promise<Refusal | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('clock.rules'))`)
    const no = await change(tx)
    if (no === null) await tellOffice(tx)
    return no
  })
}

/** What is wrong with it first, as the refusal of whoever gave it. */
function faulty({ issues: [issue] }: z.ZodError): Refusal {
  return refuse('bad-request', { detail: `${issue?.path.join('.')}: ${issue?.message}` })
}

/**
 * Puts a calendar with next year's notice in force, in every process within ten seconds. Clocks that
 * could not be scheduled are then; due times that were given stay as they are.
 */
export async function importCalendar(db: Db, raw: unknown): Promise<Refusal | null> {
  const read = workingCalendarSchema.safeParse(raw)
  if (!read.success) return faulty(read.error)
  return changing(db, async (tx) => {
    const stored = await readSetting(tx, KEY.calendar)
    const present = stored === undefined ? CALENDAR : parsed(stored)
    // what clocks were counted by must be told from what they are counted by now
    if (read.data.version === present.version) {
      return refuse('bad-request', { detail: 'version: a change needs a new one' })
    }
    await writeSetting(tx, KEY.calendar, JSON.stringify(read.data))
    return null
  })
}

/**
 * The calendar as it would be with this notice, pasted as it was published; with a region it is that
 * of an autonomous region's holidays, which win over the national ones.
 */
export function withNotice(
  calendar: WorkingCalendar,
  text: string,
  region?: string,
): { read: ReadNotice; calendar: WorkingCalendar | null } {
  const { year, notice, holidays, workdays, faults } = readNotice(text)
  const present = calendar.years[year]
  if (region !== undefined && faults.length === 0 && !present) {
    faults.push(`先导入 ${year} 年的全国通知`)
  }
  const given = { notice, holidays, workdays }
  const others = (present?.regional ?? []).filter((one) => one.region !== region)
  const entry =
    region === undefined || !present
      ? { ...given, ...(present?.regional ? { regional: present.regional } : {}) }
      : { ...present, regional: [...others, { region, ...given }] }
  const years = { ...calendar.years, [year]: entry }
  const next = { ...calendar, version: nextVersion(calendar.version, year), years }
  const checked = faults.length === 0 ? workingCalendarSchema.safeParse(next) : null
  if (checked?.success === false) faults.push(...checked.error.issues.map(({ message }) => message))
  const read = { year, ...given, faults }
  return { read, calendar: checked?.success ? checked.data : null }
}

/** `cn-2027.1`, and `cn-2027.2` after it. */
function nextVersion(version: string, year: string): string {
  const [, of, n] = /^cn-(\d{4})\.(\d+)$/.exec(version) ?? []
  return of !== undefined && of >= year ? `cn-${of}.${Number(n) + 1}` : `cn-${year}.1`
}

/**
 * Adds a table of limits, in every process within ten seconds; clocks that start from its date on go
 * by it. What has begun to count is never changed: a table in force stays, and a new one begins today
 * at the earliest. One that waits for its date is replaced by one of the same id.
 */
export async function setLimits(db: Db, raw: unknown, now: Date): Promise<Refusal | null> {
  const read = limitTableSchema.safeParse(raw)
  if (!read.success) return faulty(read.error)
  const table = read.data
  const today = shanghaiDate(now)
  if (table.effective < today) return refuse('bad-request', { detail: 'effective: is over' })
  return changing(db, async (tx) => {
    const desks = new Set((await loadDesks(tx)).map(({ id }) => id))
    const unknown = table.rules.find(({ desk }) => desk !== undefined && !desks.has(desk))
    if (unknown) return refuse('bad-request', { detail: `rules: no desk ${unknown.desk}` })
    const stored = await readSetting(tx, KEY.limits)
    const present = stored === undefined ? [DEFAULT_LIMITS] : tables.parse(JSON.parse(stored))
    const same = present.find(({ id }) => id === table.id)
    if (same && same.effective <= today) {
      return refuse('bad-request', { detail: 'id: is in force; a change needs a new one' })
    }
    const next = [...present.filter((one) => one !== same), table]
    await writeSetting(tx, KEY.limits, JSON.stringify(next))
    return null
  })
}
