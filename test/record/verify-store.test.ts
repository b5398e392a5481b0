import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import type { Seal } from '../../src/protocol/http.ts'
import { loadEntries } from '../../src/record/record-store.ts'
import { signable } from '../../src/record/seal.ts'
import { readPublicKeys } from '../../src/record/seal-key.ts'
import { listSeals } from '../../src/record/seal-store.ts'
import type { Thread } from '../../src/record/thread.ts'
import type { Finding, Trust } from '../../src/record/verify-seals.ts'
import { verifyDatabase } from '../../src/record/verify-store.ts'
import { Writer } from '../../src/record/writer.ts'
import { createDatabase } from '../support/cluster.ts'
import { aCommand, aNote, anOpening, aRedaction } from '../support/groups.ts'
import { aSealer, newSealKey, nightAfter, on, relinked } from '../support/seals.ts'
import { freshDatabase } from '../support/server.ts'

const KEY = newSealKey()
const NOTHING: Trust = { isSigned: null, copy: null }
let pristine: string
let threads: Thread[]
let copy: ReadonlyMap<string, Seal>
let trust: Trust

/** Three days: a thread of six entries, sealed at two and at five; others around it. */
beforeAll(async () => {
  const url = await freshDatabase()
  await using database = openDatabase(url, { max: 2, name: 'test' })
  const writer = new Writer(database.sql, { origin: 'here' })
  const store = async (group: ReturnType<typeof aNote>) => {
    expect(await writer.append(group)).toEqual({ as: 'won' })
    return group.after
  }
  const { seal, signer } = await aSealer(database.sql, KEY)
  threads = []
  for (const day of ['2026-11-20', '2026-11-21', '2026-11-22']) {
    const [first] = threads
    if (first) {
      let after = first
      for (const time of ['09:00', '10:00', '11:00']) {
        if (day === '2026-11-22' && time > '09:30') break
        after = await store(aNote(after, aCommand(), '记', on(day, time)))
      }
      threads[0] = after
    }
    threads.push(await store(anOpening(aCommand(), '请问', on(day))))
    if (day !== '2026-11-22') await seal(nightAfter(day))
  }
  copy = new Map((await listSeals(database.db)).map((one) => [one.day, one]))
  trust = { isSigned: await readPublicKeys(signer.publicKey), copy: null }
  pristine = new URL(url).pathname.slice(1)
})

const open: Database[] = []
afterAll(() => Promise.all(open.map((one) => one[Symbol.asyncDispose]())))
let database: Database
beforeEach(async () => {
  const name = `v_${crypto.randomUUID().replaceAll('-', '')}`
  const url = await createDatabase(inject('pgAdminUrl'), name, pristine)
  database = openDatabase(url, { max: 1, name: 'test' })
  open.push(database)
})

async function verified(by: Trust = trust) {
  const found: Finding[] = []
  const checked = await verifyDatabase(database.db, by, (fault) => found.push(fault))
  return { found, checked }
}
const faults = async (by?: Trust) => (await verified(by)).found

/** As the owner of the database, past every trigger. */
async function asOwner(...statements: string[]) {
  await database.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    for (const one of statements) await tx.unsafe(one)
  })
}
const id = (n = 0) => threads[n]!.id
const entry = (seq: number, n = 0) => `thread = '${id(n)}' and seq = ${seq}`

/** The record of a thread as somebody else would have it, row and all, hashes recomputed. */
async function rewrite(
  n: number,
  change: (items: Record<string, unknown>[]) => void,
  from: number,
) {
  const items = (await loadEntries(database.db, id(n), { limit: 100 })) as never[]
  const changed = structuredClone(items) as Record<string, unknown>[]
  change(changed)
  const linked = relinked(changed, from)
  await database.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`delete from entries where thread = ${id(n)}`
    for (const e of linked) {
      await tx`insert into entries
        select * from jsonb_populate_record(null::entries, ${JSON.stringify(e)}::text::jsonb)`
    }
    const last = linked.at(-1)!
    await tx`update threads set seq = ${last.seq as number}, head = ${last.hash as string}
      where id = ${id(n)}`
  })
}

describe('verifying the database', () => {
  it('finds an untouched one intact, and says what no seal holds yet', async () => {
    expect(await verified({ ...trust, copy })).toEqual({
      found: [],
      checked: { threads: 3, entries: 10, seals: 2, open: 2 },
    })
  })

  it('finds one with a redaction intact', async () => {
    const writer = new Writer(database.sql, { origin: 'here' })
    await writer.append(aRedaction(threads[1]!, 1))
    await database.sql.unsafe(`update entries set body = null, salt = null where ${entry(1, 1)}`)
    expect(await faults()).toEqual([])
  })

  it.each([
    ['a changed text', `update entries set body = '{"text":"别的"}' where ${'$4'}`, 4, 'changed'],
    [
      'a changed author',
      `update entries set by = '{"role":"bot","id":"b"}' where $2`,
      2,
      'changed',
    ],
    ['a changed digest', `update entries set content = repeat('0', 64) where $3`, 3, 'digest'],
    [
      'a text that was taken away',
      'update entries set body = null, salt = null where $3',
      3,
      'body',
    ],
    ['a removed entry', 'delete from entries where $3', 3, 'removed'],
    [
      'an entry moved to another place',
      'update entries set seq = 99 where $2',
      2,
      'removed or moved',
    ],
    ['a tail that was cut off', 'delete from entries where $6', 6, 'cut off'],
  ])('names %s', async (_, text, seq, why) => {
    await asOwner(text.replace(/\$(\d)/, (_, n) => entry(Number(n))))
    const found = await faults()
    expect(found).toEqual([{ intact: false, thread: id(), seq, why: expect.stringContaining(why) }])
  })

  it('names two entries that changed places', async () => {
    const swap = [
      [2, 77],
      [3, 2],
      [77, 3],
    ].map(([from, to]) => `update entries set seq = ${to} where ${entry(from!)}`)
    await asOwner(...swap)
    expect(await faults()).toMatchObject([{ thread: id(), seq: 2 }])
  })

  it('names a cut tail by the seal, where the row of the thread was cut with it', async () => {
    await rewrite(0, (items) => items.splice(3), 1)
    expect(await faults()).toEqual([
      {
        intact: false,
        thread: id(),
        seq: 4,
        why: 'it was cut off: the seal of 2026-11-21 holds entry 5',
      },
    ])
  })

  it('names a chain that was written anew with all its hashes, between which seals it was', async () => {
    await rewrite(0, (items) => Object.assign(items[3]!, { body: { text: '别的' } }), 4)
    expect(await faults()).toEqual([
      {
        intact: false,
        thread: id(),
        seq: 5,
        why: 'its hash is not the one that was sealed on 2026-11-21: something in 3–5 was rewritten',
      },
    ])
  })

  it('names an entry that was inserted, and the chain written anew behind it', async () => {
    const insert = (items: Record<string, unknown>[]) => items.splice(2, 0, { ...items[2]! })
    await rewrite(0, insert, 3)
    expect(await faults()).toMatchObject([{ thread: id(), seq: 5 }])
  })

  it('names an entry that was appended as if it were older than a seal', async () => {
    const at = on('2026-11-21', '12:00').toISOString()
    await rewrite(1, (items) => items.push({ ...items[1]!, at }), 3)
    expect(await faults()).toEqual([
      {
        intact: false,
        thread: id(1),
        seq: 3,
        why: 'it was inserted: its time lies before the end of 2026-11-21, whose seal does not hold it',
      },
    ])
  })

  it('names a whole thread that was put into the past', async () => {
    const writer = new Writer(database.sql, { origin: 'here' })
    const made = anOpening(aCommand(), '补的', on('2026-11-20'))
    await writer.append(made)
    expect(await faults()).toEqual([
      {
        intact: false,
        thread: made.after.id,
        seq: 1,
        why: 'it was inserted: its time lies before the end of 2026-11-20, whose seal does not hold it',
      },
    ])
  })

  it('names a thread that was removed with its row', async () => {
    await asOwner(
      `delete from entries where thread = '${id(1)}'`,
      `delete from threads where id = '${id(1)}'`,
    )
    expect(await faults()).toMatchObject([{ thread: id(1), seq: 1 }])
  })

  it.each([
    ['n', `update seals set n = n + 1 where day = '2026-11-20'`],
    ['root', `update seals set root = repeat('0', 64) where day = '2026-11-20'`],
    ['signature', `update seals set signature = 'AAAA' where day = '2026-11-20'`],
    ['day', `update seals set day = '2026-11-19' where day = '2026-11-20'`],
    ['a leaf', `update seal_leaves set hash = repeat('0', 64) where day = '2026-11-20'`],
  ])('names a seal whose %s was changed', async (_, text) => {
    await asOwner(text)
    const found = await faults()
    expect(found[0]).toMatchObject({ intact: false })
    expect(JSON.stringify(found[0])).toMatch(/"day":"2026-11-(19|20)"/)
  })

  it('names a seal that was removed: from the middle, from the end, and with all that it covered', async () => {
    await asOwner(`delete from seals where day = '2026-11-20'`)
    expect(await faults()).toMatchObject([{ day: '2026-11-21' }, { day: '2026-11-20' }, {}])
    await asOwner(`delete from seals`)
    expect(await faults()).toMatchObject([{ day: '2026-11-20', why: /removed/ }])
    await asOwner('delete from seal_leaves')
    expect(await faults()).toEqual([])
    expect(await faults({ ...trust, copy })).toMatchObject([{ day: '2026-11-20' }])
  })

  it('finds record and seals that were all written anew, by the kept key and by a kept copy', async () => {
    await rewrite(0, (items) => Object.assign(items[0]!, { by: { role: 'bot', id: 'b' } }), 1)
    await asOwner('delete from seals', 'delete from seal_leaves')
    const forger = await aSealer(database.sql, newSealKey())
    await forger.seal(nightAfter('2026-11-21'))
    expect(forger.made).toHaveLength(2)
    expect(await faults(NOTHING)).toEqual([])
    expect(await faults()).toMatchObject([{ day: '2026-11-20', why: /signature/ }])
    expect(await faults({ isSigned: null, copy })).toMatchObject([
      { day: '2026-11-20', why: 'it differs from the copy' },
    ])
  })

  it('finds them by a kept copy even where the key was stolen', async () => {
    await rewrite(0, (items) => Object.assign(items[0]!, { by: { role: 'bot', id: 'b' } }), 1)
    await asOwner('delete from seals', 'delete from seal_leaves')
    await (await aSealer(database.sql, KEY)).seal(nightAfter('2026-11-21'))
    expect(await faults()).toEqual([])
    expect(await faults({ ...trust, copy })).toMatchObject([{ day: '2026-11-20' }])
  })

  it('gives the same seals again where they were removed and nothing was changed', async () => {
    await asOwner('delete from seals', 'delete from seal_leaves')
    const { seal, made } = await aSealer(database.sql, KEY)
    await seal(nightAfter('2026-11-21'))
    expect(made).toEqual([...copy.values()])
    expect(made.map(signable)).toHaveLength(2)
  })
})
