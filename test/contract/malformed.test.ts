import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, connect, http, tell, WATER } from './support.ts'

let server: TestServer
let control: Client
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  control = await connect(server, 'e1')
})
afterAll(async () => {
  // whatever anybody sent, this connection stayed up throughout
  expect(control.closed).toBeNull()
  expect(await control.tell({ type: 'ask', text: WATER })).toMatchObject({ type: 'ack' })
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  await server[Symbol.asyncDispose]()
})

const ASTRAL = '🏭'
const id = () => randomUUID()

describe('a frame', () => {
  it.each([
    ['garbage', 'garbage'],
    ['cut JSON', '{"type":"ask","id":'],
    ['an array', '[{"type":"ping"}]'],
    ['null', 'null'],
    ['a number', '5'],
    ['a text', '"ping"'],
    ['two objects', '{"type":"ping"}{"type":"ping"}'],
    ['nothing', ''],
    ['100,000 brackets', '['.repeat(60_000)],
    ['deep objects', '{"a":'.repeat(10_000)],
    ['binary', Buffer.from('{"type":"ping"}')],
  ])('that is %s is refused without an id, and the socket goes on', async (_, raw) => {
    const client = await connect(server, 'e0')
    client.ws.send(raw, { binary: typeof raw !== 'string' })
    const no = await client.next(({ type }) => type === 'refused')
    expect(no).toEqual({ type: 'refused', code: 'bad-request', message: expect.any(String) })
    expect(await client.tell({ type: 'ask', text: WATER })).toMatchObject({ type: 'ack' })
    client.close()
  })

  it.each([
    ['no type', { id: id() }],
    ['an unknown type', { type: 'delete', id: id() }],
    ['a type of another type', { type: { $ne: 1 }, id: id() }],
    ['the type constructor', { type: 'constructor', id: id() }],
    ['the type __proto__', { type: '__proto__', id: id() }],
    ['the type toString', { type: 'toString', id: id() }],
    ['a server’s type', { type: 'welcome', id: id() }],
  ])('with %s is refused with its id', async (_, frame) => {
    const client = await connect(server, 'e0')
    client.send(frame)
    const no = await client.next(({ type }) => type === 'refused')
    expect(no).toMatchObject({ code: 'bad-request', id: frame.id })
    client.close()
  })

  it('may carry unknown fields, prototypes among them, which change nothing', async () => {
    const client = await connect(server, 'e0')
    const raw =
      `{"type":"ask","id":"${id()}","text":"${WATER}","__proto__":{"polluted":1},` +
      `"constructor":{"prototype":{"polluted":1}},"role":"admin","by":{"role":"officer"},` +
      `"officerId":"x","state":"closed","deep":${'['.repeat(5_000)}${']'.repeat(5_000)}}`
    client.ws.send(raw)
    const { thread } = await client.next(({ type }) => type === 'ack')
    const asked = await client.entry(thread, 'asked')
    expect(asked.by).toEqual({ role: 'enterprise', id: expect.any(String) })
    expect(Object.keys(asked.body).sort()).toEqual(['enterprise', 'kind', 'text'])
  })

  it('that repeats a key means its last value', async () => {
    const client = await connect(server, 'e0')
    client.ws.send(`{"type":"ask","type":"ping","id":"${id()}"}`)
    await client.next(({ type }) => type === 'pong')
  })

  it('that breaks the protocol ends its own socket only', async () => {
    const client = await connect(server, 'e0')
    // an unmasked frame with a reserved bit, written past the client's own framing
    const { _socket: wire } = client.ws as unknown as { _socket: NodeJS.WritableStream }
    wire.write(Buffer.from([0xf1, 0x02, 0x7b, 0x7d]))
    expect([1002, 1006]).toContain((await client.ended()).code)
  })
})

describe('a command’s fields', () => {
  const text = (n: number, of = 'x') => of.repeat(n)
  it.each([
    ['an id that is no UUID', { type: 'ask', id: 'x', text: 'x' }],
    ['an id of another type', { type: 'ask', id: { $ne: 1 }, text: 'x' }],
    ['a blank text', { type: 'ask', id: id(), text: ' \n\u3000' }],
    ['4,001 characters', { type: 'ask', id: id(), text: text(4001) }],
    ['4,001 astral characters', { type: 'ask', id: id(), text: text(4001, ASTRAL) }],
    ['a NUL', { type: 'ask', id: id(), text: 'a\u0000b' }],
    ['a lone high surrogate', { type: 'ask', id: id(), text: 'a\ud800' }],
    ['a lone low surrogate', { type: 'ask', id: id(), text: '\udc00a' }],
    ['an unknown kind', { type: 'ask', id: id(), text: 'x', kind: 'tip' }],
    ['ten files', { type: 'ask', id: id(), text: 'x', files: Array.from({ length: 10 }, id) }],
    ['files that are no list', { type: 'ask', id: id(), text: 'x', files: 'x' }],
    ['a text that is a list', { type: 'ask', id: id(), text: ['x'] }],
    ['a say of nothing', { type: 'say', id: id(), thread: id() }],
    ['a say of nothing and no files', { type: 'say', id: id(), thread: id(), text: '', files: [] }],
    ['no thread', { type: 'claim', id: id() }],
    ['a grade of 6', { type: 'rate', id: id(), thread: id(), grade: 6 }],
    ['a grade of "5"', { type: 'rate', id: id(), thread: id(), grade: '5' }],
    ['half a grade', { type: 'rate', id: id(), thread: id(), grade: 4.5 }],
    ['an unknown outcome', { type: 'resolve', id: id(), thread: id(), outcome: 'x', summary: 'x' }],
    ['no choice', { type: 'choose', id: id(), thread: id() }],
    ['an infinite seq', { type: 'judge', id: id(), thread: id(), seq: 1e308, helpful: true }],
  ])('%s is a bad request, the same over both transports', async (_, command) => {
    const answer = await http(server, 'e0', '/api/commands', { body: command })
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad-request' } })
    control.send(command)
    const wanted = typeof command.id === 'string' ? command.id : undefined
    const no = await control.next((f) => f.type === 'refused' && f.id === wanted)
    expect(no.code).toBe('bad-request')
  })

  it.each([
    ['4,000 characters', text(4000)],
    ['4,000 astral characters', text(4000, ASTRAL)],
    ['marks, controls and turned writing', 'a\u202eb\u200b\u0301\u2028<script>\u0007'],
    ['one character', '？'],
  ])('a text of %s is stored as it came', async (_, words) => {
    const { status, body } = await tell(server, 'e0', { type: 'ask', text: words })
    expect(status).toBe(200)
    const { items } = (await http(server, 'e0', `/api/threads/${body.thread}/entries`)).body
    expect(items[0].body.text).toBe(words)
  })

  it('an id in capitals is the same id, and comes back as it was written', async () => {
    const upper = id().toUpperCase()
    const first = (await tell(server, 'e0', { type: 'ask', text: WATER, id: upper })).body
    expect(first.id).toBe(upper)
    const again = (await tell(server, 'e0', { type: 'ask', text: WATER, id: upper.toLowerCase() }))
      .body
    expect(again).toEqual({ ...first, id: upper.toLowerCase() })
  })

  it('a number that points at no entry, or at one that is no answer, is a bad request', async () => {
    const thread = await aThread(server, 'waiting')
    for (const seq of [1, 99, 2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER]) {
      const answer = await tell(server, 'e0', { type: 'judge', thread, seq, helpful: true })
      expect([seq, answer.body.code]).toEqual([seq, 'bad-request'])
    }
  })

  it('an empty optional text is none', async () => {
    const thread = await aThread(server, 'answering')
    const { body } = await tell(server, 'e0', { type: 'escalate', thread, note: '' })
    const { items } = (await http(server, 'e0', `/api/threads/${thread}/entries`)).body
    expect(items[body.seq - 1].body).not.toHaveProperty('note')
  })
})

describe('a body', () => {
  const post = (body: unknown, type?: string, more: Record<string, string> = {}) =>
    http(server, 'e0', '/api/commands', {
      method: 'POST',
      body,
      headers: { ...(type === undefined ? {} : { 'content-type': type }), ...more },
    })

  it.each(['', 'x', '[]', 'null', '5', '{"type":', '{}{}', '['.repeat(60_000)])(
    'of %j is a bad request',
    async (raw) => {
      expect(await post(raw, 'application/json')).toMatchObject({
        status: 400,
        body: { code: 'bad-request' },
      })
    },
  )

  it('that is no UTF-8 is a bad request', async () => {
    const raw = Buffer.from('7b2274797065223a22ff227d', 'hex')
    expect(await post(raw, 'application/json')).toMatchObject({ status: 400 })
  })

  it('of another media type, or one that would have to be inflated, is unsupported', async () => {
    const raw = JSON.stringify({ type: 'ask', id: id(), text: WATER })
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      expect(await post(raw, type)).toMatchObject({
        status: 415,
        body: { code: 'unsupported-type' },
      })
    }
    const zipped = await post(raw, 'application/json', { 'content-encoding': 'gzip' })
    expect(zipped.status).toBe(415)
    expect((await post(raw, 'application/json; charset=utf-8')).status).toBe(200)
  })
})

describe('a refusal', () => {
  it('never shows a stack, SQL or a path', async () => {
    const paths = ['/api/threads/%00', '/api/threads/%E0%A4%A', '/api/threads?cursor=x&q=%00']
    const answers = [
      ...(await Promise.all(paths.map((path) => http(server, 'e0', path)))),
      await http(server, 'e0', '/api/commands', { body: { type: 'ask', id: id(), text: 5 } }),
    ]
    for (const { status, text, headers } of answers) {
      expect([400, 404]).toContain(status)
      expect(headers.get('content-type')).toContain('application/problem+json')
      expect(text).not.toMatch(/\bat .*:\d+|select |insert |postgres|node_modules|\/src\/|zod/i)
    }
  })
})
