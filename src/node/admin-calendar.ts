import { readFile } from 'node:fs/promises'
import { importCalendar, openTimeRules, withNotice } from '../actions/time-rules.ts'
import { audit } from '../audit/audit-store.ts'
import { OPERATOR } from '../audit/trail.ts'
import type { Db } from '../db/db.ts'
import { Failure, UsageError } from './admin-faq.ts'

export const CALENDAR_USAGE = `  npm run admin -- calendar show          the working calendar in force, as JSON
  npm run admin -- calendar notice FILE [--region R]   the same with the notice pasted in FILE read into it
  npm run admin -- calendar import FILE   that JSON with a new year and a new version`

export type CalendarOrder = {
  about: 'calendar'
  verb: 'show' | 'import' | 'notice'
  file: string
  region?: string | undefined
}

/** @returns undefined where the command is about something else */
export function calendarOrder(
  words: readonly string[],
  region: string | undefined,
): CalendarOrder | undefined {
  const [about, verb, file, ...more] = words
  if (about !== 'calendar') return undefined
  if (verb === 'show' && file === undefined) return { about, verb, file: '' }
  const isOne = file !== undefined && more.length === 0
  if ((verb === 'import' || verb === 'notice') && isOne) return { about, verb, file, region }
  throw new UsageError(`There is no command “calendar ${words.slice(1).join(' ')}”.`)
}

export async function obeyCalendar(order: CalendarOrder, db: Db): Promise<string[]> {
  const { verb, file, region } = order
  if (verb !== 'import') {
    const { calendar } = (await openTimeRules(db)).now()
    if (verb === 'show') return [JSON.stringify(calendar, null, 2)]
    const next = withNotice(calendar, await contentOf(file), region)
    if (next.calendar) return [JSON.stringify(next.calendar, null, 2)]
    throw new Failure(`${file}: ${next.read.faults.join('；')}`)
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

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Failure(`${file}: ${(error as Error).message}`)
  }
}

async function parsed(file: string): Promise<unknown> {
  try {
    return JSON.parse(await contentOf(file))
  } catch (error) {
    throw new Failure(`${file}: ${(error as Error).message}`)
  }
}
