import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Delivery } from '../../src/protocol/webhooks.ts'
import { append, aThread, did, http, WATER } from '../contract/support.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aReceiver, aTarget, deliveries, type Receiver, sent, verified } from './support.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let server: TestServer
let receiver: Receiver
let target: { id: string; secret: string }
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  receiver = await aReceiver()
  target = await aTarget(server, { url: receiver.url })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await receiver[Symbol.asyncDispose]()
})

const held = async () => {
  const thread = await aThread(server, 'held')
  await sent(server)
  receiver.arrived.length = 0
  return thread
}
const said = (thread: string, text: string) => did(server, 'wang', { type: 'say', thread, text })

describe('a notification', () => {
  it('reaches the host platform, signed as Standard Webhooks say', async () => {
    const thread = await held()
    const { seq } = await said(thread, '可以申请，材料清单见附件。')
    await sent(server)
    const [one] = receiver.arrived
    expect(receiver.of(thread)).toEqual([`first-reply@${seq}`])
    const now = server.clock.now()
    const { data, type } = verified(target.secret, one!, now)
    expect(type).toBe('first-reply')
    const forged = { ...one!, body: one!.body.replace('可以', '不能') }
    expect(() => verified(target.secret, forged, now)).toThrow('No matching signature')
    const late = new Date(now.getTime() + 6 * MINUTE)
    expect(() => verified(target.secret, one!, late)).toThrow('timestamp too old')
    expect(data.text).toBe(`王工（水科）已回复您的咨询“${WATER}”：可以申请，材料清单见附件。`)
    expect(data.enterprise).toEqual({ uscc: expect.stringMatching(/^91330199/) })
    expect(one!.headers['webhook-id']).toBe(`${thread}:${seq}:enterprise`)
  })

  it('names the person by the id that the host learns with its token, and never by its own', async () => {
    const thread = await held()
    await said(thread, '请看。')
    await sent(server)
    const { body } = await http(server, 'e0', '/api/session')
    expect(receiver.arrived[0]!.message.data.to).toEqual([{ person: body.me.id }])
    expect(receiver.arrived[0]!.body).not.toContain('demo-chen')
  })

  it('is in the outbox from the commit on, and leaves although the sender was away', async () => {
    const thread = await held()
    const { seq } = await said(thread, '请看。')
    // the sender has not run: a server that dies here has it in the database
    const [row] = await deliveries(server, thread, target.id)
    expect(row).toMatchObject({ seq, event: 'first-reply', tries: 0 })
    expect(row!.deliveredAt).toBeUndefined()
    await using other = await aServer({ databaseUrl: server.databaseUrl, clock: server.clock })
    await sent(other)
    expect(receiver.of(thread)).toEqual([`first-reply@${seq}`])
    const [done] = await deliveries(server, thread, target.id)
    expect(done).toMatchObject({ tries: 1, status: 204, deliveredAt: expect.any(String) })
  })

  it('is not written for a command that was refused, nor twice for one that comes twice', async () => {
    const thread = await held()
    const id = crypto.randomUUID()
    await did(server, 'wang', { type: 'say', thread, text: '一', id })
    await did(server, 'wang', { type: 'say', thread, text: '一', id })
    await http(server, 'li', '/api/commands', {
      body: { type: 'say', thread, text: '二', id: crypto.randomUUID() },
    })
    await sent(server)
    expect(receiver.of(thread)).toHaveLength(1)
  })

  it('leaves once, however many processes send', async () => {
    await using other = await aServer({ databaseUrl: server.databaseUrl, clock: server.clock })
    const threads = await Promise.all(Array.from({ length: 6 }, () => aThread(server, 'held')))
    await sent(server)
    receiver.arrived.length = 0
    for (const thread of threads) for (const text of ['一', '二', '三']) await said(thread, text)
    await Promise.all([sent(server), sent(other), sent(server), sent(other)])
    await sent(server)
    const ids = receiver.arrived.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(18)
    expect(new Set(ids).size).toBe(18)
    for (const thread of threads) {
      const seqs = receiver.of(thread).map((text) => Number(text.split('@')[1]))
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
    }
  })
})

describe('a receiver that does not take it', () => {
  it('is asked again at growing intervals, and gets it once it is back', async () => {
    const thread = await held()
    receiver.answer = () => 500
    const { seq } = await said(thread, '请看。')
    const waits: number[] = []
    for (let n = 0; n < 4; n++) {
      await sent(server)
      const [row] = await deliveries(server, thread, target.id)
      expect(row).toMatchObject({ tries: n + 1, status: 500, error: 'HTTP 500' })
      const wait = Date.parse(row!.dueAt!) - server.clock.now().getTime()
      waits.push(wait)
      server.clock.pass(wait - 1)
      await sent(server)
      expect(receiver.of(thread), 'before its time').toHaveLength(n + 1)
      server.clock.pass(1)
    }
    for (const [n, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(2_500 * 2 ** n)
      expect(wait).toBeLessThanOrEqual(5_000 * 2 ** n)
    }
    receiver.answer = () => 204
    await sent(server)
    expect(new Set(receiver.of(thread))).toEqual(new Set([`first-reply@${seq}`]))
    expect((await deliveries(server, thread, target.id))[0]).toMatchObject({
      tries: 5,
      status: 204,
    })
  })

  it('gets what was said while it was down, in order', async () => {
    const thread = await held()
    await receiver.stop()
    for (const text of ['一', '二', '三']) await said(thread, text)
    await sent(server)
    const waiting = (await deliveries(server, thread, target.id)).slice(0, 3)
    expect(waiting.map(({ tries, error }) => [tries, error])).toEqual([
      [0, undefined],
      [0, undefined],
      [1, 'ECONNREFUSED'],
    ])
    await receiver.start()
    server.clock.pass(MINUTE)
    await sent(server)
    const texts = receiver.arrived
      .filter(({ message }) => message.data.thread === thread)
      .map(({ message }) => message.data.text.at(-1))
    expect(texts).toEqual(['一', '二', '三'])
  })

  it('holds up nothing by refusing one message for what it says', async () => {
    const thread = await held()
    const { seq } = await said(thread, '一')
    const { seq: next } = await said(thread, '二')
    receiver.answer = ({ message }) => (message.data.seq === seq ? 422 : 204)
    await sent(server)
    receiver.answer = () => 204
    expect(receiver.of(thread)).toEqual([`first-reply@${seq}`, `reply@${next}`])
  })

  it('does not send us elsewhere', async () => {
    const thread = await held()
    receiver.answer = () => 302
    await said(thread, '一')
    await sent(server)
    receiver.answer = () => 204
    const [row] = await deliveries(server, thread, target.id)
    expect(row).toMatchObject({ tries: 1, error: 'HTTP 302' })
  })

  it('is dead to us after a day, which an admin sees and can try again', async () => {
    const thread = await held()
    receiver.answer = () => 503
    const { seq } = await said(thread, '请看。')
    for (let hours = 0; hours < 25; hours++) {
      await sent(server)
      server.clock.pass(HOUR)
    }
    const id = `${thread}:${seq}:enterprise`
    const dead = async () => {
      const { body } = await http(server, 'admin', '/api/webhooks/dead')
      return (body as Delivery[]).find((one) => one.id === id && one.target === target.id)
    }
    expect(await dead()).toMatchObject({
      event: 'first-reply',
      error: 'HTTP 503',
      deadAt: expect.any(String),
    })
    const before = receiver.of(thread).length
    server.clock.pass(HOUR)
    await sent(server)
    expect(receiver.of(thread)).toHaveLength(before)

    receiver.answer = () => 204
    const path = `/api/webhooks/${target.id}/retry`
    expect((await http(server, 'admin', path, { body: { ids: [id] } })).body).toEqual({
      revived: 1,
    })
    await sent(server)
    expect(receiver.of(thread)).toHaveLength(before + 1)
    expect(await dead()).toBeUndefined()
  })

  it('that answers 410 is paused, and goes on where it was once it is resumed', async () => {
    const thread = await held()
    receiver.answer = () => 410
    await said(thread, '一')
    await sent(server)
    receiver.answer = () => 204
    const listed = (await http(server, 'admin', '/api/webhooks')).body as { id: string }[]
    expect(listed.find(({ id }) => id === target.id)).toMatchObject({ pausedWhy: 'gone' })
    await said(thread, '二')
    server.clock.pass(MINUTE)
    await sent(server)
    expect(receiver.of(thread)).toHaveLength(1)
    await http(server, 'admin', `/api/webhooks/${target.id}/resume`, { method: 'POST' })
    await sent(server)
    expect(receiver.of(thread)).toHaveLength(3)
  })

  it('and is slow keeps no other waiting', async () => {
    let release = (_: number) => {}
    const stuck = new Promise<number>((done) => {
      release = done
    })
    await using slow = await aReceiver(() => stuck)
    const { id } = await aTarget(server, { url: slow.url })
    const thread = await aThread(server, 'held')
    const turn = sent(server)
    await expect.poll(() => receiver.of(thread).length, { timeout: 5_000 }).toBe(2)
    expect(slow.arrived.length).toBeGreaterThan(0)
    release(204)
    await turn
    await http(server, 'admin', `/api/webhooks/${id}`, { method: 'DELETE' })
  })

  it('and dies with it in hand gets it again', async () => {
    const thread = await held()
    receiver.answer = async () => {
      await receiver.stop()
      return 204
    }
    const { seq } = await said(thread, '一')
    await sent(server)
    const [row] = await deliveries(server, thread, target.id)
    expect(row).toMatchObject({ tries: 1, error: 'ECONNRESET' })
    receiver.answer = () => 204
    await receiver.start()
    server.clock.pass(MINUTE)
    await sent(server)
    expect(receiver.of(thread)).toEqual([`first-reply@${seq}`, `first-reply@${seq}`])
    const [first, again] = receiver.arrived.map(({ headers }) => headers['webhook-id'])
    expect(again).toBe(first)
  })

  it('and is silent does not keep a server from stopping, and gets it from the next', async () => {
    const thread = await held()
    const other = await aServer({ databaseUrl: server.databaseUrl, clock: server.clock })
    receiver.answer = () => new Promise(() => {})
    const { seq } = await said(thread, '一')
    const turn = sent(other)
    await expect.poll(() => receiver.arrived.length, { timeout: 5_000 }).toBeGreaterThan(0)
    const began = performance.now()
    await other[Symbol.asyncDispose]()
    await turn
    expect(performance.now() - began).toBeLessThan(6_000)
    receiver.answer = () => 204
    server.clock.pass(MINUTE)
    await sent(server)
    expect(receiver.of(thread).at(-1)).toBe(`first-reply@${seq}`)
    const [row] = await deliveries(server, thread, target.id)
    expect(row).toMatchObject({ tries: 2, status: 204 })
  })

  it('gets it again when the process that had it in hand died', async () => {
    const thread = await held()
    const { seq } = await said(thread, '一')
    // as a sender leaves it that is killed between the claim and the answer
    await server.database.sql`update notifications set tries = 1,
      due = ${new Date(server.clock.now().getTime() + MINUTE).toISOString()}
      where thread = ${thread} and seq = ${seq}`
    await sent(server)
    expect(receiver.of(thread)).toEqual([])
    server.clock.pass(MINUTE)
    await sent(server)
    expect(receiver.of(thread)).toEqual([`first-reply@${seq}`])
  })
})

describe('what may not be told', () => {
  it('has left with a redaction before it was delivered', async () => {
    const thread = await held()
    const { seq } = await said(thread, '联系人身份证号写错了：张三丰')
    await did(server, 'admin', { type: 'redact', thread, seq, ground: '含个人信息' })
    await sent(server)
    expect(receiver.of(thread)).toEqual([`first-reply@${seq}`])
    expect(receiver.arrived[0]!.body).not.toContain('张三丰')
    expect(receiver.arrived[0]!.message.data.text).toContain('有新进展')
  })

  it('has no line breaks, nothing invisible and no telephone numbers in its text', async () => {
    const thread = await held()
    await said(thread, '第一行\r\nX-Evil: 1\u202e打13800138000\u200b找我')
    await sent(server)
    const { text } = receiver.arrived[0]!.message.data
    expect(text).toContain('第一行 X-Evil: 1 打13*******00 找我')
  })

  it('is sealed for the enterprise: it hears of none of it, and staff hear without the words', async () => {
    const thread = await held()
    const zhao = (await http(server, 'zhao', '/api/session')).body.me.id as string
    await did(server, 'wang', { type: 'note', thread, text: '内部：先不答复' })
    await did(server, 'wang', { type: 'consult', thread, to: zhao, text: '内部：怎么看' })
    await did(server, 'zhao', { type: 'opine', thread, text: '内部：不同意' })
    await did(server, 'sun', { type: 'supervise', thread, text: '内部：今天办完' })
    await did(server, 'wang', { type: 'offer', thread, to: zhao, reason: '内部：不归我' })
    await did(server, 'zhao', { type: 'decline', thread, reason: '内部：也不归我' })
    await append(server, thread, {
      kind: 'overdue',
      by: { role: 'system', id: 'system' },
      body: { clock: 'supervision', dueAt: '2026-11-24T02:00:00.000Z', sealed: true },
    })
    await sent(server)
    expect(receiver.of(thread)).toEqual([])
    expect(receiver.of(thread, 'staff').map((text) => text.split('@')[0])).toEqual([
      'opinion-asked',
      'opinion-given',
      'order',
      'offer',
      'offer-answered',
    ])
    for (const { body } of receiver.arrived) expect(body).not.toContain('内部')
  })
})
