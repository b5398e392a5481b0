import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runVerify } from '../../src/node/verify.ts'
import { createSigner } from '../../src/record/seal-key.ts'
import { append, aThread, byOf, did, http } from '../contract/support.ts'
import { newSealKey, relinked, sealThrough } from '../support/seals.ts'
import { aServer, type TestServer } from '../support/server.ts'

// biome-ignore lint/suspicious/noExplicitAny: what comes over the wire is what the test is about
type File = any

const folder = mkdtempSync(join(tmpdir(), 'shouwen-verify-'))
let server: TestServer
let key: string
let copy: string
let record: File
let thread: string

/** A record of seven entries: four sealed on the first day, six on the second. */
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  thread = await aThread(server, 'held')
  await aThread(server, 'waiting')
  await sealThrough(server, '2026-11-24')
  server.clock.pass(24 * 3_600_000)
  await did(server, 'wang', { type: 'say', thread, text: '您好\u2028第二行' })
  await did(server, 'wang', { type: 'note', thread, text: '内部' })
  await sealThrough(server, '2026-11-25')
  server.clock.pass(24 * 3_600_000)
  await did(server, 'e0', { type: 'say', thread, text: '谢谢' })
  record = (await http(server, 'e0', `/api/threads/${thread}/record`)).body
  key = put('key.pem', (await http(server, null, '/api/seals/key')).text)
  copy = put('seals.json', (await http(server, 'admin', '/api/seals')).text)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

let n = 0
function put(name: string, text: string): string {
  const file = join(folder, `${n++}-${name}`)
  writeFileSync(file, text)
  return file
}
const file = (value: unknown) => put('record.json', JSON.stringify(value))

async function verify(...argv: string[]) {
  const said: string[] = []
  const errors: string[] = []
  const env = { DATABASE_URL: server.databaseUrl }
  const out = (line: string) => said.push(line)
  const code = await runVerify({ argv, env, out, err: (line) => errors.push(line) })
  return { code, said: said.join('\n'), errors: errors.join('\n') }
}
const changed = (change: (copy: File) => void) => {
  const other = structuredClone(record)
  change(other)
  return file(other)
}

describe('npm run verify', () => {
  it('finds a downloaded record intact, and says up to where it is sealed', async () => {
    const { code, said } = await verify(file(record), '--key', key, '--seals', copy)
    const { hash } = record.items.at(-1)
    const seal = 'sealed to seq 6 on 2026-11-25'
    expect({ code, said }).toEqual({
      code: 0,
      said: `intact    ${thread}  7 entries, head ${hash}, ${seal}`,
    })
  })

  it('says where signatures were not checked, and where there is no seal', async () => {
    const { code, said } = await verify(changed((other) => delete other.seals))
    expect(code).toBe(0)
    expect(said).toMatch(/, no seal\nsignatures of seals were not checked: no --key was given$/)
  })

  it.each<[string, (other: File) => void, string]>([
    [
      'an entry was changed',
      (o) => (o.items[3].by.name = '李工'),
      'seq 4: its content was changed',
    ],
    ['an entry was removed', (o) => o.items.splice(1, 1), 'seq 2: it was removed or moved'],
    ['entries were swapped', (o) => o.items.splice(1, 0, ...o.items.splice(3, 1)), 'seq 2: it was'],
    ['the tail was cut off', (o) => o.items.splice(5), 'seq 6: it was cut off'],
    [
      'the chain was written anew',
      (o) => {
        o.items[4].body.text = '不好'
        o.items = relinked(o.items, 5)
      },
      'seq 6: its hash is not the one that was sealed on 2026-11-25: something in 5–6',
    ],
    [
      'an entry was inserted and the chain written anew',
      (o) => {
        o.items.splice(1, 0, { ...o.items[1] })
        o.items = relinked(o.items, 2)
      },
      'seq 4: its hash is not the one that was sealed on 2026-11-24: something in 1–4',
    ],
    [
      'an entry was appended as if it were older than the last seal',
      (o) => {
        o.items[6].at = o.items[5].at
        o.items = relinked(o.items, 7)
      },
      'seq 7: it was inserted: its time lies before the end of 2026-11-25',
    ],
    [
      'a seal’s leaf was made to fit',
      (o) => {
        o.items[4].body.text = '不好'
        o.items = relinked(o.items, 5)
        o.seals[1].leaf = `${thread}:6:${o.items[5].hash}`
      },
      'seal 2026-11-25: the proof does not lead to its root',
    ],
    ['a seal was changed', (o) => (o.seals[0].seal.n = 3), 'seal 2026-11-24: '],
    [
      'a seal has another’s signature',
      (o) => (o.seals[0].seal.signature = o.seals[1].seal.signature),
      'seal 2026-11-24: its signature is by none of the given keys',
    ],
    [
      'a proof is of another thread',
      (o) => (o.seals[0].leaf = o.seals[0].leaf.replace(/^[^:]+/, crypto.randomUUID())),
      'seal 2026-11-24: its proof is about another thread',
    ],
  ])('ends with 1 and names it where %s', async (_, change, named) => {
    const { code, said } = await verify(changed(change), '--key', key)
    expect(code).toBe(1)
    expect(said).toContain(`TAMPERED  ${thread}  ${named}`)
  })

  it('knows an entry that was redacted, and the seals that hold it', async () => {
    const by = await byOf(server, 'admin')
    const body = { seq: 5, ground: '含个人信息', kept: {} }
    await append(server, thread, { kind: 'redacted', by, body })
    await server.database.sql`update entries set body = null, salt = null
      where thread = ${thread} and seq = 5`
    const { body: redacted } = await http(server, 'wang', `/api/threads/${thread}/record`)
    expect(redacted.items[4]).not.toHaveProperty('body')
    const { code, said } = await verify(file(redacted), '--key', key)
    expect(code).toBe(0)
    expect(said).toContain('8 entries')
  })

  it('reads many records: an array, `{records}`, one a line', async () => {
    const [one, line] = [record, JSON.stringify(record)]
    const bad = { ...record, items: record.items.slice(1) }
    for (const text of [
      JSON.stringify([one, one]),
      JSON.stringify([one, one], null, 2),
      JSON.stringify({ v: 1, records: [one, one] }),
      `${line}\n${line}\n`,
      `${line}\r\n\r\n${line}`,
    ]) {
      const { code, said } = await verify(put('many.json', text), '--key', key)
      expect([code, said.match(/^intact/gm)?.length]).toEqual([0, 2])
    }
    const { code, said } = await verify(put('many.json', `${line}\n${JSON.stringify(bad)}`))
    expect(code).toBe(1)
    expect(said).toMatch(/^intact .*\nTAMPERED .* seq 1: /)
  })

  it('reads a list of seals, and names the one that breaks its chain', async () => {
    expect(await verify(copy, '--key', key)).toMatchObject({ code: 0, said: 'intact    2 seals' })
    const { body: seals } = await http(server, 'sun', '/api/seals')
    const [first, second] = seals
    const broken: [unknown[], string][] = [
      [[second, first], '2026-11-24'],
      [[{ ...first, n: 7 }, second], '2026-11-24'],
      [[first, { ...second, prev: first.prev }], '2026-11-25'],
    ]
    for (const [list, day] of broken) {
      const { code, said } = await verify(file(list), '--key', key)
      expect(code).toBe(1)
      expect(said).toContain(`TAMPERED  seal ${day}: `)
    }
  })

  it('takes a key file of several keys, as it is published after a rotation', async () => {
    const { publicKey } = await createSigner(newSealKey())
    const { text } = await http(server, null, '/api/seals/key')
    const both = put('keys.pem', publicKey + text)
    expect(await verify(file(record), '--key', both)).toMatchObject({ code: 0 })
    const other = put('other.pem', publicKey)
    const { code, said } = await verify(file(record), '--key', other)
    expect(code).toBe(1)
    expect(said).toContain('seal 2026-11-24: its signature is by none of the given keys')
  })

  it('checks the database beside the running server', async () => {
    const { code, said } = await verify('--database', '--key', key, '--seals', copy)
    expect(code).toBe(0)
    expect(said).toMatch(/^intact {4}database {2}2 threads, \d+ entries, 2 seals\n1 threads have/)
  })

  it.each([
    ['no file', () => [], /^Checks the record/],
    ['a file and a database', () => [copy, '--database'], /^Checks the record/],
    ['two files', () => [copy, copy], /^Checks the record/],
    ['an unknown flag', () => [copy, '--sure'], /--sure/],
    ['a file that is not there', () => ['/nowhere/x.json'], /x\.json cannot be read \(ENOENT\)/],
    ['a folder', () => [folder], /cannot be read \(EISDIR\)/],
    ['an empty file', () => [put('x', '')], /is no record file: it is empty/],
    ['what is no JSON', () => [put('x', 'hello')], /is no JSON/],
    ['JSON that is no record', () => [put('x', '{"v":2}')], /is no record file: value 1 /],
    ['a cut-off download', () => [put('x', JSON.stringify(record).slice(0, -9))], /is no JSON/],
    [
      'a line that is no JSON',
      () => [put('x', `${JSON.stringify(record)}\n{"v":1,`)],
      /, line 2 is no JSON/,
    ],
    ['proofs that are none', () => [changed((o) => (o.seals = [{}]))], /is no record file/],
    [
      'a key that is not there',
      () => [copy, '--key', '/nowhere/key.pem'],
      /key\.pem cannot be read/,
    ],
    ['a private key', () => [copy, '--key', put('x', newSealKey())], /holds no Ed25519 public key/],
    ['a copy that is none', () => [copy, '--seals', file(record)], /is no list of seals/],
  ])('ends with 2 for %s', async (_, argv, why) => {
    const { code, said, errors } = await verify(...argv())
    expect(code).toBe(2)
    expect(said).not.toContain('TAMPERED')
    expect(errors).toMatch(why)
  })
})
