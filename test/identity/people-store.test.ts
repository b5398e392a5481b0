import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { enterprises, people } from '../../src/db/schema.ts'
import { enterpriseCaller, namesOf } from '../../src/identity/people-store.ts'
import type { EnterpriseClaims } from '../../src/identity/token.ts'
import { aDatabase } from './support.ts'

const USCC = '91330199MA2F7K4X27'
const OTHER = '91330199MAC8R3TQ98'
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

let database: Database & { url: string }
/** Another process: its own pool, and nothing remembered. */
let elsewhere: Database

beforeAll(async () => {
  database = await aDatabase()
  elsewhere = openDatabase(database.url, { max: 5 })
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await elsewhere[Symbol.asyncDispose]()
})

const claims = (sub: string, more: Partial<EnterpriseClaims> = {}): EnterpriseClaims => ({
  iss: 'host',
  sub,
  name: '陈晓敏',
  enterprise: { uscc: USCC, name: '清源印染有限公司', district: '临江区' },
  expiresAt: new Date('2026-11-23T03:00:00.000Z'),
  ...more,
})
const rowOf = async (id: string) =>
  (await database.db.select().from(people)).find((row) => row.id === id)
const enterpriseRow = async (uscc: string) =>
  (await database.db.select().from(enterprises)).find((row) => row.uscc === uscc)

describe('the caller behind the claims of a token', () => {
  it('is a person of ours under a random id, of their enterprise', async () => {
    const caller = await enterpriseCaller(database.db, claims('a'))
    const { name, enterprise, expiresAt } = claims('a')
    expect(caller).toEqual({ role: 'enterprise', id: caller.id, name, enterprise, expiresAt })
    expect(caller.id).toMatch(UUID)
    expect(await enterpriseRow(USCC)).toMatchObject({
      name: '清源印染有限公司',
      district: '临江区',
    })
  })

  it('is the same person with the next token, on any process', async () => {
    const { id } = await enterpriseCaller(database.db, claims('b'))
    expect((await enterpriseCaller(database.db, claims('b'))).id).toBe(id)
    expect((await enterpriseCaller(elsewhere.db, claims('b'))).id).toBe(id)
  })

  it('is one person when many first tokens come at once, on two processes', async () => {
    const callers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        enterpriseCaller(n % 2 ? database.db : elsewhere.db, claims('at once')),
      ),
    )
    expect(new Set(callers.map(({ id }) => id)).size).toBe(1)
  })

  it('is another person at another issuer, whatever the characters of the two', async () => {
    const pairs = [
      ['x', 'y'],
      ['x","y', ''],
      ['x', 'y '],
      ['X', 'y'],
    ] as const
    const all = pairs.map(([iss, sub]) => enterpriseCaller(database.db, claims(sub, { iss })))
    expect(new Set((await Promise.all(all)).map(({ id }) => id)).size).toBe(pairs.length)
  })

  it('is named, and placed in an enterprise, as the newest token says', async () => {
    const { id } = await enterpriseCaller(database.db, claims('c'))
    const enterprise = { uscc: OTHER, name: '恒瑞达电子科技有限公司' }
    const moved = await enterpriseCaller(database.db, claims('c', { name: '陈敏', enterprise }))
    expect(moved).toMatchObject({ id, name: '陈敏', enterprise })
    expect(await rowOf(id)).toMatchObject({ name: '陈敏', uscc: OTHER })
  })

  it('brings news of the enterprise, and does not erase what it leaves out', async () => {
    await enterpriseCaller(database.db, claims('d'))
    const enterprise = { uscc: USCC, name: '清源纺织有限公司', park: '临江园区' }
    await enterpriseCaller(database.db, claims('d', { enterprise }))
    expect(await enterpriseRow(USCC)).toEqual({ ...enterprise, district: '临江区', industry: null })
  })

  it('costs no query while nothing changes', async () => {
    const { id } = await enterpriseCaller(elsewhere.db, claims('e'))
    await database.db.delete(people)
    expect((await enterpriseCaller(elsewhere.db, claims('e'))).id).toBe(id)
    expect(await rowOf(id)).toBeUndefined()
  })
})

describe('the names of persons', () => {
  it('are found by their ids, those of nobody and of staff left out', async () => {
    const { id } = await enterpriseCaller(database.db, claims('f', { name: '林志远' }))
    const nobody = crypto.randomUUID()
    const names = await namesOf(elsewhere.db, [
      id,
      id,
      nobody,
      'no uuid',
      "'; drop table people",
      '',
    ])
    expect(names).toEqual(new Map([[id, '林志远']]))
    expect(await namesOf(elsewhere.db, [])).toEqual(new Map())
  })

  it('are new at once where the new token came in', async () => {
    const { id } = await enterpriseCaller(database.db, claims('g', { name: '周文' }))
    await namesOf(database.db, [id])
    await enterpriseCaller(database.db, claims('g', { name: '周文静' }))
    expect((await namesOf(database.db, [id])).get(id)).toBe('周文静')
  })
})
