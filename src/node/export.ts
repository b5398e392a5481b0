import { realpathSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { audit } from '../audit/audit-store.ts'
import { OPERATOR } from '../audit/trail.ts'
import { shanghaiDate } from '../clock/day.ts'
import { openDatabase } from '../db/db.ts'
import { exportRecords, type Period } from '../record/export-store.ts'
import { readConfig } from './config.ts'
import type { Shell } from './shell.ts'
import { explained, NotUnderstood, withStoredUrl } from './shell-database.ts'

const USAGE = `Writes the records of a period into one file, for keeping and for npm run verify.

  npm run export -- FILE [--from YYYY-MM-DD] [--to YYYY-MM-DD]

Days are those of Asia/Shanghai; without them it is everything. It holds what enterprises and
officers wrote: the file is readable for its owner only, and an existing one is not replaced.
It uses DATABASE_URL, or the embedded database under DATA_DIR.
`

/** Bytes in hand before they are written. */
const CHUNK = 1 << 18

/** @returns the exit code: 0 done, 2 not done */
export async function runExport({ argv, env, out, err }: Shell): Promise<0 | 2> {
  try {
    const { file, ...period } = understand(argv)
    const { records, seals } = await withStoredUrl(readConfig(env), (url) =>
      written(url, file, period),
    )
    out(`${file}: ${records} records, ${seals} seals of ${period.from} to ${period.to}`)
    return 0
  } catch (error) {
    err(explained(error))
    return 2
  }
}

function understand(argv: readonly string[]): Period & { file: string } {
  const { values, positionals } = parsed(argv)
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new NotUnderstood(USAGE)
  const { from = '2000-01-01', to = shanghaiDate(new Date()) } = values
  for (const day of [from, to]) {
    const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day))
    if (!isDay) throw new NotUnderstood(`${day} is no day YYYY-MM-DD`)
  }
  if (from > to) throw new NotUnderstood(`--from ${from} is later than --to ${to}`)
  return { file, from, to }
}

function parsed(argv: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ args: [...argv], options: { from: text, to: text }, allowPositionals: true })
  } catch (error) {
    throw new NotUnderstood(`${(error as Error).message}\n\n${USAGE}`)
  }
}

/** What was written before a fault is removed: half an export must not look like one. */
async function written(url: string, file: string, period: Period) {
  await using database = openDatabase(url, { max: 1, name: 'shouwen-export', statementTimeout: 0 })
  const handle = await open(file, 'wx', 0o600)
  try {
    const { write, end } = buffered(handle)
    const done = await exportRecords(database.db, period, write)
    await end()
    await handle.close()
    const about = { ...period, ...done }
    await audit(database.db, new Date(), { by: OPERATOR, what: 'records-exported', about })
    return done
  } catch (error) {
    await handle.close()
    await rm(file, { force: true })
    throw error
  }
}

function buffered(handle: FileHandle) {
  let parts: string[] = []
  let length = 0
  const flush = async () => {
    const text = parts.join('')
    parts = []
    length = 0
    await handle.writeFile(text)
  }
  return {
    async write(text: string) {
      parts.push(text)
      length += text.length
      if (length >= CHUNK) await flush()
    },
    async end() {
      await flush()
      await handle.sync()
    },
  }
}

/* The entry proper: everything above is told what it reads and where it writes. */
if (realpathSync(process.argv[1] ?? '.') === import.meta.filename) {
  const write = (line: string) => console.log(line)
  const complain = (line: string) => console.error(line)
  const argv = process.argv.slice(2)
  process.exitCode = await runExport({ argv, env: process.env, out: write, err: complain })
}
