import { readFile } from 'node:fs/promises'
import { readRecords, verifyRecord } from '../record/verify.ts'

/** `npm run verify -- FILE`: 0 intact, 1 tampered, 2 unreadable. Offline: it asks nobody. */
async function main(args: readonly string[]): Promise<number> {
  const [file] = args.filter((arg) => !arg.startsWith('--'))
  if (file === undefined) return unreadable('usage: npm run verify -- FILE')
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return unreadable(`${file} cannot be read`)
  const records = readRecords(text)
  if (records === null || records.length === 0) return unreadable(`${file} is no record file`)
  const found = records.map(verifyRecord)
  for (const one of found) {
    if (one.intact) print(`intact    ${one.thread}  ${one.entries} entries, head ${one.head}`)
    else print(`TAMPERED  ${one.thread}  seq ${one.seq}: ${one.why}`)
  }
  return found.every(({ intact }) => intact) ? 0 : 1
}

const print = (line: string) => process.stdout.write(`${line}\n`)

function unreadable(why: string): number {
  process.stderr.write(`${why}\n`)
  return 2
}

process.exitCode = await main(process.argv.slice(2))
