import { readFile } from 'node:fs/promises'
import { importCalendar, openTimeRules } from '../actions/time-rules.ts'
import { audit } from '../audit/audit-store.ts'
import { OPERATOR } from '../audit/trail.ts'
import type { Db } from '../db/db.ts'
import { Failure, UsageError } from './admin-faq.ts'

export const CALENDAR_USAGE = `  npm run admin -- calendar show          the working calendar in force, as JSON
  npm run admin -- calendar import FILE   that JSON with a new year and a new version`

export type CalendarOrder = { about: 'calendar'; file: string | null }

/** @returns undefined where the command is about something else */
export function calendarOrder(words: readonly string[]): CalendarOrder | undefined {
  const [about, verb, file, ...more] = words
  if (about !== 'calendar') return undefined
  if (verb === 'show' && file === undefined) return { about, file: null }
  if (verb === 'import' && file !== undefined && more.length === 0) return { about, file }
  throw new UsageError(`There is no command “calendar ${words.slice(1).join(' ')}”.`)
}

export async function obeyCalendar({ file }: CalendarOrder, db: Db): Promise<string[]> {
  if (file === null) {
    const { calendar } = (await openTimeRules(db)).now()
    return [JSON.stringify(calendar, null, 2)]
  }
  const raw = await parsed(file)
  await db.transaction(async (tx) => {
    const before = await versionOf(tx)
    const refused = await importCalendar(tx, raw)
    if (refused) throw new Failure(`${file}: ${refused.detail}`)
    const after = await versionOf(tx)
    await audit(tx, new Date(), { by: OPERATOR, what: 'calendar-imported', before, after })
  })
  return ['imported; clocks that waited for it are scheduled within a minute']
}

async function versionOf(db: Db) {
  const { calendar } = (await openTimeRules(db)).now()
  return { version: calendar.version }
}

async function parsed(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Failure(`${file}: ${(error as Error).message}`)
  }
}
