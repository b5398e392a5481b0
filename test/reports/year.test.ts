import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EnterpriseCaller, StaffCaller } from '../../src/protocol/caller.ts'
import { fold } from '../../src/record/evolve.ts'
import { loadEntries, loadThread } from '../../src/record/record-store.ts'
import { createSigner, readPublicKeys } from '../../src/record/seal-key.ts'
import { listSeals } from '../../src/record/seal-store.ts'
import type { Finding } from '../../src/record/verify-seals.ts'
import { verifyDatabase } from '../../src/record/verify-store.ts'
import { ANSWERED, EMERGENCY, WATER } from '../contract/support.ts'
import { figures } from '../support/figures.ts'
import { sealThrough } from '../support/seals.ts'
import { aServer, TestClock, type TestServer } from '../support/server.ts'
import { next, randomFrom } from './chance.ts'
import { counted } from './plain-count.ts'
import {
  did,
  doing,
  fileOf,
  MINUTE,
  nothingOf,
  reported,
  type Staff,
  short,
  staffOf,
} from './support.ts'

/** Threads of the year; `YEAR_THREADS=20000` takes an evening. */
const THREADS = Number(process.env.YEAR_THREADS ?? 400)
const [ENTERPRISES, OFFICERS, SEED] = [5_000, 60, 20_260_101]
const BEGIN = Date.parse('2026-01-01T00:00:00+08:00')
const LAST_QUESTION = Date.parse('2026-12-10T00:00:00+08:00')
const END = Date.parse('2026-12-31T23:00:00+08:00')
const HALF_A_DAY = 720 * MINUTE
const YEAR = { from: '2026-01-01', to: '2026-12-31' }

const random = randomFrom(SEED)
const below = (n: number) => Math.floor(random() * n)
const one = <T>(of: readonly T[]): T => of[below(of.length)]!

let server: TestServer
let officers: StaffCaller[]
let staff: Staff
beforeAll(async () => {
  server = await aServer({ clock: new TestClock(new Date(BEGIN).toISOString()) })
  staff = await staffOf(server)
  officers = await Promise.all(Array.from({ length: OFFICERS }, (_, i) => hired(i)))
  await year()
}, 300_000)
afterAll(() => server[Symbol.asyncDispose]())

async function hired(i: number): Promise<StaffCaller> {
  const { zhao, wang } = staff
  const { id: _, ...like } = i % 2 === 0 ? wang : zhao
  const officer = { ...like, id: randomUUID(), name: `警官${i + 1}` }
  await server.database.sql`
    insert into staff (id, username, name, role, desk, desks, created_at)
    values (${officer.id}, ${`officer${i}`}, ${officer.name}, 'officer', ${officer.desk!},
            ${officer.desks as string[]}, now())`
  return officer
}

const DISTRICTS = ['临江区', '高新区', '城东区', '城西区']
const enterpriseOf = (i: number): EnterpriseCaller => ({
  role: 'enterprise',
  id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
  name: `联系人${i}`,
  enterprise: {
    uscc: `9133019900000${String(i).padStart(5, '0')}`,
    name: `企业${i}`,
    district: DISTRICTS[i % DISTRICTS.length]!,
  },
  expiresAt: new Date('2030-01-01T00:00:00Z'),
})

/** Somebody does something, minutes or days after whatever was done last. */
const pause = () => (random() < 0.6 ? 1 + below(90) : below(3 * 24 * 60)) * MINUTE

interface Turn {
  at: number
  firm: EnterpriseCaller
  thread: string | null
  left: number
}

/** Every question at a minute of its own, nights and holidays too; then its turns, all in time. */
async function year(): Promise<void> {
  const turns: Turn[] = Array.from({ length: THREADS }, () => ({
    at: BEGIN + below((LAST_QUESTION - BEGIN) / MINUTE) * MINUTE,
    firm: enterpriseOf(below(ENTERPRISES)),
    thread: null,
    left: 3 + below(14),
  }))
  const heads = [...Array(8)].map((_, i) => BEGIN + ((i + 1) * (END - BEGIN)) / 9)
  let looked = BEGIN
  while (turns.length > 0) {
    turns.sort((a, b) => b.at - a.at)
    const turn = turns.pop()!
    for (; looked + HALF_A_DAY < turn.at; looked += HALF_A_DAY) await look(looked + HALF_A_DAY)
    server.clock.pass(turn.at - server.clock.now().getTime())
    if (heads.length > 0 && turn.at > heads[0]!) {
      heads.shift()
      await moved()
    }
    await taken(turn)
    turn.left -= 1
    turn.at += pause()
    if (turn.left > 0 && turn.at < END) turns.push(turn)
  }
  await look(END)
}

async function look(at: number): Promise<void> {
  server.clock.pass(at - server.clock.now().getTime())
  await server.running.clockwork.turn()
}

/** One officer goes, another has married: what they did stays theirs. */
async function moved(): Promise<void> {
  const [gone, named] = [officers.shift()!, one(officers.slice(1))]
  named.name = `${named.name}（改名）`
  const { sql } = server.database
  await sql`update staff set disabled = true where id = ${gone.id}`
  await sql`update staff set name = ${named.name} where id = ${named.id}`
}

async function taken(turn: Turn): Promise<void> {
  const { firm } = turn
  if (turn.thread === null) {
    const text = one([WATER, WATER, ANSWERED, EMERGENCY])
    turn.thread = await did(server, firm, { type: 'ask', text })
    return
  }
  const thread = await loadThread(server.database.db, turn.thread)
  const [who, type, more] = next(thread!, firm, { officers, sun: staff.sun, random })
  await doing(server, who, { type, thread: turn.thread, ...more })
}

const now = () => server.clock.now().getTime()

describe(`a year of ${ENTERPRISES} enterprises and ${OFFICERS} officers`, () => {
  it('is reported as it is counted from the bare rows by another calendar', async () => {
    const expected = await counted(server.database.sql, now())
    const { total } = await reported(server, YEAR)
    const seen = Object.fromEntries(Object.keys(expected).map((name) => [name, short(total, name)]))
    expect(seen).toEqual(Object.fromEntries(Object.entries(expected).map(([k, v]) => [k, v.all])))
    expect(Object.keys(seen).sort()).toEqual(Object.keys(total.figures).sort())
    for (const [name, { all }] of Object.entries(expected)) expect(all, name).not.toMatch(/^0|\/0$/)
    expect(total.threads).toBe(THREADS)
    figures('year', seen)
  }, 120_000)

  it('credits every officer, those who went and those renamed too', async () => {
    const expected = await counted(server.database.sql, now())
    const { groups } = await reported(server, { ...YEAR, by: 'officer' })
    for (const { key, figures: own, ...group } of groups) {
      if (key === null) continue
      for (const [name, { by }] of Object.entries(expected)) {
        const said = short({ figures: own, threads: group.threads }, name)
        expect([key, name, said]).toEqual([key, name, by[key] ?? nothingOf(name)])
      }
    }
    expect(groups.length).toBeGreaterThan(OFFICERS / 2)
  }, 120_000)

  it('changes in no figure when everybody is renamed and disabled', async () => {
    const all = async () => {
      const { pieces } = await fileOf(server, YEAR)
      const csv = Buffer.concat((await Array.fromAsync(pieces)).map(({ bytes }) => bytes))
      return [await reported(server, { ...YEAR, by: 'officer' }), csv.toString()]
    }
    const before = await all()
    await server.database.sql`update staff set name = '别人', disabled = true, desk = null`
    expect(await all()).toEqual(before)
  }, 120_000)

  it('leaves every thread as its entries fold, sealed day by day, and the whole verifies', async () => {
    const { db, sql } = server.database
    const ids = await sql<{ id: string }[]>`select id from threads`
    for (const { id } of ids) {
      expect(fold(await loadEntries(db, id, { limit: 10_000 }))).toEqual(await loadThread(db, id))
    }
    await sealThrough(server, '2026-12-31')
    expect((await listSeals(db)).length).toBeGreaterThan(200)
    const found: Finding[] = []
    const { publicKey } = await createSigner(server.running.prepared.secrets.sealKey)
    const trust = { isSigned: await readPublicKeys(publicKey), copy: null }
    const checked = await verifyDatabase(db, trust, (fault) => found.push(fault))
    expect(found).toEqual([])
    expect(checked).toMatchObject({ threads: THREADS, open: 0 })
  }, 120_000)
})
