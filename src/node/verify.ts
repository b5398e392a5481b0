import { realpathSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openDatabase } from '../db/db.ts'
import type { Seal } from '../protocol/http.ts'
import { readPublicKeys } from '../record/seal-key.ts'
import { Unreadable, verifyValues } from '../record/verify-export.ts'
import { type Finding, readSeals, type Trust } from '../record/verify-seals.ts'
import { verifyDatabase } from '../record/verify-store.ts'
import { readConfig } from './config.ts'
import { BadFile, jsonValues, textOf, wholeOf } from './json-values.ts'
import type { Shell } from './shell.ts'
import { explained, NotUnderstood, withStoredUrl } from './shell-database.ts'

const USAGE = `Checks the record. Exit 0: intact, 1: tampered, 2: unreadable.

  npm run verify -- FILE         a record file, many of them, an export, or a list of seals
  npm run verify -- --database   everything in the database of DATABASE_URL or DATA_DIR

  --key PUBLIC_KEY.pem   the seals’ public keys, as you have kept them: checks their signatures
  --seals SEALS.json     a copy of GET /api/seals that you have kept: finds replaced seals
`

/** Offline but for `--database`. @returns the exit code: 0 intact, 1 tampered, 2 unreadable */
export async function runVerify({ argv, env, out, err }: Shell): Promise<0 | 1 | 2> {
  try {
    const { file, database, key, seals } = understand(argv)
    const trust = { isSigned: await keysOf(key), copy: await copyOf(seals) }
    const clean = file
      ? await verifyFile(file, trust, out)
      : database && (await verifyStored(env, trust, out))
    if (!trust.isSigned) out('signatures of seals were not checked: no --key was given')
    return clean ? 0 : 1
  } catch (error) {
    err(explained(error))
    return 2
  }
}

function understand(argv: readonly string[]) {
  const { values, positionals } = parsed(argv)
  const [file, ...more] = positionals
  if (more.length > 0 || (file === undefined) !== (values.database ?? false)) {
    throw new NotUnderstood(USAGE)
  }
  return { file, ...values }
}

function parsed(argv: readonly string[]) {
  const text = { type: 'string' } as const
  const options = { key: text, seals: text, database: { type: 'boolean' } } as const
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true })
  } catch (error) {
    throw new NotUnderstood(`${(error as Error).message}\n\n${USAGE}`)
  }
}

async function keysOf(file: string | undefined): Promise<Trust['isSigned']> {
  if (file === undefined) return null
  const check = await readPublicKeys(await textOf(file))
  if (check) return check
  throw new BadFile(`${file} holds no Ed25519 public key in PEM`)
}

async function copyOf(file: string | undefined): Promise<Trust['copy']> {
  if (file === undefined) return null
  const seals: Seal[] | null = readSeals(await wholeOf(file))
  if (!seals) throw new BadFile(`${file} is no list of seals`)
  return new Map(seals.map((seal) => [seal.day, seal]))
}

async function verifyFile(file: string, trust: Trust, out: Shell['out']): Promise<boolean> {
  let clean = true
  try {
    for await (const found of verifyValues(jsonValues(file), trust)) {
      out(lineOf(found))
      clean &&= found.intact
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    throw new BadFile(`${file} is no record file: ${error.message}`)
  }
  return clean
}

async function verifyStored(env: Shell['env'], trust: Trust, out: Shell['out']): Promise<boolean> {
  return withStoredUrl(readConfig(env), async (url) => {
    await using database = openDatabase(url, {
      max: 1,
      name: 'shouwen-verify',
      statementTimeout: 0,
    })
    let clean = true
    const { threads, entries, seals, open } = await verifyDatabase(database.db, trust, (found) => {
      clean = false
      out(lineOf(found))
    })
    const verdict = clean ? 'intact    ' : 'TAMPERED  '
    out(`${verdict}database  ${threads} threads, ${entries} entries, ${seals} seals`)
    if (open > 0) out(`${open} threads have entries since the last seal: their chain alone speaks`)
    return clean
  })
}

function lineOf(found: Finding): string {
  if (!found.intact) {
    const { thread, seq, day, why } = found
    const place = seq === undefined ? `seal ${day ?? ''}` : `seq ${seq}`
    return `TAMPERED  ${thread === undefined ? '' : `${thread}  `}${place}: ${why}`
  }
  if ('seals' in found) return `intact    ${found.seals} seals`
  const { thread, entries, head, sealed } = found
  const seal = sealed ? `sealed to seq ${sealed.seq} on ${sealed.day}` : 'no seal'
  return `intact    ${thread}  ${entries} entries, head ${head}, ${seal}`
}

/* The entry proper: everything above is told what it reads and where it writes. */
if (realpathSync(process.argv[1] ?? '.') === import.meta.filename) {
  const write = (line: string) => console.log(line)
  const complain = (line: string) => console.error(line)
  const argv = process.argv.slice(2)
  process.exitCode = await runVerify({ argv, env: process.env, out: write, err: complain })
}
