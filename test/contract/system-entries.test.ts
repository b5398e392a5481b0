import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importCalendar } from '../../src/actions/time-rules.ts'
import { CALENDAR } from '../../src/clock/years.ts'
import type { Frame } from '../support/client.ts'
import { aServer, TestClock, type TestServer } from '../support/server.ts'
import { aThread, connect, did, http, person, tell, type Who } from './support.ts'

/** Two processes on one database and one clock: whatever is made is made once. */
let here: TestServer
let there: TestServer
beforeAll(async () => {
  here = await aServer({ env: { RATE_LIMITS: 'off' } })
  const { databaseUrl, clock } = here
  there = await aServer({ env: { RATE_LIMITS: 'off' }, databaseUrl, clock })
})
afterAll(async () => {
  await there[Symbol.asyncDispose]()
  await here[Symbol.asyncDispose]()
})

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Both look at the same time, twice. */
async function look(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await Promise.all([here, there].map(({ running }) => running.clockwork.turn()))
  }
}
const entriesOf = async (thread: string, who: Who = 'admin'): Promise<Frame[]> =>
  (await http(here, who, `/api/threads/${thread}/entries?limit=200`)).body.items
const kindsOf = async (thread: string) => (await entriesOf(thread)).map(({ kind }) => kind)
const ofKind = async (thread: string, kind: string, who?: Who) =>
  (await entriesOf(thread, who)).filter((entry) => entry.kind === kind)
const stateOf = async (thread: string) =>
  (await http(here, 'admin', `/api/threads/${thread}`)).body.state
const clockOf = async (thread: string, name: string, who: Who = 'admin') =>
  (await http(here, who, `/api/threads/${thread}`)).body.clocks.find(
    (clock: Frame) => clock.name === name,
  )

describe('overdue', () => {
  it('is written once a clock, by the system, and not a moment before it is late', async () => {
    const thread = await aThread(here, 'waiting')
    const { dueAt } = await clockOf(thread, 'first-reply')
    here.clock.pass(Date.parse(dueAt) - here.clock.now().getTime())
    await look()
    expect(await ofKind(thread, 'overdue')).toEqual([])
    here.clock.pass(1)
    await look()
    await look()
    const [late, ...more] = await ofKind(thread, 'overdue', 'e0')
    expect(more).toEqual([])
    expect(late).toMatchObject({
      by: { role: 'system', id: 'system' },
      body: { clock: 'first-reply', dueAt },
    })
    await did(here, 'wang', { type: 'claim', thread })
    await did(here, 'wang', { type: 'say', thread, text: '您好' })
    expect((await clockOf(thread, 'first-reply')).state).toBe('missed')
    await did(here, 'e0', { type: 'say', thread, text: '还有' })
    here.clock.pass(4 * DAY)
    await look()
    const clocks = (await ofKind(thread, 'overdue')).map(({ body }) => body.clock)
    expect(clocks.sort()).toEqual(['first-reply', 'next-reply', 'resolution'])
  })

  it('of an order is sealed for the enterprise', async () => {
    const thread = await aThread(here, 'held')
    await did(here, 'sun', { type: 'supervise', thread, text: '抓紧' })
    here.clock.pass(5 * DAY)
    await look()
    const late = (await ofKind(thread, 'overdue')).find(({ body }) => body.clock === 'supervision')
    expect(late?.body.sealed).toBe(true)
    const shown = await entriesOf(thread, 'e0')
    expect(shown[late!.seq - 1]).toMatchObject({ kind: 'sealed', seq: late!.seq })
    expect(JSON.stringify(shown)).not.toContain('supervision')
  })
})

describe('a handover that nobody answers', () => {
  it('lapses once, and the owner never stopped owning', async () => {
    const thread = await aThread(here, 'held')
    const li = await person(here, 'li')
    await did(here, 'wang', { type: 'offer', thread, to: li.id, reason: '转' })
    here.clock.pass(DAY)
    await look()
    expect(await ofKind(thread, 'handover-lapsed')).toHaveLength(1)
    expect((await clockOf(thread, 'handover')).state).toBe('ended')
    expect((await tell(here, 'li', { type: 'accept', thread })).body.code).toBe('not-offered')
    const summary = (await http(here, 'wang', `/api/threads/${thread}`)).body
    expect(summary).toMatchObject({ state: 'held', owner: { name: '王工' } })
    await did(here, 'wang', { type: 'offer', thread, to: li.id, reason: '再转' })
    expect((await ofKind(thread, 'overdue')).map(({ body }) => body.clock)).not.toContain(
      'handover',
    )
  })
})

describe('a pause', () => {
  it('ends at its maximum, with the time left that was left', async () => {
    const thread = await aThread(here, 'held')
    await did(here, 'wang', { type: 'say', thread, text: '请补材料' })
    const before = await clockOf(thread, 'resolution')
    await did(here, 'wang', { type: 'pause', thread, clock: 'resolution', ground: 'survey' })
    expect(await clockOf(thread, 'resolution', 'e0')).toMatchObject({ state: 'paused' })
    const [paused] = await ofKind(thread, 'clock-paused', 'e0')
    here.clock.pass(Date.parse(paused!.body.until) - here.clock.now().getTime() - 1)
    await look()
    expect(await ofKind(thread, 'clock-resumed')).toEqual([])
    here.clock.pass(2 * HOUR)
    await look()
    const [resumed, ...more] = await ofKind(thread, 'clock-resumed')
    expect(more).toEqual([])
    const [clock] = resumed!.body.clocks
    expect(clock.pauses).toEqual([{ from: paused!.at, to: paused!.body.until, ground: 'survey' }])
    expect(Date.parse(clock.dueAt)).toBeGreaterThan(Date.parse(before.dueAt))
    expect(await ofKind(thread, 'overdue')).toEqual([])
  })
})

describe('an owner who is disabled', () => {
  it('is released to the queue with his clocks running, and nobody else is', async () => {
    const [thread, other] = [await aThread(here, 'held'), await aThread(here, 'waiting')]
    const chen = await connect(here, 'e0')
    await did(here, 'li', { type: 'claim', thread: other })
    const { sql } = here.database
    await sql`update staff set disabled = true where username = 'wang'`
    try {
      const li = await connect(there, 'li')
      await look()
      await li.next((f) => f.type === 'queue' && f.op === 'put' && f.thread.id === thread)
      await chen.entry(thread, 'released')
      expect(await ofKind(thread, 'released')).toMatchObject([{ body: { desk: 'water' } }])
      expect(await ofKind(other, 'released')).toEqual([])
      const summary = (await http(here, 'li', `/api/threads/${thread}`)).body
      expect(summary).toMatchObject({ state: 'waiting', firstResponder: { name: '王工' } })
      expect(summary.owner).toBeUndefined()
      expect((await clockOf(thread, 'resolution')).state).toBe('running')
      await did(here, 'li', { type: 'claim', thread })
      const [, again] = await ofKind(thread, 'claimed')
      expect(again?.body.first).toBe(false)
    } finally {
      await sql`update staff set disabled = false where username = 'wang'`
    }
  })
})

describe('the close', () => {
  it('comes a week after the resolution with its outcome, once', async () => {
    const thread = await aThread(here, 'resolved')
    here.clock.pass(7 * DAY - 1)
    await look()
    expect(await stateOf(thread)).toBe('resolved')
    here.clock.pass(1)
    await look()
    expect(await ofKind(thread, 'closed')).toMatchObject([{ body: { outcome: 'answered' } }])
    expect(await stateOf(thread)).toBe('closed')
  })

  it('never comes while a call-back is open', async () => {
    const thread = await aThread(here, 'resolved')
    await did(here, 'e0', { type: 'rate', thread, grade: 2 })
    here.clock.pass(20 * DAY)
    await look()
    expect(await stateOf(thread)).toBe('resolved')
    expect((await ofKind(thread, 'overdue')).map(({ body }) => body.clock)).toEqual(['call-back'])
    await did(here, 'wang', { type: 'call-back', thread, text: '已回访' })
    await look()
    expect((await kindsOf(thread)).slice(-2)).toEqual(['called-back', 'closed'])
  })

  it.each([
    ['answered', '调换辅材需重新办理环评手续吗？'],
    ['referred', '灭火器多久年检'],
    ['withdrawn', '你好'],
  ] as const)('of an idle thread is %s after three days', async (outcome, text) => {
    const { thread } = await did(here, 'e1', { type: 'ask', text })
    expect(await stateOf(thread)).toBe('answering')
    here.clock.pass(3 * DAY - 1)
    await look()
    expect(await ofKind(thread, 'closed')).toEqual([])
    here.clock.pass(1)
    await look()
    expect(await ofKind(thread, 'closed')).toMatchObject([{ body: { outcome } }])
  })
})

describe('a year without a notice', () => {
  it('leaves clocks unscheduled until its calendar is imported, and schedules them then', async () => {
    const clock = new TestClock('2026-12-31T09:00:00.000Z')
    const server = await aServer({ env: { RATE_LIMITS: 'off' }, clock })
    const thread = await aThread(server, 'held')
    await did(server, 'sun', { type: 'supervise', thread, text: '抓紧' })
    const states = async (who: Who) =>
      (await http(server, who, `/api/threads/${thread}`)).body.clocks.map(
        ({ name, state }: Frame) => `${name} ${state}`,
      )
    expect(await states('wang')).toContain('resolution unscheduled')
    await server.running.clockwork.turn()
    const notice = { notice: '国办发明电〔2026〕1号', holidays: ['2027-01-01'], workdays: [] }
    const years = { ...CALENDAR.years, '2027': notice }
    const next = { ...CALENDAR, version: 'cn-2027.1', years }
    const { db } = server.running.services
    expect(await importCalendar(db, { ...next, periods: [] })).toMatchObject({
      refused: 'bad-request',
    })
    expect(await importCalendar(db, next)).toBeNull()
    await server.running.timeRules.refresh()
    await server.running.clockwork.turn()
    await server.running.clockwork.turn()
    const items = (await http(server, 'wang', `/api/threads/${thread}/entries`)).body.items
    const [scheduled, sealed] = items.slice(-2)
    expect(scheduled).toMatchObject({ kind: 'clock-scheduled', by: { role: 'system' } })
    const dues = scheduled.body.clocks.map(({ name, dueAt }: Frame) => `${name} ${dueAt}`)
    expect(dues).toContain('resolution 2027-01-06T09:30:00.000Z')
    expect(scheduled.body.clocks[0].calendar).toBe('cn-2027.1')
    expect(sealed).toMatchObject({ kind: 'noted', body: { clocks: [{ name: 'supervision' }] } })
    expect(await states('wang')).toContain('resolution running')
    expect(await states('e0')).not.toContain('supervision running')
    await server[Symbol.asyncDispose]()
  })
})
