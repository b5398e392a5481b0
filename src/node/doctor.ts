import { existsSync, realpathSync } from 'node:fs'
import { openDatabase } from '../db/db.ts'
import { type Config, readConfig } from './config.ts'
import {
  checkClock,
  checkDatabase,
  checkDisk,
  checkFaq,
  checkStoredCalendar,
  type Finding,
} from './health.ts'
import type { Shell } from './shell.ts'
import { explained, withStoredUrl } from './shell-database.ts'

const USAGE = `Looks at settings, database, clock, calendar, disk and FAQ, beside a server or without one,
and changes nothing. Exit 0: nothing is bad, 1: something is, 2: not understood.

  npm run doctor
`

/** Says how everything stands and what to do. @returns the exit code */
export async function runDoctor(
  { argv, env, out, err }: Shell,
  now = () => new Date(),
): Promise<0 | 1 | 2> {
  if (argv.length > 0) {
    err(USAGE)
    return 2
  }
  const findings = await examine(env, now)
  for (const { is, about, text } of findings) out(`${is.padEnd(4)}  ${about.padEnd(8)}  ${text}`)
  return findings.some(({ is }) => is === 'bad') ? 1 : 0
}

const failed = (about: Finding['about']) => (error: unknown) => [
  { about, is: 'bad' as const, text: explained(error) },
]

async function examine(env: Shell['env'], now: () => Date): Promise<Finding[]> {
  const faq = await checkFaq().catch(failed('faq'))
  try {
    const config = readConfig(env)
    const database = withStoredUrl(config, (url) => onDatabase(url, now)).catch(failed('database'))
    return [settings(config), ...(await database), ...(await disk(config)), ...faq]
  } catch (error) {
    return [...failed('settings')(error), ...faq]
  }
}

function settings({ production, PUBLIC_URL }: Config): Finding {
  if (!production || PUBLIC_URL) return { about: 'settings', is: 'ok', text: 'can be read' }
  const text = 'PUBLIC_URL is not set: browsers behind a proxy are refused as of another origin'
  return { about: 'settings', is: 'look', text }
}

async function onDatabase(url: string, now: () => Date): Promise<Finding[]> {
  await using database = openDatabase(url, { max: 1, name: 'shouwen-doctor' })
  const { db, sql } = database
  const found = [await checkDatabase(sql), await checkClock(sql, now)]
  // the tables of another version are not for us to read
  if (found[0]!.is !== 'ok') return found
  return [...found, await checkStoredCalendar(db, now())]
}

/** Only the embedded database's; where another one keeps its data is not for us to know. */
async function disk({ DATABASE_URL, DATA_DIR }: Config): Promise<Finding[]> {
  if (DATABASE_URL || !existsSync(DATA_DIR)) return []
  return [await checkDisk(DATA_DIR)]
}

/* The entry proper: everything above is told what it reads and where it writes. */
if (realpathSync(process.argv[1] ?? '.') === import.meta.filename) {
  const write = (line: string) => console.log(line)
  const complain = (line: string) => console.error(line)
  const argv = process.argv.slice(2)
  process.exitCode = await runDoctor({ argv, env: process.env, out: write, err: complain })
}
