import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, type TestServer } from '../support/server.ts'
import { append, aThread, byOf, connect, did, http, person, tell, WATER } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const post = (who: Parameters<typeof http>[1], body: unknown) =>
  http(server, who, '/api/commands', { body })
const codeOf = async (answer: ReturnType<typeof http>) => {
  const { status, body } = await answer
  return status === 200 ? 'ack' : body.code
}
/** `zhao`, of another desk, sees it because he was asked for an opinion. */
const asked = async (thread: string) =>
  append(server, thread, {
    kind: 'opinion-asked',
    by: await byOf(server, 'wang'),
    body: { to: { person: await person(server, 'zhao') }, text: '？' },
  })

describe('the order of checks', () => {
  it('is identity before size, media type and shape', async () => {
    expect(await codeOf(post(null, { nonsense: true }))).toBe('not-signed-in')
    const headers = { 'content-type': 'text/plain' }
    const big = { body: 'x'.repeat(100_000), headers }
    expect(await codeOf(http(server, null, '/api/commands', big))).toBe('not-signed-in')
    const bad = { ...big, headers: { ...headers, authorization: 'Bearer x' } }
    expect(await codeOf(http(server, null, '/api/commands', bad))).toBe('token-invalid')
    expect(await codeOf(http(server, null, '/api/threads?limit=x'))).toBe('not-signed-in')
  })

  it('is a known id before shape: it gets its ack, whatever it says now', async () => {
    const id = randomUUID()
    const first = (await post('e0', { type: 'ask', id, text: WATER })).body
    const other = await aThread(server, 'held')
    for (const body of [
      { id },
      { id, type: 'nonsense' },
      { id, type: 'ask', text: '' },
      { id, type: 'ask', text: 'x'.repeat(5000) },
      { id, type: 'claim', thread: other },
      { id, type: 'say', thread: randomUUID(), text: '？' },
      { id: id.toUpperCase(), type: 'ask', text: '另一个问题' },
    ]) {
      const { status, body: ack } = await post('e0', body)
      expect([status, ack]).toEqual([200, { ...first, id: body.id }])
    }
  })

  it('is size before a known id', async () => {
    const { id } = (await post('e0', { type: 'ask', id: randomUUID(), text: WATER })).body
    expect(await codeOf(post('e0', { id, type: 'ask', text: 'x'.repeat(70_000) }))).toBe(
      'too-large',
    )
  })

  it('is shape before sight', async () => {
    const thread = await aThread(server, 'held')
    expect(await codeOf(post('e1', { type: 'say', id: randomUUID(), thread, text: ' ' }))).toBe(
      'bad-request',
    )
    expect(await codeOf(post('e1', { type: 'claim', thread }))).toBe('bad-request')
  })

  it('is shape before role', async () => {
    expect(await codeOf(post('wang', { type: 'ask', id: randomUUID(), text: '' }))).toBe(
      'bad-request',
    )
  })

  it('is sight before role', async () => {
    const thread = await aThread(server, 'held')
    expect(await codeOf(tell(server, 'e1', { type: 'claim', thread }))).toBe('not-found')
    expect(await codeOf(tell(server, 'qian', { type: 'claim', thread }))).toBe('not-found')
  })

  it('is sight, of files as well, before state', async () => {
    const thread = await aThread(server, 'resolved')
    const files = ['0190a000-0000-7000-8000-000000000000']
    expect(await codeOf(tell(server, 'e0', { type: 'say', thread, files }))).toBe('not-found')
  })

  it('is role before state', async () => {
    const thread = await aThread(server, 'held')
    expect(await codeOf(tell(server, 'e0', { type: 'claim', thread }))).toBe('not-allowed')
    const rate = { type: 'rate', thread, grade: 1 } as const
    expect(await codeOf(tell(server, 'wang', rate))).toBe('not-allowed')
  })

  it('is already-claimed for a claim where there is an owner, else wrong-state', async () => {
    const [held, withdrawn] = [await aThread(server, 'held'), await aThread(server, 'waiting')]
    await did(server, 'e0', { type: 'cancel', thread: withdrawn })
    expect(await codeOf(tell(server, 'li', { type: 'claim', thread: held }))).toBe(
      'already-claimed',
    )
    expect(await codeOf(tell(server, 'wang', { type: 'claim', thread: held }))).toBe(
      'already-claimed',
    )
    expect(await codeOf(tell(server, 'li', { type: 'claim', thread: withdrawn }))).toBe(
      'wrong-state',
    )
  })

  it('is state before holder', async () => {
    const waiting = await aThread(server, 'waiting')
    await asked(waiting)
    const say = { type: 'say', thread: waiting, text: '？' } as const
    expect(await codeOf(tell(server, 'zhao', say))).toBe('wrong-state')
    expect(await codeOf(tell(server, 'zhao', { type: 'claim', thread: waiting }))).toBe('not-owner')
    expect(await codeOf(tell(server, 'zhao', { type: 'note', thread: waiting, text: '。' }))).toBe(
      'ack',
    )
    await did(server, 'wang', { type: 'claim', thread: waiting })
    expect(await codeOf(tell(server, 'zhao', { type: 'claim', thread: waiting }))).toBe(
      'already-claimed',
    )
    expect(await codeOf(tell(server, 'zhao', say))).toBe('not-owner')
  })
})

describe('an id', () => {
  it('that was refused may be used again', async () => {
    const id = randomUUID()
    const client = await connect(server, 'e0')
    expect(await client.tell({ type: 'ask', id, text: '' })).toMatchObject({ code: 'bad-request' })
    const say = { type: 'say', id, thread: randomUUID(), text: '？' } as const
    expect(await client.tell(say)).toMatchObject({ code: 'not-found' })
    const ack = await client.tell({ type: 'ask', id, text: WATER })
    expect(ack).toEqual({ type: 'ack', id, thread: expect.any(String), seq: 1 })
    expect((await post('e0', { type: 'ask', id, text: WATER })).body).toEqual({
      id,
      thread: ack.thread,
      seq: 1,
    })
  })

  it('gets one thread though it is sent twenty times at once over both transports', async () => {
    const id = randomUUID()
    const client = await connect(server, 'e1')
    for (let i = 0; i < 10; i++) client.send({ type: 'ask', id, text: WATER })
    const overHttp = await Promise.all(
      Array.from({ length: 10 }, () => post('e1', { type: 'ask', id, text: WATER })),
    )
    await client.until(() => client.frames.filter(({ type }) => type === 'ack')[9])
    const acks = [
      ...client.frames.filter(({ type }) => type === 'ack'),
      ...overHttp.map((a) => a.body),
    ]
    expect(new Set(acks.map(({ thread }) => thread)).size).toBe(1)
    const { items } = (await http(server, 'e1', '/api/threads')).body
    expect(items).toHaveLength(1)
  })

  it('belongs to the person: a colleague’s is another, that person at another enterprise is not', async () => {
    const id = randomUUID()
    const mine = (await post('e2', { type: 'ask', id, text: WATER })).body
    const as = async (enterprise: number, sub: string) => {
      const headers = { authorization: `Bearer ${await server.token({ enterprise, sub })}` }
      const body = { type: 'ask', id, text: WATER }
      return (await http(server, null, '/api/commands', { body, headers })).body
    }
    expect((await as(2, 'colleague')).thread).not.toBe(mine.thread)
    expect(await as(3, 'demo-zhou')).toEqual(mine)
  })

  it('is done once for staff too', async () => {
    const thread = await aThread(server, 'waiting')
    const id = randomUUID()
    const first = await did(server, 'li', { type: 'claim', thread, id })
    expect(await did(server, 'li', { type: 'claim', thread, id })).toEqual(first)
    expect(await codeOf(tell(server, 'wang', { type: 'claim', thread, id }))).toBe(
      'already-claimed',
    )
  })
})
