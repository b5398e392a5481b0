import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../../src/clock/limits.ts'
import { CALENDAR } from '../../src/clock/years.ts'
import { SAMPLE_ENTERPRISES } from '../../src/identity/demo.ts'
import type { Frame } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, did, http, person, tell, type Who } from './support.ts'

/** Two processes on one database: what is set here holds there. */
let here: TestServer
let there: TestServer
let ids: Record<'wang' | 'li' | 'zhao' | 'sun' | 'qian', string>
beforeAll(async () => {
  here = await aServer({ env: { RATE_LIMITS: 'off' } })
  const { databaseUrl, clock } = here
  there = await aServer({ env: { RATE_LIMITS: 'off' }, databaseUrl, clock })
  const names = ['wang', 'li', 'zhao', 'sun', 'qian'] as const
  const all = await Promise.all(names.map(async (who) => [who, (await person(here, who)).id]))
  ids = Object.fromEntries(all)
})
afterAll(async () => {
  await there[Symbol.asyncDispose]()
  await here[Symbol.asyncDispose]()
})

const put = (who: Who, path: string, body: unknown) =>
  http(here, who, path, { method: 'PUT', body })
const patch = (path: string, body: unknown) => http(here, 'admin', path, { method: 'PATCH', body })
const heard = async () => {
  // what a notification brings within milliseconds, without waiting for it
  const { bureau, timeRules } = there.running
  await Promise.all([bureau.refresh(), timeRules.refresh()])
}
const clocksOf = async (thread: string) =>
  (await http(there, 'admin', `/api/threads/${thread}/entries`)).body.items.flatMap(
    ({ body }: Frame) => body.clocks ?? [],
  )

describe('who may administer', () => {
  const routes: [string, string, unknown, Who[]][] = [
    ['GET', '/api/desks', undefined, ['sun', 'admin']],
    ['GET', '/api/desks/load', undefined, ['sun', 'admin']],
    ['GET', '/api/desks/water/roster', undefined, ['sun', 'admin']],
    ['GET', '/api/desks/water/leave', undefined, ['sun', 'admin']],
    ['GET', '/api/staff', undefined, ['admin']],
    ['GET', '/api/staff/standing', undefined, ['sun', 'admin']],
    ['GET', '/api/calendar', undefined, ['sun', 'admin']],
    ['GET', '/api/limits', undefined, ['sun', 'admin']],
    ['POST', '/api/desks', {}, ['admin']],
    ['PUT', '/api/limits', {}, ['admin']],
    ['PUT', '/api/calendar', {}, ['admin']],
    ['POST', '/api/calendar/preview', {}, ['admin']],
    ['PUT', '/api/staff/standing', {}, ['admin']],
    ['POST', '/api/staff/nobody/disable', {}, ['admin']],
  ]
  it.each(routes)('%s %s', async (method, path, body, may) => {
    for (const who of ['wang', 'sun', 'qian', 'admin', 'e0'] as const) {
      const { status } = await http(here, who, path, { method, body })
      if (may.includes(who)) expect([200, 204, 400, 404], who).toContain(status)
      else expect(status, who).toBe(403)
    }
    expect((await http(here, null, path, { method, body })).status).toBe(401)
  })
})

describe('a desk', () => {
  it('is made, takes questions by district, and is closed when nothing is left there', async () => {
    const { status, body } = await http(here, 'admin', '/api/desks', {
      body: { id: 'east', name: '东郊科', districts: ['东郊区'] },
    })
    expect([status, body]).toEqual([200, expect.objectContaining({ id: 'east', active: true })])
    expect(
      (await http(here, 'admin', '/api/desks', { body: { id: 'east', name: '又' } })).status,
    ).toBe(400)
    await heard()
    const { thread } = await did(there, 'e2', { type: 'ask', text: '你好' })
    await did(there, 'e2', { type: 'escalate', thread })
    expect((await http(there, 'admin', `/api/threads/${thread}`)).body.desk).toBe('east')
    expect((await patch('/api/desks/east', { active: false })).body).toMatchObject({
      code: 'wrong-state',
      detail: expect.stringContaining('1'),
    })
    await did(there, 'e2', { type: 'cancel', thread })
    expect((await patch('/api/desks/east', { active: false })).body.active).toBe(false)
  })

  it('is the fallback until another one is', async () => {
    expect((await patch('/api/desks/eia', { fallback: false })).status).toBe(400)
    expect((await patch('/api/desks/eia', { active: false })).status).toBe(400)
    expect((await patch('/api/desks/water', { fallback: true })).body.fallback).toBe(true)
    const { items } = (await http(here, 'admin', '/api/desks')).body
    expect(items.filter((desk: Frame) => desk.fallback).map(({ id }: Frame) => id)).toEqual([
      'water',
    ])
    await patch('/api/desks/eia', { fallback: true })
  })

  it('has hours of its own, which its clocks name and keep', async () => {
    const hours = [
      { from: '08:00', to: '10:10' },
      { from: '20:00', to: '24:00' },
    ]
    expect((await patch('/api/desks/water', { hours })).status).toBe(200)
    await heard()
    // 10:00 in Shanghai: ten minutes are left until the evening
    const thread = await aThread(there, 'waiting')
    const [first] = await clocksOf(thread)
    expect(first).toMatchObject({
      name: 'first-reply',
      dueAt: '2026-11-24T12:20:00.000Z',
      calendar: 'cn-2026.1+08:00-10:10,20:00-24:00',
    })
    await patch('/api/desks/water', { hours: null })
    await heard()
    await did(there, 'wang', { type: 'claim', thread })
    await did(there, 'wang', { type: 'pause', thread, clock: 'resolution', ground: 'survey' })
    await did(there, 'wang', { type: 'resume', thread, clock: 'resolution' })
    const resumed = (await clocksOf(thread)).at(-1)
    expect(resumed.calendar).toBe('cn-2026.1+08:00-10:10,20:00-24:00')
    expect(resumed.dueAt).toBe('2026-11-27T16:00:00.000Z')
    await did(there, 'wang', { type: 'resolve', thread, outcome: 'answered', summary: '好' })
  })

  it.each([
    [
      'periods that overlap',
      {
        hours: [
          { from: '09:00', to: '12:00' },
          { from: '11:00', to: '13:00' },
        ],
      },
    ],
    ['a period that ends before it begins', { hours: [{ from: '12:00', to: '09:00' }] }],
    ['a lead who leads nobody', { lead: 'nobody' }],
    ['an unknown field', { colour: 'red' }],
    ['an empty name', { name: '' }],
  ])('is not given %s', async (_, change) => {
    expect((await patch('/api/desks/water', change)).body.code).toBe('bad-request')
  })

  it('that is none is not found', async () => {
    expect((await patch('/api/desks/none', { name: '无' })).status).toBe(404)
    expect(
      (
        await put('admin', '/api/desks/none/roster', {
          items: [{ day: '2026-12-01', period: 'day', officer: null }],
        })
      ).status,
    ).toBe(404)
  })
})

describe('a roster', () => {
  const turn = (officer: string | null, day = '2026-12-01') => ({
    items: [{ day, period: 'night', officer }],
  })

  it('is set turn by turn by a supervisor of the desk', async () => {
    expect((await put('sun', '/api/desks/water/roster', turn(ids.wang))).status).toBe(204)
    expect((await put('sun', '/api/desks/water/roster', turn(ids.li))).status).toBe(204)
    const path = '/api/desks/water/roster?from=2026-12-01&to=2026-12-01'
    const night = async () =>
      (await http(there, 'sun', path)).body.items.filter(({ period }: Frame) => period === 'night')
    expect(await night()).toEqual([{ day: '2026-12-01', period: 'night', officer: ids.li }])
    await put('sun', '/api/desks/water/roster', turn(null))
    expect(await night()).toEqual([])
  })

  it('has nobody who would not see what he is rung for', async () => {
    for (const who of [ids.zhao, ids.sun, 'nobody']) {
      expect((await put('sun', '/api/desks/water/roster', turn(who))).body.code).toBe('bad-request')
    }
  })

  it('of another desk is not a supervisor’s', async () => {
    await http(here, 'admin', '/api/desks', { body: { id: 'other', name: '他科' } })
    expect((await put('sun', '/api/desks/other/roster', turn(null))).status).toBe(404)
    expect((await http(here, 'sun', '/api/desks/other/leave')).status).toBe(404)
  })
})

describe('leave', () => {
  it('is given, shown with the load, and taken back', async () => {
    const body = { officer: ids.wang, from: '2026-11-24', to: '2026-11-26', note: '年假' }
    const given = await http(here, 'sun', '/api/desks/water/leave', { body })
    expect(given.body).toMatchObject(body)
    const load = (await http(there, 'sun', '/api/desks/load')).body
    expect(load.people.find(({ id }: Frame) => id === ids.wang).leaveUntil).toBe('2026-11-26')
    const path = `/api/desks/water/leave/${given.body.id}`
    expect((await http(here, 'sun', path, { method: 'DELETE' })).status).toBe(204)
    expect((await http(here, 'sun', path, { method: 'DELETE' })).status).toBe(404)
    expect((await http(here, 'sun', '/api/desks/water/leave')).body.items).toEqual([])
  })

  it('is for those who sit at the desk, and not backwards', async () => {
    const give = (officer: string, to = '2026-11-26') =>
      http(here, 'sun', '/api/desks/water/leave', { body: { officer, from: '2026-11-25', to } })
    expect((await give(ids.zhao)).status).toBe(400)
    expect((await give(ids.wang, '2026-11-24')).status).toBe(400)
  })
})

describe('a standing officer', () => {
  const { uscc } = SAMPLE_ENTERPRISES[1]!.enterprise
  const listed = async () =>
    (await http(there, 'sun', '/api/staff/standing')).body.items.filter(
      (one: Frame) => one.uscc === uscc,
    )

  it('is named from today on, and named no more', async () => {
    const named = { uscc, officer: ids.wang, standIn: ids.li }
    expect((await put('admin', '/api/staff/standing', named)).status).toBe(204)
    expect(await listed()).toEqual([{ ...named, from: '2026-11-24', to: null }])
    const path = `/api/staff/standing/${uscc}`
    expect((await http(here, 'admin', path, { method: 'DELETE' })).status).toBe(204)
    expect(await listed()).toEqual([])
    expect((await http(here, 'admin', path, { method: 'DELETE' })).status).toBe(404)
  })

  it.each([
    ['a code that is none', () => ({ uscc: '91330199MA2F7K4X28', officer: ids.wang })],
    ['somebody who is no officer', () => ({ uscc, officer: ids.sun })],
    ['himself as stand-in', () => ({ uscc, officer: ids.wang, standIn: ids.wang })],
  ])('is not named with %s', async (_, named) => {
    expect((await put('admin', '/api/staff/standing', named())).body.code).toBe('bad-request')
  })
})

describe('limits', () => {
  const table = (id: string, effective: string, number: number) => ({
    id,
    effective,
    rules: [
      ...DEFAULT_LIMITS.rules,
      {
        clock: 'first-reply',
        number,
        unit: 'working-minutes',
        ground: '本单位承诺',
        desk: 'water',
      },
    ],
  })
  const firstOf = async () => {
    const thread = await aThread(there, 'waiting')
    const [first] = await clocksOf(thread)
    await did(there, 'e0', { type: 'cancel', thread })
    return first.limit
  }

  it('hold from their date on, in every process, and leave what counts alone', async () => {
    expect((await put('admin', '/api/limits', table('later', '2026-11-25', 10))).status).toBe(204)
    await heard()
    expect(await firstOf()).toMatchObject({ number: 30, version: DEFAULT_LIMITS.id })
    // replaced while it waits
    expect((await put('admin', '/api/limits', table('later', '2026-11-25', 12))).status).toBe(204)
    await heard()
    here.clock.pass(24 * 3_600_000)
    expect(await firstOf()).toMatchObject({ number: 12, version: 'later' })
    expect((await http(there, 'sun', '/api/limits')).body.tables).toHaveLength(2)
    const again = await put('admin', '/api/limits', table('later', '2026-11-26', 5))
    expect(again.body).toMatchObject({
      code: 'bad-request',
      detail: expect.stringContaining('in force'),
    })
  })

  it.each([
    ['of a day that is over', () => table('old', '2026-11-24', 1)],
    [
      'for a desk that is none',
      () => ({
        ...table('x', '2026-12-01', 1),
        rules: [...DEFAULT_LIMITS.rules, { ...DEFAULT_LIMITS.rules[0], desk: 'none' }],
      }),
    ],
    ['without a rule for every clock', () => ({ ...table('x', '2026-12-01', 1), rules: [] })],
  ])('%s are not taken', async (_, given) => {
    expect((await put('admin', '/api/limits', given())).body.code).toBe('bad-request')
  })
})

describe('the load', () => {
  it('counts by desk and by person, with the threads behind it', async () => {
    const [waiting, held] = [await aThread(here, 'waiting'), await aThread(here, 'held')]
    const of = async () => {
      const { desks, people } = (await http(there, 'sun', '/api/desks/load')).body
      return {
        water: desks.find(({ id }: Frame) => id === 'water'),
        wang: people.find(({ id }: Frame) => id === ids.wang),
      }
    }
    expect(await of()).toMatchObject({
      water: { name: '水科', waiting: 1, held: 1, soon: 2, late: 0, silent: 0 },
      wang: { name: '王工', held: 1, soon: 1, late: 0 },
    })
    here.clock.pass(2 * 3_600_000)
    expect(await of()).toMatchObject({ water: { soon: 0, late: 2, silent: 1 }, wang: { late: 1 } })
    const behind = async (query: string) =>
      (await http(there, 'sun', `/api/threads?${query}`)).body.items.map(({ id }: Frame) => id)
    expect((await behind('desk=water&due=late')).sort()).toEqual([waiting, held].sort())
    expect(await behind(`owner=${ids.wang}&due=late`)).toEqual([held])
    expect(await behind('desk=eia&due=late')).toEqual([])
    expect((await http(there, 'e0', '/api/threads?due=late')).body.code).toBe('not-allowed')
    await did(here, 'e0', { type: 'cancel', thread: waiting })
    await did(here, 'wang', { type: 'resolve', thread: held, outcome: 'answered', summary: '好' })
  })
})

describe('an officer who holds threads', () => {
  const disable = (body: object) => http(here, 'admin', `/api/staff/${ids.wang}/disable`, { body })
  const back = () => http(here, 'admin', `/api/staff/${ids.wang}/enable`, { body: {} })
  const last = async (thread: string) =>
    (await http(here, 'admin', `/api/threads/${thread}/entries`)).body.items.slice(-2)

  it('is not disabled before it is said where they go', async () => {
    const thread = await aThread(here, 'held')
    expect((await disable({})).body).toMatchObject({
      code: 'wrong-state',
      detail: expect.stringContaining('1'),
    })
    expect((await disable({ to: ids.wang })).body.code).toBe('bad-request')
    expect((await disable({ to: ids.sun })).body.code).toBe('bad-request')
    expect((await disable({ to: ids.li, release: true })).body.code).toBe('bad-request')
    await did(here, 'wang', { type: 'resolve', thread, outcome: 'answered', summary: '好' })
  })

  it('gives them to the successor, once, and remains the first responder', async () => {
    const thread = await aThread(here, 'held')
    expect((await disable({ to: ids.zhao })).status).toBe(204)
    await Promise.all([here, there].map(({ running }) => running.clockwork.turn()))
    const [assigned, noted] = await last(thread)
    expect(assigned).toMatchObject({
      kind: 'assigned',
      by: { role: 'system' },
      body: { to: { person: { id: ids.zhao, desk: 'eia' } } },
    })
    expect(noted).toMatchObject({ kind: 'noted', body: { text: expect.stringContaining('停用') } })
    expect((await http(here, 'zhao', `/api/threads/${thread}`)).body).toMatchObject({
      state: 'held',
      desk: 'eia',
      owner: { id: ids.zhao },
      firstResponder: { id: ids.wang },
    })
    expect((await back()).status).toBe(204)
  })

  it('leaves them to the queue where it is said so', async () => {
    // signed in again: being disabled ended his session
    here.clock.pass(3_600_000)
    const thread = await aThread(here, 'held')
    expect((await disable({ release: true })).status).toBe(204)
    await here.running.clockwork.turn()
    expect((await last(thread)).at(-1)).toMatchObject({ kind: 'released' })
    await back()
    const { items } = (await http(here, 'admin', '/api/staff')).body
    expect(items.find(({ id }: Frame) => id === ids.wang)).toMatchObject({
      username: 'wang',
      disabled: false,
      held: 0,
    })
    expect((await tell(here, 'e0', { type: 'cancel', thread })).status).toBe(200)
  })
})

describe('the calendar', () => {
  const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕99号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。`

  it('says that next year is missing, and how many promises wait for it', async () => {
    const { calendar, alarm, unscheduled } = (await http(here, 'sun', '/api/calendar')).body
    expect(calendar.version).toBe(CALENDAR.version)
    expect([alarm, unscheduled]).toEqual([{ level: 'soon', year: 2027 }, 0])
    const late = Date.parse('2026-12-31T09:00:00.000Z') - here.clock.now().getTime()
    here.clock.pass(late)
    await aThread(here, 'waiting')
    expect((await http(here, 'sun', '/api/calendar')).body).toMatchObject({
      alarm: { level: 'missing', year: 2027 },
      unscheduled: 1,
    })
  })

  it('is previewed from a pasted notice, imported, and schedules what waited', async () => {
    const preview = (text: string, region?: string) =>
      http(here, 'admin', '/api/calendar/preview', {
        body: { text, ...(region ? { region } : {}) },
      })
    const wrong = (await preview(NOTICE.replace('共3天', '共4天'))).body
    expect([wrong.calendar, wrong.read.faults.length]).toEqual([null, 1])
    const { read, calendar } = (await preview(NOTICE)).body
    expect(read).toMatchObject({
      year: '2027',
      holidays: [{ from: '2027-01-01', to: '2027-01-03' }],
    })
    expect(calendar.version).toBe('cn-2027.1')
    expect((await put('admin', '/api/calendar', calendar)).status).toBe(204)
    await heard()
    await there.running.clockwork.turn()
    expect((await http(there, 'sun', '/api/calendar')).body).toMatchObject({
      calendar: { version: 'cn-2027.1' },
      unscheduled: 0,
      alarm: null,
    })
    expect((await put('admin', '/api/calendar', calendar)).body.code).toBe('bad-request')
  })

  it('takes the holidays of an autonomous region, which are free there', async () => {
    const text = NOTICE.replace(
      '一、元旦：1月1日（周五）至3日（周日）放假，共3天。',
      '一、开斋节：1月4日（周一）放假，共1天。',
    )
    const body = { text, region: '宁夏' }
    const { calendar } = (await http(here, 'admin', '/api/calendar/preview', { body })).body
    expect(calendar.years['2027'].regional).toMatchObject([
      { region: '宁夏', holidays: ['2027-01-04'] },
    ])
    expect(calendar.version).toBe('cn-2027.2')
    await put('admin', '/api/calendar', calendar)
    here.clock.pass(3_600_000)
    const thread = await aThread(here, 'waiting', 'e1')
    const [first] = await clocksOf(thread)
    // asked on New Year's Eve after hours: the 1st to the 3rd are free everywhere, the 4th there
    expect(first).toMatchObject({ dueAt: '2027-01-05T01:12:00.000Z', calendar: 'cn-2027.2' })
  })
})
