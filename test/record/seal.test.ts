import { createHash, createPublicKey, verify } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import type { Group } from '../../src/record/group.ts'
import { leadsToRoot, readLeaf } from '../../src/record/seal.ts'
import { listSeals, loadProof, sealKeys } from '../../src/record/seal-store.ts'
import type { Thread } from '../../src/record/thread.ts'
import { Writer } from '../../src/record/writer.ts'
import { aCommand, aNote, anOpening, aRedaction } from '../support/groups.ts'
import { aSealer, newSealKey, nightAfter, on } from '../support/seals.ts'
import { freshDatabase } from '../support/server.ts'

const KEY = newSealKey()
const ZEROS = '0'.repeat(64)

let database: Database
let writer: Writer
const opened: Database[] = []
const open = (url: string) => {
  const one = openDatabase(url, { max: 3, name: 'test' })
  opened.push(one)
  return one
}
let url: string
beforeEach(async () => {
  url = await freshDatabase()
  database = open(url)
  writer = new Writer(database.sql, { origin: 'here' })
})
afterAll(() => Promise.all(opened.map((one) => one[Symbol.asyncDispose]())))

const stored = async (group: Group): Promise<Thread> => {
  expect(await writer.append(group)).toEqual({ as: 'won' })
  return group.after
}
const asked = (at: Date) => stored(anOpening(aCommand(), '请问', at))
const noted = (thread: Thread, at: Date) => stored(aNote(thread, aCommand(), '记', at))
const sealed = async (now: Date, key = KEY) => {
  const { seal, made } = await aSealer(database.sql, key)
  await seal(now)
  return made
}
const days = async () => (await listSeals(database.db)).map(({ day, n }) => `${day} ${n}`)
const leaves = async (day: string) => {
  const rows = await database.sql`
    select thread || ':' || seq || ':' || hash as leaf from seal_leaves
    where day = ${day} order by index`
  return rows.map(({ leaf }) => leaf as string)
}

describe('the daily seal', () => {
  it('covers the head of every thread that changed that day, by thread id, and signs their root', async () => {
    const threads = []
    for (let i = 0; i < 5; i += 1) threads.push(await asked(on('2026-11-23', `1${i}:00`)))
    threads[2] = await noted(threads[2]!, on('2026-11-23', '23:59'))
    const [seal] = await sealed(nightAfter('2026-11-23'))
    const expected = threads
      .map(({ id, seq, head }) => `${id}:${seq}:${head}`)
      .sort((a, b) => (a < b ? -1 : 1))
    expect(await leaves('2026-11-23')).toEqual(expected)
    expect(seal).toMatchObject({ day: '2026-11-23', n: 5, prev: ZEROS })
    const { signature, ...signed } = seal!
    // by the book: canonical JSON has its keys in order
    const text = `{"day":"2026-11-23","n":5,"prev":"${ZEROS}","root":"${signed.root}"}`
    const key = createPublicKey(KEY)
    expect(verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))).toBe(true)
  })

  it('gives each thread a proof that leads to the root, and none to what it does not cover', async () => {
    const threads = await Promise.all(
      Array.from({ length: 300 }, () => stored(anOpening(aCommand(), '请问', on('2026-11-23')))),
    )
    const later = await asked(on('2026-11-24'))
    await sealed(nightAfter('2026-11-23'))
    for (const { id, seq, head } of threads) {
      const proof = await loadProof(database.db, '2026-11-23', id)
      expect(readLeaf(proof!.leaf)).toEqual({ thread: id, seq, hash: head })
      expect(leadsToRoot(proof!)).toBe(true)
    }
    expect(await loadProof(database.db, '2026-11-23', later.id)).toBeNull()
    expect(await loadProof(database.db, '2026-11-24', later.id)).toBeNull()
  })

  it('takes the hash over the whole of the one before', async () => {
    const thread = await asked(on('2026-11-20'))
    await noted(thread, on('2026-11-21'))
    const [first, second] = await sealed(nightAfter('2026-11-21'))
    const { day, n, prev, root, signature } = first!
    const whole = JSON.stringify({ day, n, prev, root, signature })
    expect(second!.prev).toBe(createHash('sha256').update(whole).digest('hex'))
  })

  it('ends its day at midnight in Shanghai, and is made a few minutes later', async () => {
    const before = await asked(new Date('2026-11-23T15:59:59.999Z'))
    const after = await asked(new Date('2026-11-23T16:00:00.000Z'))
    expect(await sealed(new Date('2026-11-23T16:04:59.999Z'))).toEqual([])
    expect(await sealed(new Date('2026-11-23T16:05:00.000Z'))).toMatchObject([{ n: 1 }])
    expect(await leaves('2026-11-23')).toEqual([`${before.id}:2:${before.head}`])
    await sealed(nightAfter('2026-11-24'))
    expect(await leaves('2026-11-24')).toEqual([`${after.id}:2:${after.head}`])
  })

  it('is not made for a day without changes', async () => {
    expect(await sealed(nightAfter('2026-11-19'))).toEqual([])
    const thread = await asked(on('2026-11-20'))
    await noted(thread, on('2026-11-22'))
    await sealed(nightAfter('2026-11-24'))
    expect(await days()).toEqual(['2026-11-20 1', '2026-11-22 1'])
  })

  it('of a missed week is the seal that each night would have made', async () => {
    const other = open(await freshDatabase())
    const twin = new Writer(other.sql, { origin: 'there' })
    const [late, punctual] = [await aSealer(database.sql, KEY), await aSealer(other.sql, KEY)]
    let threads: Thread[] = []
    for (let d = 16; d < 23; d += 1) {
      const today = `2026-11-${d}`
      const groups = threads.slice(-2).map((one) => aNote(one, aCommand(), '记', on(today)))
      groups.push(anOpening(aCommand(), '请问', on(today)))
      for (const group of groups) {
        threads = [...threads.filter(({ id }) => id !== group.after.id), await stored(group)]
        await twin.append(group)
      }
      await punctual.seal(nightAfter(today))
    }
    await late.seal(nightAfter('2026-11-22'))
    expect(late.made).toHaveLength(7)
    expect(late.made).toEqual(punctual.made)
  })

  it('is made once, however many processes try at once and again', async () => {
    for (let d = 20; d < 23; d += 1) await asked(on(`2026-11-${d}`))
    const sealers = await Promise.all(Array.from({ length: 6 }, () => aSealer(open(url).sql, KEY)))
    const now = nightAfter('2026-11-22')
    for (let round = 0; round < 4; round += 1) {
      await Promise.all(sealers.map(({ seal }) => seal(now)))
    }
    expect(await days()).toEqual(['2026-11-20 1', '2026-11-21 1', '2026-11-22 1'])
    const made = sealers.flatMap((sealer) => sealer.made)
    expect(made.map(({ day }) => day).sort()).toEqual(['2026-11-20', '2026-11-21', '2026-11-22'])
  })

  it('takes along an entry that was stored after its day was sealed', async () => {
    const thread = await asked(on('2026-11-23'))
    await sealed(nightAfter('2026-11-23'))
    const late = await noted(thread, on('2026-11-23', '23:59'))
    const other = await asked(on('2026-11-24'))
    await sealed(nightAfter('2026-11-24'))
    expect((await leaves('2026-11-24')).sort()).toEqual(
      [`${late.id}:3:${late.head}`, `${other.id}:2:${other.head}`].sort(),
    )
  })

  it('still holds after a redaction, which leaves digest and hash as they were', async () => {
    const thread = await asked(on('2026-11-23'))
    await sealed(nightAfter('2026-11-23'))
    await stored(aRedaction(thread, 1))
    await database.sql`update entries set body = null, salt = null
      where thread = ${thread.id} and seq = 1`
    const proof = await loadProof(database.db, '2026-11-23', thread.id)
    expect(proof!.leaf).toBe(`${thread.id}:2:${thread.head}`)
    expect(leadsToRoot(proof!)).toBe(true)
  })

  it('is signed by the new key after a rotation, and the old key stays published', async () => {
    const thread = await asked(on('2026-11-22'))
    await noted(thread, on('2026-11-23'))
    const [old, now] = [await aSealer(database.sql, KEY), await aSealer(database.sql, newSealKey())]
    await old.seal(nightAfter('2026-11-22'))
    await now.seal(nightAfter('2026-11-23'))
    expect([old.made, now.made].map((made) => made.map(({ day }) => day))).toEqual([
      ['2026-11-22'],
      ['2026-11-23'],
    ])
    expect(await sealKeys(database.db)).toEqual([now.signer.publicKey, old.signer.publicKey])
  })

  it.each([
    ['a changed seal', 'update seals set n = 2'],
    ['a removed seal', 'delete from seals'],
    ['emptied seals', 'truncate seals'],
    ['a changed leaf', 'update seal_leaves set seq = 9'],
    ['a removed leaf', 'delete from seal_leaves'],
    ['emptied leaves', 'truncate seal_leaves'],
  ])('stands: the database refuses %s', async (_, text) => {
    await asked(on('2026-11-23'))
    await sealed(nightAfter('2026-11-23'))
    await expect(database.sql.unsafe(text)).rejects.toThrow('seals are append-only')
  })

  it('leaves nothing behind where signing fails, and is made the next time', async () => {
    await asked(on('2026-11-23'))
    const { seal, signer } = await aSealer(database.sql, KEY)
    const { sign } = signer
    signer.sign = () => Promise.reject(new Error('no key today'))
    await expect(seal(nightAfter('2026-11-23'))).rejects.toThrow('no key today')
    expect(await leaves('2026-11-23')).toEqual([])
    signer.sign = sign
    await seal(nightAfter('2026-11-23'))
    expect(await days()).toEqual(['2026-11-23 1'])
  })
})
