import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { leave, roster, standing } from '../../src/db/schema.ts'
import { SAMPLE_ENTERPRISES } from '../../src/identity/demo.ts'
import type { Frame } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, connect, did, EMERGENCY, http, person, WATER, type Who } from './support.ts'

/** Two processes on one database and one clock: whatever is told is told once. */
let here: TestServer
let there: TestServer
let ids: Record<'wang' | 'li' | 'zhao' | 'sun' | 'admin', string>
beforeAll(async () => {
  here = await aServer({ env: { RATE_LIMITS: 'off' } })
  const { databaseUrl, clock } = here
  there = await aServer({ env: { RATE_LIMITS: 'off' }, databaseUrl, clock })
  const names = ['wang', 'li', 'zhao', 'sun', 'admin'] as const
  const all = await Promise.all(names.map(async (who) => [who, (await person(here, who)).id]))
  ids = Object.fromEntries(all)
  const { db } = here.database
  await db.delete(roster)
  await db.insert(roster).values([
    { desk: 'water', day: '2026-11-24', period: 'day', officer: ids.li },
    { desk: 'water', day: '2026-11-24', period: 'night', officer: ids.wang },
  ])
})
afterAll(async () => {
  await there[Symbol.asyncDispose]()
  await here[Symbol.asyncDispose]()
})

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const until = (time: string) => here.clock.pass(Date.parse(time) - here.clock.now().getTime())

async function look(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await Promise.all([here, there].map(({ running }) => running.clockwork.turn()))
  }
}
const entriesOf = async (thread: string, who: Who = 'admin'): Promise<Frame[]> =>
  (await http(here, who, `/api/threads/${thread}/entries?limit=200`)).body.items
const alertsOf = async (thread: string) =>
  (await entriesOf(thread)).flatMap(({ body }) => (body.alert ? [body.alert] : []))
const told = async (thread: string) =>
  (await alertsOf(thread)).map(({ level, to }) => [level, ...to.map(({ id }: Frame) => id)])
const summaryOf = async (thread: string, who: Who = 'admin') =>
  (await http(here, who, `/api/threads/${thread}`)).body

describe('what nobody takes', () => {
  it('goes up at half, at 80 % and when late, once each whatever number of processes look', async () => {
    const thread = await aThread(here, 'waiting')
    here.clock.pass(15 * MINUTE - 1)
    await look()
    expect(await told(thread)).toEqual([])
    here.clock.pass(1)
    await look()
    expect(await told(thread)).toEqual([['half', ids.li]])
    here.clock.pass(9 * MINUTE)
    // opened behind the step of the clock: a socket that heard nothing for a minute is ended
    const sun = await connect(there, 'sun')
    await look()
    await look()
    expect((await told(thread)).slice(1)).toEqual([['most', ids.sun]])
    await sun.next(
      ({ type, thread: t }) => type === 'queue' && t.id === thread && t.alert?.level === 'most',
    )
    here.clock.pass(6 * MINUTE + 1)
    const admin = await connect(there, 'admin')
    await look()
    await look()
    expect((await told(thread)).slice(2)).toEqual([['overdue', ids.admin]])
    const put = ({ type, op, thread: t }: Frame) =>
      type === 'queue' && op === 'put' && t.id === thread
    expect((await admin.next(put)).thread.alert).toMatchObject({
      level: 'overdue',
      to: [ids.admin],
    })
    expect((await entriesOf(thread)).filter(({ kind }) => kind === 'overdue')).toHaveLength(1)
    // taken, nobody is alerted any more, and whoever was shown it is told so
    await did(here, 'wang', { type: 'claim', thread })
    expect((await summaryOf(thread)).alert).toBeUndefined()
    await admin.next(
      ({ type, op, thread: t }) => type === 'queue' && op === 'drop' && t.id === thread,
    )
  })

  it('stays unseen by the enterprise, but for the numbers', async () => {
    const thread = await aThread(here, 'waiting', 'e1')
    here.clock.pass(20 * MINUTE)
    await look()
    const [alert] = await alertsOf(thread)
    expect(alert.level).toBe('half')
    const shown = await entriesOf(thread, 'e1')
    expect(shown.at(-1)).toMatchObject({ kind: 'sealed' })
    expect((await summaryOf(thread, 'e1')).alert).toBeUndefined()
    expect((await summaryOf(thread, 'li')).alert).toMatchObject({ level: 'half', to: [ids.li] })
    await did(here, 'e1', { type: 'cancel', thread })
  })

  it('passes over the steps that a long silence of ours has missed', async () => {
    const thread = await aThread(here, 'waiting', 'e1')
    here.clock.pass(HOUR)
    await look()
    expect((await told(thread)).map(([level]) => level)).toEqual(['overdue'])
    await did(here, 'e1', { type: 'cancel', thread })
  })

  it('begins anew at the desk that it is routed to', async () => {
    until('2026-11-24T05:30:00.000Z')
    const thread = await aThread(here, 'waiting', 'e1')
    here.clock.pass(16 * MINUTE)
    await look()
    await did(here, 'sun', { type: 'route', thread, to: 'eia', reason: '环评问题' })
    expect((await summaryOf(thread)).alert).toBeUndefined()
    await look()
    // nobody is rostered there: whoever looks after the desk
    expect((await told(thread)).slice(1)).toEqual([['half', ids.sun]])
    await did(here, 'e1', { type: 'cancel', thread })
  })

  it('passes over a duty officer who is on leave', async () => {
    const { db } = here.database
    await db.insert(leave).values({
      id: randomUUID(),
      officer: ids.li,
      from: '2026-11-24',
      to: '2026-11-24',
      note: '年假',
    })
    const thread = await aThread(here, 'waiting', 'e1')
    here.clock.pass(15 * MINUTE)
    await look()
    expect(await told(thread)).toEqual([['half', ids.sun]])
    await db.delete(leave)
    await did(here, 'e1', { type: 'cancel', thread })
  })
})

describe('an owner who is silent', () => {
  it('is shown to the supervisor once, and stays the owner', async () => {
    const thread = await aThread(here, 'held')
    here.clock.pass(4 * HOUR)
    await look()
    await look()
    expect(await told(thread)).toEqual([['silent', ids.sun]])
    expect(await summaryOf(thread)).toMatchObject({
      state: 'held',
      owner: { id: ids.wang },
      alert: { level: 'silent', to: [ids.sun] },
    })
    await did(here, 'wang', { type: 'say', thread, text: '抱歉' })
    expect((await summaryOf(thread)).alert).toBeUndefined()
  })
})

describe('an emergency', () => {
  it('rings the night duty out of hours, by name, in the entry itself', async () => {
    until('2026-11-24T11:00:00.000Z')
    const thread = await aThread(here, 'waiting')
    const wang = await connect(there, 'wang')
    await did(here, 'e0', { type: 'say', thread, text: EMERGENCY })
    const said = (await entriesOf(thread, 'e0')).at(-1)!
    expect(said.body).toMatchObject({ urgent: true, duty: [{ id: ids.wang, name: '王工' }] })
    const put = await wang.next(
      ({ type, thread: t }) => type === 'queue' && t.id === thread && t.urgent,
    )
    expect(put.thread.alert).toMatchObject({ level: 'emergency', to: [ids.wang] })
    await did(here, 'admin', { type: 'redact', thread, seq: said.seq, ground: '个人信息' })
    expect((await summaryOf(thread)).alert.to).toEqual([ids.wang])
    await did(here, 'e0', { type: 'cancel', thread })
  })

  it('rings whoever looks after the desk where nobody has the night', async () => {
    here.clock.pass(24 * HOUR)
    const { thread } = await did(here, 'e0', { type: 'ask', text: EMERGENCY })
    const [, escalated] = await entriesOf(thread, 'e0')
    expect(escalated?.body.duty.map(({ id }: Frame) => id)).toEqual([ids.sun])
  })
})

describe('an enterprise with a standing officer', () => {
  const { uscc } = SAMPLE_ENTERPRISES[2]!.enterprise
  const asked = async () => {
    const { thread } = await did(here, 'e2', { type: 'ask', text: WATER })
    await did(here, 'e2', { type: 'escalate', thread })
    const escalated = (await entriesOf(thread, 'e2')).findLast(({ kind }) => kind === 'escalated')!
    return { thread, body: escalated.body }
  }
  beforeAll(async () => {
    const { db } = here.database
    const [officer, standIn] = [ids.zhao, ids.li]
    await db.delete(standing)
    const row = { id: randomUUID(), uscc, officer, standIn, from: '2026-11-01', to: null }
    await db.insert(standing).values(row)
  })

  it('comes to his desk whatever the topic, and reads whom it waits for', async () => {
    const zhao = await connect(there, 'zhao')
    const { thread, body } = await asked()
    expect(body).toMatchObject({
      desk: 'eia',
      standing: { id: ids.zhao, name: '赵工', desk: 'eia' },
    })
    expect(body.promise.text).toContain('环评科（包联 赵工）')
    const put = await zhao.next(({ type, thread: t }) => type === 'queue' && t.id === thread)
    expect(put.thread).toMatchObject({ standing: ids.zhao, state: 'waiting' })
    await did(here, 'zhao', { type: 'claim', thread })
    expect((await summaryOf(thread)).standing).toBeUndefined()
  })

  it('comes to the stand-in while he is on leave, and to the topic’s desk when both are', async () => {
    const { db } = here.database
    const away = (officer: string) =>
      db
        .insert(leave)
        .values({ id: randomUUID(), officer, from: '2026-11-25', to: '2026-11-26', note: '' })
    await away(ids.zhao)
    expect((await asked()).body).toMatchObject({ desk: 'water', standing: { id: ids.li } })
    await away(ids.li)
    const { body } = await asked()
    expect(body.desk).toBe('water')
    expect(body.standing).toBeUndefined()
    await db.delete(leave)
  })
})
