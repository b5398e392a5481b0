import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aThread, did, http } from '../contract/support.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aReceiver, aTarget, deliveries, type Receiver, sent, verified } from './support.ts'

const DAY = 86_400_000

let server: TestServer
let receiver: Receiver
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  receiver = await aReceiver()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await receiver[Symbol.asyncDispose]()
})

const asAdmin = (path: string, asked = {}) => http(server, 'admin', `/api/webhooks${path}`, asked)
const post = { method: 'POST' }
const replied = async (thread: string) => {
  await did(server, 'wang', { type: 'say', thread, text: '请看。' })
  await sent(server)
}

describe('a target', () => {
  it('hears from its adding on, and only of the events that it asked for', async () => {
    const thread = await aThread(server, 'held')
    const { id } = await aTarget(server, { url: receiver.url, events: ['first-reply', 'resolved'] })
    await replied(thread)
    await replied(thread)
    await did(server, 'wang', { type: 'resolve', thread, outcome: 'handled', summary: '已答复。' })
    await sent(server)
    expect(receiver.of(thread).map((text) => text.split('@')[0])).toEqual([
      'first-reply',
      'resolved',
    ])
    expect((await deliveries(server, thread, id)).map(({ event }) => event)).toEqual([
      'resolved',
      'first-reply',
    ])
    await asAdmin(`/${id}`, { method: 'DELETE' })
  })

  it('is told of by two secrets for a day after a rotation, then by the new one alone', async () => {
    const { id, secret } = await aTarget(server, { url: receiver.url })
    const thread = await aThread(server, 'held')
    const { body } = await asAdmin(`/${id}/rotate`, post)
    expect(body.secret).toMatch(/^whsec_/)
    await replied(thread)
    const now = server.clock.now()
    const both = receiver.arrived.at(-1)!
    expect(verified(secret, both, now).type).toBe('first-reply')
    expect(verified(body.secret, both, now).type).toBe('first-reply')
    server.clock.pass(DAY)
    await replied(thread)
    const one = receiver.arrived.at(-1)!
    expect(verified(body.secret, one, server.clock.now()).type).toBe('reply')
    expect(() => verified(secret, one, server.clock.now())).toThrow('No matching signature')
    await asAdmin(`/${id}`, { method: 'DELETE' })
  })

  it('says its secret once, and stands in the database without it', async () => {
    const url = `${receiver.url}?key=very-secret`
    const { id, secret } = await aTarget(server, { url })
    const { text } = await asAdmin('')
    expect(text).toContain(id)
    expect(text).not.toContain('whsec_')
    expect(text).not.toContain('very-secret')
    const rows = await server.database.sql`select secret from webhook_targets where id = ${id}`
    expect(rows[0]!.secret).not.toContain(secret.slice(6))
    await asAdmin(`/${id}`, { method: 'DELETE' })
  })

  it('is tried out by an admin at once', async () => {
    const { id, secret } = await aTarget(server, { url: receiver.url })
    expect((await asAdmin(`/${id}/test`, post)).body).toEqual({ delivered: true, status: 204 })
    expect(verified(secret, receiver.arrived.at(-1)!, server.clock.now()).type).toBe('test')
    await receiver.stop()
    expect((await asAdmin(`/${id}/test`, post)).body).toEqual({
      delivered: false,
      error: 'ECONNREFUSED',
    })
    await receiver.start()
    await asAdmin(`/${id}`, { method: 'DELETE' })
  })

  it('that is removed gets nothing more, and what waited for it is dead', async () => {
    const { id } = await aTarget(server, { url: receiver.url })
    const thread = await aThread(server, 'held')
    await did(server, 'wang', { type: 'say', thread, text: '请看。' })
    expect((await asAdmin(`/${id}`, { method: 'DELETE' })).status).toBe(204)
    await sent(server)
    expect(receiver.of(thread)).toEqual([])
    expect((await deliveries(server, thread, id))[0]).toMatchObject({ error: 'removed' })
    for (const verb of ['pause', 'resume', 'rotate', 'test']) {
      expect((await asAdmin(`/${id}/${verb}`, post)).status).toBe(404)
    }
  })

  it('that is paused keeps what is younger than a day', async () => {
    const { id } = await aTarget(server, { url: receiver.url })
    await asAdmin(`/${id}/pause`, post)
    const [old, young] = [await aThread(server, 'held'), await aThread(server, 'held')]
    await replied(old)
    server.clock.pass(DAY)
    await replied(young)
    server.clock.pass(1)
    await sent(server)
    await asAdmin(`/${id}/resume`, post)
    await sent(server)
    expect(receiver.of(old)).toEqual([])
    expect((await deliveries(server, old, id))[0]).toMatchObject({ error: 'paused' })
    expect(receiver.of(young).at(-1)).toMatch(/^first-reply/)
    await asAdmin(`/${id}`, { method: 'DELETE' })
  })

  it.each([
    ['http://example.org/hook', false],
    ['ftp://example.org/hook', true],
    ['file:///etc/passwd', true],
    ['https://user:pass@example.org/hook', false],
    ['https://example.org/hook#part', false],
    ['//example.org', false],
    [`https://example.org/${'x'.repeat(2_100)}`, false],
  ])('cannot be %s', async (url, allowPrivate) => {
    const { status, body } = await asAdmin('', { body: { url, allowPrivate } })
    expect([status, body.code]).toEqual([400, 'bad-request'])
  })

  it('cannot ask for an event that there is not', async () => {
    const { body } = await asAdmin('', { body: { url: 'https://example.org/', events: ['x'] } })
    expect(body).toMatchObject({ code: 'bad-request', detail: 'events' })
  })
})

describe('the demo', () => {
  it('shows what its host platform would send, and takes what is signed with its secret alone', async () => {
    const thread = await aThread(server, 'held')
    await replied(thread)
    const { body } = await http(server, null, '/demo/inbox')
    const mine = (body as { data: { thread: string }; type: string }[]).filter(
      ({ data }) => data.thread === thread,
    )
    expect(mine.map(({ type }) => type)).toEqual(['first-reply', 'claimed', 'promised'])
    const { headers, body: text } = receiver.arrived.at(-1)!
    const forged = { 'content-type': 'application/json' } as Record<string, string>
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
      forged[name] = headers[name] as string
    }
    const asked = { body: text, headers: forged }
    expect((await http(server, null, '/demo/inbox', asked)).status).toBe(403)
  })
})
