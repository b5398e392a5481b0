import { readFile, statfs } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openTimeRules } from '../actions/time-rules.ts'
import type { WorkingCalendar } from '../clock/calendar.ts'
import { shanghaiDate } from '../clock/day.ts'
import type { Db, Sql } from '../db/db.ts'
import { isProblem } from '../faq/entry.ts'
import { readFaqFiles, tellProblem } from './faq-folder.ts'

/** How something stands: `look` will need somebody, `bad` needs them now. */
export interface Finding {
  about: 'settings' | 'database' | 'clock' | 'calendar' | 'disk' | 'faq'
  is: 'ok' | 'look' | 'bad'
  /** What is so and, unless it is well, what to do. */
  text: string
}

const JOURNAL = fileURLToPath(new URL('../../drizzle/meta/_journal.json', import.meta.url))
const OLDEST = 150_000
/** Milliseconds that our clock and the database's may differ. */
const SKEW = 2_000
const GIB = 1024 ** 3
/** Month (1–12) in which the State Council's notice for the next year is usually out. */
const NOTICE_MONTH = 11

interface Journal {
  entries: { when: number }[]
}

/** Whether this version's migrations are what the database has had. */
export async function checkDatabase(sql: Sql): Promise<Finding> {
  const finding = (is: Finding['is'], text: string): Finding => ({ about: 'database', is, text })
  const [server] = await sql`
    select current_setting('server_version_num')::int as n,
      to_regclass('drizzle.__drizzle_migrations') is not null as used`
  if (server!.n < OLDEST) return finding('bad', 'PostgreSQL 15 or later is needed')
  const { entries } = JSON.parse(await readFile(JOURNAL, 'utf8')) as Journal
  const ours = Math.max(...entries.map(({ when }) => when))
  const [stored] = server!.used
    ? await sql`select max(created_at)::float8 as last from drizzle.__drizzle_migrations`
    : []
  const last: number = stored?.last ?? 0
  if (last > ours) {
    return finding('bad', 'was made by a later version: install that version here')
  }
  const missing = entries.filter(({ when }) => when > last).length
  if (missing > 0) {
    return finding('look', `lacks ${missing} migrations: the next start applies them`)
  }
  return finding('ok', `answers, with all ${entries.length} migrations`)
}

/** Due times and seals are only as good as the clocks of all processes. */
export async function checkClock(sql: Sql, now: () => Date): Promise<Finding> {
  await sql`select 1` // connected, so that the next answer is quick
  const before = now().getTime()
  const [row] = await sql`select extract(epoch from clock_timestamp())::float8 * 1000 as at`
  const after = now().getTime()
  // it was read at some moment between the two
  const off = Math.max(before - row!.at, row!.at - after, 0)
  const is = off > SKEW ? 'bad' : 'ok'
  const seconds = (off / 1000).toFixed(1)
  const advice = is === 'ok' ? '' : ': synchronise both (NTP)'
  return { about: 'clock', is, text: `within ${seconds} s of the database’s${advice}` }
}

export const checkStoredCalendar = async (db: Db, now: Date): Promise<Finding> =>
  checkCalendar((await openTimeRules(db)).now().calendar, now)

/** Promises that reach into a year without a calendar have no due time. */
export function checkCalendar({ years }: Pick<WorkingCalendar, 'years'>, now: Date): Finding {
  const [year, month] = shanghaiDate(now).split('-').map(Number) as [number, number]
  const lacks = (wanted: number) => !Object.hasOwn(years, String(wanted))
  const advice = 'npm run admin -- calendar import FILE'
  if (lacks(year)) {
    return { about: 'calendar', is: 'bad', text: `${year} is missing: ${advice}` }
  }
  if (month >= NOTICE_MONTH && lacks(year + 1)) {
    const text = `${year + 1} is missing: once the notice is out, ${advice}`
    return { about: 'calendar', is: 'look', text }
  }
  return { about: 'calendar', is: 'ok', text: `has ${year}` }
}

/** @param folder one that exists @param least bytes below which it is too little */
export async function checkDisk(folder: string, least = GIB): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const text = `${(free / GIB).toFixed(1)} GiB free in ${folder}`
  if (free >= least) return { about: 'disk', is: 'ok', text }
  return { about: 'disk', is: 'bad', text: `${text}: make room before the database stops` }
}

/** The starter FAQ's files; what is in the database was checked when it was written. */
export async function checkFaq(folder?: string): Promise<Finding[]> {
  const read = await readFaqFiles(folder)
  const problems = read.filter(isProblem)
  if (problems.length === 0) {
    return [{ about: 'faq', is: 'ok', text: `${read.length} entries can be read` }]
  }
  return problems.map((one) => ({ about: 'faq', is: 'bad', text: tellProblem(one) }))
}
