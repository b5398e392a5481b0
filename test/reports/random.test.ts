import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EnterpriseCaller, StaffCaller } from '../../src/protocol/caller.ts'
import { loadThread } from '../../src/record/record-store.ts'
import type { Thread } from '../../src/record/thread.ts'
import { ANSWERED, EMERGENCY, WATER } from '../contract/support.ts'
import { aServer, TestClock, type TestServer } from '../support/server.ts'
import { counted } from './plain-count.ts'
import {
  did,
  doing,
  enterpriseAt,
  fileOf,
  MINUTE,
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

/** The same numbers in [0, 1) for the same seed (mulberry32). */
function randomFrom(seed: number) {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const random = randomFrom(SEED)
const below = (n: number) => Math.floor(random() * n)
const one = <T>(of: readonly T[]): T => of[below(of.length)]!

type Told = readonly [who: StaffCaller | EnterpriseCaller, type: string, more?: object]

/** What somebody might do to a thread in its state; some of it will be refused. */
function next(thread: Thread, firm: EnterpriseCaller): Told {
  const { wang, li, zhao, sun } = staff
  const officers = [wang, li, zhao]
  const owner = officers.find(({ id }) => id === thread.owner?.id) ?? wang
  const to = one([...officers.map(({ id }) => id), 'eia', 'water'])
  const clock = one(['resolution', 'resolution', 'first-reply', 'next-reply'])
  const ground = one(['materials', 'survey', 'expert-review'])
  const list = { items: ['批复'], steps: [], window: '一楼', limit: '5 日', reason: '漏' }
  const other: Told[] = [
    [firm, 'judge', { seq: 2, helpful: random() < 0.6 }],
    [firm, 'remind'],
    [sun, 'supervise', { text: '抓紧' }],
    [sun, 'assign', { to: one(officers).id, reason: '请接手' }],
  ]
  switch (thread.state) {
    case 'answering':
      return one<Told>([...other.slice(0, 1), [firm, 'escalate'], [firm, 'cancel']])
    case 'waiting':
      return one<Told>([
        ...other,
        [firm, 'cancel'],
        [sun, 'route', { to, reason: '归口' }],
        ...officers.map((who) => [who, 'claim'] as const),
        ...officers.map((who) => [who, 'claim'] as const),
      ])
    case 'held':
      if (thread.offer && random() < 0.5) {
        const { person, desk } = thread.offer.to
        const asked = officers.find((who) => who.id === person?.id || who.desk === desk?.id)
        return [asked ?? zhao, 'accept']
      }
      return one<Told>([
        ...other,
        [firm, 'say', { text: '补充一句' }],
        [owner, 'say', { text: '请看说明。' }],
        [owner, 'offer', { to, reason: '熟悉' }],
        [one(officers), 'accept'],
        [one(officers), 'accept'],
        [one(officers), 'decline', { reason: '忙' }],
        [owner, 'withdraw'],
        [owner, 'pause', { clock, ground }],
        [owner, 'pause', { clock, ground }],
        [owner, 'resume', { clock }],
        [owner, 'notice', list],
        [owner, 'resolve', { outcome: 'answered', summary: '已答复' }],
        [owner, 'resolve', { outcome: 'handled', summary: '已办结' }],
      ])
    default:
      return one<Told>([
        [firm, 'rate', { grade: 1 + below(5) }],
        [firm, 'rate', { grade: 1 + below(5) }],
        [sun, 'call-back', { text: '已回访' }],
        [firm, 'reopen', { text: '还有问题' }],
        ...other.slice(0, 1),
      ])
  }
}

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
    const [who, type, more] = next(thread!, firm)
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
        const nothing = name.endsWith('-time') ? '0: 0 of 0' : '0/0'
        expect([who.name, name, short(group, name)]).toEqual([
          who.name,
          name,
          by[who.id] ?? nothing,
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
      return [await reported(server), await reported(server, { by: 'officer' }), `${csv}`]
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
