import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client, Frame } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, connect, did, http, person, tell, type Who } from './support.ts'

let server: TestServer
let ids: Record<'wang' | 'li' | 'zhao', string>
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  const of = async (who: string) => (await person(server, who)).id
  ids = { wang: await of('wang'), li: await of('li'), zhao: await of('zhao') }
})
afterAll(() => server[Symbol.asyncDispose]())

const HOUR = 3_600_000
const summary = async (thread: string, who: Who = 'admin') =>
  (await http(server, who, `/api/threads/${thread}`)).body
const codeOf = async (who: Who, command: Record<string, unknown>) => {
  const { status, body } = await tell(server, who, command as Parameters<typeof tell>[2])
  return status === 200 ? 'ack' : body.code
}
const clockOf = async (thread: string, name: string, who?: Who) =>
  (await summary(thread, who)).clocks.find((clock: Frame) => clock.name === name)
const last = async (thread: string, who: Who, n = 1): Promise<Frame[]> =>
  (await http(server, who, `/api/threads/${thread}/entries?limit=200`)).body.items.slice(-n)

describe('the enterprise', () => {
  it('reminds, which opens a clock that the owner’s next words answer', async () => {
    const thread = await aThread(server, 'held')
    const wang = await connect(server, 'wang')
    await did(server, 'e0', { type: 'remind', thread })
    const reminded = await wang.entry(thread, 'reminded')
    expect(reminded.body.clocks).toMatchObject([{ name: 'reminder', n: 1 }])
    expect(await clockOf(thread, 'reminder', 'e0')).toMatchObject({ state: 'running' })
    await wang.tell({ type: 'note', thread, text: '在办' })
    expect((await clockOf(thread, 'reminder')).state).toBe('running')
    await wang.tell({ type: 'say', thread, text: '在办，今天答复' })
    expect((await clockOf(thread, 'reminder', 'e0')).state).toBe('met')
  })

  it('reminds again once the limit has run out, and is told when until then', async () => {
    const thread = await aThread(server, 'waiting')
    await did(server, 'e0', { type: 'remind', thread })
    const { dueAt } = await clockOf(thread, 'reminder')
    const wait = Math.ceil((Date.parse(dueAt) - server.clock.now().getTime()) / 1000)
    const chen = await connect(server, 'e0')
    expect(await chen.tell({ type: 'remind', thread })).toMatchObject({
      type: 'refused',
      code: 'too-fast',
      retryAfter: wait,
    })
    server.clock.pass(wait * 1000)
    expect(await codeOf('e0', { type: 'remind', thread })).toBe('ack')
    // both are owed, and the same words answer both
    await did(server, 'wang', { type: 'claim', thread })
    await did(server, 'wang', { type: 'say', thread, text: '您好' })
    const [said] = await last(thread, 'e0')
    const met = said!.body.clocks.filter(({ name }: Frame) => name === 'reminder')
    expect(met.map(({ n }: Frame) => n)).toEqual([1, 2])
  })

  it('rates badly, which opens a call-back that only a call-back answers', async () => {
    const thread = await aThread(server, 'resolved')
    await did(server, 'e0', { type: 'rate', thread, grade: 2, comment: '没说清' })
    expect(await clockOf(thread, 'call-back', 'e0')).toMatchObject({ state: 'running' })
    expect(await codeOf('li', { type: 'call-back', thread, text: '我来' })).toBe('not-owner')
    await did(server, 'e0', { type: 'reopen', thread, text: '请讲清楚' })
    expect(await codeOf('wang', { type: 'call-back', thread, text: '回访' })).toBe('wrong-state')
    await did(server, 'wang', { type: 'resolve', thread, outcome: 'handled', summary: '讲清了' })
    expect((await clockOf(thread, 'call-back')).state).toBe('running')
    await did(server, 'sun', { type: 'call-back', thread, text: '已电话回访' })
    const [called] = await last(thread, 'e0')
    expect(called).toMatchObject({
      kind: 'called-back',
      by: { role: 'supervisor', name: '孙科长' },
    })
    expect((await clockOf(thread, 'call-back', 'e0')).state).toBe('met')
    expect(await codeOf('wang', { type: 'call-back', thread, text: '再来' })).toBe('wrong-state')
  })

  it('rates well, and nobody owes a call', async () => {
    const thread = await aThread(server, 'resolved')
    await did(server, 'e0', { type: 'rate', thread, grade: 3 })
    expect(await clockOf(thread, 'call-back')).toBeUndefined()
  })
})

describe('the supervisor', () => {
  it('orders, unseen by the enterprise, and the owner’s next words are the answer', async () => {
    const thread = await aThread(server, 'held')
    const [chen, wang] = [await connect(server, 'e0'), await connect(server, 'wang')]
    const due = new Date(server.clock.now().getTime() + 3 * HOUR).toISOString()
    await did(server, 'sun', { type: 'supervise', thread, text: '今天答复', due })
    await did(server, 'sun', { type: 'supervise', thread, text: '并抄送我' })
    const supervised = await wang.entry(thread, 'supervised')
    expect(supervised.body).toMatchObject({ text: '今天答复', due, clocks: [{ dueAt: due }] })
    const orders = async (who: Who) => clockOf(thread, 'supervision', who)
    expect(await orders('wang')).toMatchObject({ state: 'running' })
    const { seq } = await did(server, 'wang', { type: 'say', thread, text: '您好，答复如下' })
    const [said, note] = await last(thread, 'wang', 2)
    expect(said).toMatchObject({ seq, kind: 'said' })
    expect(JSON.stringify(said)).not.toContain('supervision')
    expect(note).toMatchObject({ kind: 'noted', by: { role: 'system' } })
    expect(note!.body.clocks.map(({ n, metAt }: Frame) => [n, metAt])).toEqual([
      [1, said!.at],
      [2, said!.at],
    ])
    expect((await orders('wang')).state).toBe('met')
    expect(await orders('e0')).toBeUndefined()
    await chen.entry(thread, 'sealed', note!.seq)
    expect(JSON.stringify(chen.frames)).not.toMatch(/supervis|督办/)
  })

  it('cannot order something for yesterday', async () => {
    const thread = await aThread(server, 'held')
    const due = server.clock.now().toISOString()
    expect(await codeOf('sun', { type: 'supervise', thread, text: '？', due })).toBe('bad-request')
  })

  it('assigns a waiting thread: the first claim, with its reason unseen', async () => {
    const thread = await aThread(server, 'waiting')
    const [chen, zhao] = [await connect(server, 'e0'), await connect(server, 'zhao')]
    await did(server, 'sun', { type: 'assign', thread, to: ids.zhao, reason: '他最熟' })
    const assigned = await chen.entry(thread, 'assigned')
    expect(assigned.body).toEqual({ to: { person: { id: ids.zhao, name: '赵工', desk: 'eia' } } })
    await zhao.entry(thread, 'assigned')
    expect((await zhao.entry(thread, 'noted')).body.text).toBe('他最熟')
    expect(JSON.stringify(chen.frames)).not.toContain('他最熟')
    expect(await summary(thread)).toMatchObject({
      state: 'held',
      desk: 'eia',
      owner: { id: ids.zhao },
      firstResponder: { id: ids.zhao },
    })
  })

  it('assigns a held one over a pending offer, which ends with it', async () => {
    const thread = await aThread(server, 'held')
    await did(server, 'wang', { type: 'offer', thread, to: ids.zhao, reason: '转' })
    await did(server, 'sun', { type: 'assign', thread, to: ids.li, reason: '由李工办' })
    expect(await codeOf('zhao', { type: 'accept', thread })).toBe('not-found')
    expect(await codeOf('wang', { type: 'say', thread, text: '？' })).toBe('not-owner')
    expect((await clockOf(thread, 'handover')).state).toBe('ended')
    expect(await summary(thread)).toMatchObject({
      owner: { id: ids.li },
      firstResponder: { id: ids.wang },
    })
    const [assigned] = await last(thread, 'e0', 2)
    expect(JSON.stringify(assigned)).not.toContain('handover')
    for (const to of [ids.li, 'water', 'nobody', (await person(server, 'sun')).id]) {
      const again = { type: 'assign', thread, to, reason: '？' }
      expect([to, await codeOf('sun', again)]).toEqual([to, 'bad-request'])
    }
  })

  it('routes a waiting thread to the right desk: out of one queue, into the other', async () => {
    const thread = await aThread(server, 'waiting')
    const [wang, zhao] = [await connect(server, 'wang'), await connect(server, 'zhao')]
    const before = await clockOf(thread, 'first-reply')
    const op = (client: Client, wanted: string) =>
      client.next((f) => f.type === 'queue' && f.op === wanted && f.thread.id === thread)
    await op(wang, 'put')
    await did(server, 'sun', { type: 'route', thread, to: 'eia', reason: '归环评科' })
    const [dropped, put] = [await op(wang, 'drop'), await op(zhao, 'put')]
    expect([dropped.thread.question, put.thread.desk]).toEqual(['', 'eia'])
    expect(await clockOf(thread, 'first-reply')).toEqual(before)
    expect(await codeOf('wang', { type: 'claim', thread })).toBe('not-found')
    const again = { type: 'route', thread, to: 'eia', reason: '？' }
    expect(await codeOf('sun', again)).toBe('bad-request')
    expect(await codeOf('sun', { ...again, to: 'nowhere' })).toBe('bad-request')
    await did(server, 'zhao', { type: 'claim', thread })
  })

  it('finds what is late among the threads of the desks', async () => {
    const thread = await aThread(server, 'held')
    server.clock.pass(30 * 24 * HOUR)
    const overdue = async (who: Who) =>
      (await http(server, who, '/api/threads?view=overdue&limit=200')).body.items.map(
        ({ id }: Frame) => id,
      )
    expect(await overdue('sun')).toContain(thread)
    expect(await overdue('e0')).toContain(thread)
    await did(server, 'wang', { type: 'resolve', thread, outcome: 'handled', summary: '。' })
    expect(await overdue('sun')).not.toContain(thread)
  })
})
