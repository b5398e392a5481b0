import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EnterpriseCaller } from '../../src/protocol/caller.ts'
import { loadThread } from '../../src/record/record-store.ts'
import { ANSWERED, EMERGENCY, WATER } from '../contract/support.ts'
import { aServer, TestClock, type TestServer } from '../support/server.ts'
import { next, randomFrom } from './chance.ts'
import { counted } from './plain-count.ts'
import {
  did,
  doing,
  enterpriseAt,
  fileOf,
  MINUTE,
  nothingOf,
  reported,
  type Staff,
  short,
  staffOf,
  YEAR,
} from './support.ts'

const SEED = 20261124
const THREADS = 60
const STEPS = 900

let server: TestServer
let staff: Staff
beforeAll(async () => {
  server = await aServer({ clock: new TestClock('2026-11-24T02:00:00.000Z') })
  staff = await staffOf(server)
  await weeks()
}, 120_000)
afterAll(() => server[Symbol.asyncDispose]())

const random = randomFrom(SEED)
const below = (n: number) => Math.floor(random() * n)
const one = <T>(of: readonly T[]): T => of[below(of.length)]!

/** Some weeks of it: whole minutes pass, and now and then the clockwork looks. */
async function weeks(): Promise<void> {
  const open: { id: string; firm: EnterpriseCaller }[] = []
  for (let i = 0; i < STEPS; i++) {
    server.clock.pass((random() < 0.9 ? below(25) : below(700)) * MINUTE)
    if (random() < 0.3) await server.running.clockwork.turn()
    if (open.length < THREADS && i % 10 === 0) {
      const firm = enterpriseAt(below(4))
      const text = one([WATER, ANSWERED, EMERGENCY])
      open.push({ id: await did(server, firm, { type: 'ask', text }), firm })
    }
    const { id, firm } = one(open)
    const thread = await loadThread(server.database.db, id)
    const [who, type, more] = next(thread!, firm, {
      officers: [staff.wang, staff.li, staff.zhao],
      sun: staff.sun,
      random,
    })
    await doing(server, who, { type, thread: id, ...more })
  }
}

describe('weeks of random threads', () => {
  it('are reported as somebody counts them who goes through the entries another way', async () => {
    const expected = await counted(server.database.sql, server.clock.now().getTime())
    const { total } = await reported(server)
    const seen = Object.fromEntries(Object.keys(expected).map((name) => [name, short(total, name)]))
    expect(seen).toEqual(Object.fromEntries(Object.entries(expected).map(([k, v]) => [k, v.all])))
    // counts of nothing would agree too
    for (const [name, { all }] of Object.entries(expected)) expect(all, name).not.toMatch(/^0|\/0$/)
  })

  it('credit each officer with what was theirs at the time', async () => {
    const expected = await counted(server.database.sql, server.clock.now().getTime())
    const { groups } = await reported(server, { by: 'officer' })
    for (const who of [staff.wang, staff.li, staff.zhao]) {
      const group = groups.find(({ key }) => key === who.id)!
      for (const [name, { by }] of Object.entries(expected)) {
        expect([who.name, name, short(group, name)]).toEqual([
          who.name,
          name,
          by[who.id] ?? nothingOf(name),
        ])
      }
    }
  })

  it('add up to the whole by every grouping', async () => {
    const { total } = await reported(server)
    for (const by of ['day', 'month', 'desk', 'officer', 'topic', 'district'] as const) {
      const { groups } = await reported(server, { by })
      for (const [name, figure] of Object.entries(total.figures)) {
        const parts = groups.map(({ figures }) => figures[name]!)
        const sum = parts.reduce((n, part) => n + ('of' in part ? part.of : part.elapsed.n), 0)
        expect([by, name, sum]).toEqual([by, name, 'of' in figure ? figure.of : figure.elapsed.n])
      }
    }
  })

  it('change in no figure when people are renamed, disabled and gone, and desks with them', async () => {
    const all = async () => {
      const { pieces } = await fileOf(server, YEAR)
      const csv = Buffer.concat((await Array.fromAsync(pieces)).map(({ bytes }) => bytes))
      return [await reported(server), await reported(server, { by: 'officer' }), csv.toString()]
    }
    const before = await all()
    const { sql } = server.database
    await sql`update staff set name = '别人', disabled = true, desk = null`
    await sql`update desks set name = '别处', active = false`
    expect(await all()).toEqual(before)
    await sql`delete from desks`
    await sql`delete from people`
    await sql`delete from threads`
    expect(await all()).toEqual(before)
  })
})
