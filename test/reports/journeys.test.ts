import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EnterpriseCaller } from '../../src/protocol/caller.ts'
import { WATER } from '../contract/support.ts'
import { aServer, TestClock, type TestServer } from '../support/server.ts'
import { did, enterpriseAt, MINUTE, reported, type Staff, short, staffOf } from './support.ts'

let server: TestServer
let staff: Staff
let firm: EnterpriseCaller
beforeAll(async () => {
  server = await aServer({ clock: new TestClock('2026-11-10T02:00:00.000Z') })
  staff = await staffOf(server)
  firm = enterpriseAt(0)
})
afterAll(() => server[Symbol.asyncDispose]())

type Name = keyof Staff | 'firm'
/** Minutes to wait, or who does what. */
type Step = number | [Name, string, object?]

const day = () =>
  new Date(server.clock.now().getTime() + 8 * 60 * MINUTE).toISOString().slice(0, 10)

const WEEKDAYS = [1, 2, 3, 4]
/** A day of its own, Monday to Thursday at 10:00 in Shanghai: a working day with one behind it. */
function begin(): void {
  const isBegin = (at: Date) => /T02:00/.test(at.toISOString()) && WEEKDAYS.includes(at.getUTCDay())
  while (!isBegin(server.clock.now())) server.clock.pass(MINUTE)
}

/** Walks a thread through its steps. @returns a reader of the figures of this thread alone */
async function journey(...steps: Step[]) {
  begin()
  const on = day()
  const thread = await did(server, firm, { type: 'ask', text: WATER })
  for (const step of steps) {
    if (typeof step === 'number') server.clock.pass(step * MINUTE)
    else {
      const [name, type, more] = step
      await did(server, name === 'firm' ? firm : staff[name], { type, thread, ...more })
    }
  }
  const query = { from: on, to: on }
  const total = await reported(server, query)
  const groups = await reported(server, { ...query, by: 'officer' })
  server.clock.pass(60 * 24 * MINUTE)
  const by = (name: keyof Staff) => groups.groups.find(({ key }) => key === staff[name].id)
  return {
    all: (name: string) => short(total.total, name),
    of: (name: keyof Staff, figure: string) => {
      const group = by(name)
      return group ? short(group, figure) : 'nothing'
    },
  }
}

const RESOLVED = { outcome: 'answered', summary: '已答复' }
const resolve = (who: keyof Staff): Step => [who, 'resolve', RESOLVED]
const say = (who: Name): Step => [who, 'say', { text: '请看附件说明。' }]

describe('a thread in a report', () => {
  it('that the bot answered is the bot’s, and nobody else’s', async () => {
    const { all } = await journey(['firm', 'judge', { seq: 2, helpful: true }])
    expect(all('bot-share')).toBe('1/1')
    expect(all('helpful')).toBe('1/1')
    expect(all('response')).toBe('0/0')
  })

  it('counts the latest judgement of an answer', async () => {
    const { all } = await journey(
      ['firm', 'judge', { seq: 2, helpful: true }],
      ['firm', 'judge', { seq: 2, helpful: false }],
    )
    expect(all('helpful')).toBe('0/1')
  })

  it('is not unanswered where the enterprise took it back before', async () => {
    const { all } = await journey(['firm', 'escalate'], 5, ['firm', 'cancel'])
    expect([all('response'), all('resolution')]).toEqual(['0/0', '0/0'])
    expect(all('bot-share')).toBe('0/1')
  })

  it('that came back from the bot’s answer, or from being taken back, went to a person', async () => {
    const { all } = await journey(
      ['firm', 'escalate'],
      40,
      ['firm', 'cancel'],
      ['firm', 'reopen', { text: '还是想问' }],
      10,
      ['wang', 'claim'],
      say('wang'),
    )
    expect([all('response'), all('on-time'), all('overdue-first-reply')]).toEqual([
      '1/1',
      '1/1',
      '1/2',
    ])
    expect(all('first-reply-time')).toBe('1: 10 of 10')
  })

  it('is replied to by words, and a claim is none', async () => {
    const { all, of } = await journey(['firm', 'escalate'], 10, ['wang', 'claim'], 15, say('wang'))
    expect(all('first-reply-time')).toBe('1: 25 of 25')
    expect(of('wang', 'on-time')).toBe('1/1')
    expect(of('wang', 'resolution')).toBe('0/1')
  })

  it('keeps a late first reply with whoever held it when it fell due', async () => {
    const { of } = await journey(
      ['firm', 'escalate'],
      ['wang', 'claim'],
      31,
      ['sun', 'assign', { to: staff.li.id, reason: '请接手' }],
      10,
      say('li'),
    )
    expect([of('wang', 'on-time'), of('wang', 'overdue-first-reply')]).toEqual(['0/1', '1/1'])
    expect(of('li', 'on-time')).toBe('0/0')
    expect([of('li', 'response'), of('li', 'first-reply-time')]).toEqual(['1/1', '1: 41 of 41'])
  })

  it('leaves a promise that was broken in the queue with the desk, and with nobody', async () => {
    const { all, of } = await journey(['firm', 'escalate'], 31, ['wang', 'claim'], say('wang'))
    expect(all('overdue-first-reply')).toBe('1/1')
    expect(of('wang', 'overdue-first-reply')).toBe('0/0')
  })

  it('takes pauses off working time, and not off elapsed time', async () => {
    const { all, of } = await journey(
      ['firm', 'escalate'],
      ['wang', 'claim'],
      20,
      say('wang'),
      ['wang', 'pause', { clock: 'resolution', ground: 'survey' }],
      60,
      ['wang', 'resume', { clock: 'resolution' }],
      10,
      resolve('wang'),
    )
    expect(all('resolution-time')).toBe('1: 30 of 90')
    expect(of('wang', 'holding-time')).toBe('1: 30 of 90')
  })

  it('ends a pause with what resolves it', async () => {
    const { all } = await journey(
      ['firm', 'escalate'],
      ['wang', 'claim'],
      20,
      ['wang', 'pause', { clock: 'resolution', ground: 'survey' }],
      40,
      resolve('wang'),
    )
    expect(all('resolution-time')).toBe('1: 20 of 60')
  })

  it('counts neither the lunch break nor the night as working time', async () => {
    const { all } = await journey(['firm', 'escalate'], ['wang', 'claim'], 24 * 60, resolve('wang'))
    expect(all('resolution-time')).toBe('1: 420 of 1440')
  })

  it('splits the time held between the holders, and credits the hand that resolved', async () => {
    const { all, of } = await journey(
      ['firm', 'escalate'],
      5,
      ['wang', 'claim'],
      30,
      ['wang', 'offer', { to: staff.zhao.id, reason: '环评的事' }],
      20,
      ['zhao', 'accept'],
      40,
      resolve('zhao'),
      100,
    )
    expect(of('wang', 'holding-time')).toBe('1: 50 of 50')
    expect(of('zhao', 'holding-time')).toBe('1: 40 of 40')
    expect(all('queue-time')).toBe('1: 5 of 5')
    expect([all('handed-on'), all('accepted'), all('long-chain')]).toEqual(['1/1', '1/1', '0/1'])
    expect([of('wang', 'handed-on'), of('wang', 'accepted')]).toEqual(['1/1', '1/1'])
    expect([of('wang', 'resolution'), of('zhao', 'resolution')]).toEqual(['0/0', '1/1'])
  })

  it('tells a declined, a withdrawn and an overtaken offer from an accepted one', async () => {
    const offer: Step = ['wang', 'offer', { to: staff.li.id, reason: '熟悉' }]
    const { of, all } = await journey(
      ['firm', 'escalate'],
      ['wang', 'claim'],
      offer,
      ['li', 'decline', { reason: '忙' }],
      offer,
      ['wang', 'withdraw'],
      offer,
      ['sun', 'assign', { to: staff.zhao.id, reason: '归环评' }],
      ['sun', 'assign', { to: staff.wang.id, reason: '归水科' }],
    )
    expect(of('wang', 'accepted')).toBe('0/3')
    expect(all('long-chain')).toBe('1/1')
  })

  it('that came back is unresolved, and its resolution was reopened', async () => {
    const { all, of } = await journey(
      ['firm', 'escalate'],
      ['wang', 'claim'],
      10,
      resolve('wang'),
      ['firm', 'rate', { grade: 2 }],
      10,
      ['firm', 'reopen', { text: '还是不明白' }],
      5,
    )
    expect([all('resolution'), all('reopened'), all('satisfaction')]).toEqual(['0/1', '1/1', '0/1'])
    expect(of('wang', 'satisfaction')).toBe('0/1')
    expect(all('resolution-time')).toBe('1: 10 of 10')
  })

  it('that came back and was resolved again counts both resolutions', async () => {
    const { all } = await journey(
      ['firm', 'escalate'],
      ['wang', 'claim'],
      10,
      resolve('wang'),
      ['firm', 'rate', { grade: 1 }],
      ['sun', 'call-back', { text: '已回访' }],
      ['firm', 'reopen', { text: '还是不明白' }],
      20,
      resolve('wang'),
      ['firm', 'rate', { grade: 5 }],
    )
    expect([all('resolution'), all('reopened'), all('satisfaction')]).toEqual(['1/1', '1/2', '1/2'])
    expect(all('resolution-time')).toBe('2: 30 of 30')
    expect(all('overdue-call-back')).toBe('0/1')
  })

  it('keeps a reminder with who held it then', async () => {
    const { of } = await journey(
      ['firm', 'escalate'],
      ['wang', 'claim'],
      ['firm', 'remind'],
      ['sun', 'assign', { to: staff.li.id, reason: '请接手' }],
      say('li'),
    )
    expect([of('wang', 'reminded'), of('li', 'reminded')]).toEqual(['1/1', '0/0'])
    expect(of('li', 'overdue-reminder')).toBe('0/1')
  })

  it('counts the second one-time notice as a repeat', async () => {
    const list = { items: ['环评批复'], steps: ['到窗口'], window: '一楼', limit: '5 日' }
    const { of } = await journey(
      ['firm', 'escalate'],
      ['wang', 'claim'],
      ['wang', 'notice', list],
      ['wang', 'notice', { ...list, reason: '漏了一项' }],
    )
    expect(of('wang', 'notice-again')).toBe('1/2')
  })
})
