import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runExport } from '../../src/node/export.ts'
import { runVerify } from '../../src/node/verify.ts'
import { aThread, did, http } from '../contract/support.ts'
import { relinked, sealThrough } from '../support/seals.ts'
import { aServer, type TestServer } from '../support/server.ts'

// biome-ignore lint/suspicious/noExplicitAny: what stands in the file is what the test is about
type Line = any

const folder = mkdtempSync(join(tmpdir(), 'shouwen-export-'))
let server: TestServer
let threads: string[]
let key: string
let n = 0
const fresh = () => join(folder, `${n++}.jsonl`)

/** Three threads: of the first day, of both, of the third, which is not sealed yet. */
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  threads = [await aThread(server, 'waiting'), await aThread(server, 'held')]
  await sealThrough(server, '2026-11-24')
  server.clock.pass(24 * 3_600_000)
  await did(server, 'wang', { type: 'say', thread: threads[1]!, text: '您好' })
  await sealThrough(server, '2026-11-25')
  server.clock.pass(24 * 3_600_000)
  threads.push(await aThread(server, 'waiting'))
  key = join(folder, 'key.pem')
  writeFileSync(key, (await http(server, null, '/api/seals/key')).text)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

type Command = typeof runVerify | typeof runExport
async function run(command: Command, ...argv: string[]) {
  const said: string[] = []
  const errors: string[] = []
  const env = { DATABASE_URL: server.databaseUrl }
  const out = (line: string) => said.push(line)
  const code = await command({ argv, env, out, err: (line) => errors.push(line) })
  return { code, said: said.join('\n'), errors: errors.join('\n') }
}
const verify = (file: string) => run(runVerify, file, '--key', key)
const linesOf = (file: string): Line[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

async function exported(...argv: string[]) {
  const file = fresh()
  const done = await run(runExport, file, ...argv)
  expect(done).toMatchObject({ code: 0, errors: '' })
  return { file, lines: linesOf(file), ...done }
}
type Change = (lines: Line[]) => Line[]
function rewritten(lines: Line[], change: Change): string {
  const copy = structuredClone(lines)
  const file = fresh()
  writeFileSync(
    file,
    change(copy)
      .map((line) => JSON.stringify(line))
      .join('\n'),
  )
  return file
}
const isRecord = (line: Line) => line.items !== undefined

describe('npm run export', () => {
  it('writes every record with its proofs, and the file verifies', async () => {
    const { file, lines, said } = await exported('--from', '2026-11-24', '--to', '2026-11-26')
    expect(said).toBe(`${file}: 3 records, 2 seals of 2026-11-24 to 2026-11-26`)
    const records = lines.filter(isRecord)
    expect(records.map(({ thread }) => thread)).toEqual([...threads].sort())
    const counts = new Map(records.map(({ thread, seals }) => [thread, seals.length]))
    expect(threads.map((thread) => counts.get(thread))).toEqual([1, 2, 0])
    const { code, said: found } = await verify(file)
    expect(code).toBe(0)
    expect(found).toMatch(/^intact {4}2 seals\n(?:intact .*\n?){3}$/)
  })

  it('takes the threads that changed in a period, each of them whole', async () => {
    const { file, lines } = await exported('--from', '2026-11-25', '--to', '2026-11-25')
    const [record, ...more] = lines.filter(isRecord)
    expect([record.thread, record.seals.length, more]).toEqual([threads[1], 2, []])
    expect(await verify(file)).toMatchObject({ code: 0 })
    const { lines: none, file: empty } = await exported(
      '--from',
      '2026-11-20',
      '--to',
      '2026-11-23',
    )
    expect(none.filter(isRecord)).toEqual([])
    expect(await verify(empty)).toMatchObject({ code: 0 })
  })

  it.each<[string, Change, RegExp | ((ids: string[]) => string)]>([
    [
      'a record was removed',
      (lines) => lines.filter(({ thread }) => thread !== threads[0]),
      ([first]) => `TAMPERED  ${first}  seal 2026-11-24: it covers this thread, whose record`,
    ],
    [
      'a record lost the proof of a day',
      (lines) => {
        lines.find(({ thread }) => thread === threads[1]).seals.pop()
        return lines
      },
      ([, second]) => `TAMPERED  ${second}  seq 5: it was inserted`,
    ],
    [
      'an entry was changed and its chain written anew',
      (lines) => {
        const record = lines.find(({ thread }) => thread === threads[1])
        record.items[1].at = record.items[0].at
        record.items[0].body.text = '别的'
        record.items = relinked(record.items, 1)
        return lines
      },
      ([, second]) => `TAMPERED  ${second}  seq 4: its hash is not the one`,
    ],
    [
      'a record was put into the past',
      (lines) => {
        const record = lines.find(({ thread }) => thread === threads[2])
        const [old] = lines.find(({ thread }) => thread === threads[0]).items
        for (const item of record.items) item.at = old.at
        record.items = relinked(record.items, 1)
        return lines
      },
      ([, , third]) => `TAMPERED  ${third}  seq 1: it was inserted`,
    ],
    [
      'a seal was removed',
      ([head, ...rest]) => [{ ...head, seals: head.seals.slice(0, 1) }, ...rest],
      /TAMPERED .*seal 2026-11-25: /,
    ],
    [
      'a seal was changed',
      ([head, ...rest]) => {
        const [first, ...more] = head.seals
        return [{ ...head, seals: [{ ...first, n: 9 }, ...more] }, ...rest]
      },
      /TAMPERED {2}seal 2026-11-24: /,
    ],
    [
      'a seal’s list of threads was removed',
      (lines) => lines.filter(({ day }) => day !== '2026-11-25'),
      /TAMPERED {2}seal 2026-11-25: the list of its threads is missing/,
    ],
    [
      'record and list lost a thread',
      (lines) =>
        lines.filter(
          ({ thread, leaf = '' }) => thread !== threads[0] && !leaf.startsWith(threads[0]),
        ),
      /TAMPERED {2}seal 2026-11-24: the list of its threads was changed/,
    ],
  ])('makes a file of which verify says that %s', async (_, change, named) => {
    const { lines } = await exported('--from', '2026-11-24', '--to', '2026-11-26')
    const { code, said } = await verify(rewritten(lines, change))
    expect(code).toBe(1)
    if (named instanceof RegExp) expect(said).toMatch(named)
    else expect(said).toContain(named(threads))
  })

  it('is readable for its owner only, and replaces nothing', async () => {
    const { file } = await exported()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const before = readFileSync(file, 'utf8')
    const { code, errors } = await run(runExport, file)
    expect([code, errors]).toEqual([2, expect.stringContaining('EEXIST')])
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it.each([
    ['no file', [], /^Writes the records/],
    ['two files', ['a', 'b'], /^Writes the records/],
    ['what is no day', ['a', '--from', 'yesterday'], /yesterday is no day/],
    [
      'a period that ends before it begins',
      ['a', '--from', '2026-11-25', '--to', '2026-11-24'],
      /later/,
    ],
    ['an unknown flag', ['a', '--all'], /--all/],
    ['a folder that is not there', ['/nowhere/a'], /ENOENT/],
  ])('ends with 2 for %s', async (_, argv, why) => {
    const { code, errors } = await run(runExport, ...argv)
    expect(code).toBe(2)
    expect(errors).toMatch(why)
    expect(existsSync('a')).toBe(false)
  })

  it('makes no database where there is none', async () => {
    const errors: string[] = []
    const env = { DATA_DIR: join(folder, 'nothing') }
    const err = (line: string) => errors.push(line)
    expect(await runExport({ argv: [fresh()], env, out: err, err })).toBe(2)
    expect(errors).toEqual(['DATA_DIR holds no database, and DATABASE_URL is not set.'])
    expect(existsSync(env.DATA_DIR)).toBe(false)
  })
})
