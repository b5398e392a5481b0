import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { append, aThread, byOf, connect, upTo, WATER } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
let isStopped = false
afterAll(async () => {
  if (!isStopped) await server[Symbol.asyncDispose]()
})

const tick = (seconds: number) => {
  server.clock.pass(seconds * 1000)
  server.running.sockets.tick(server.clock.now())
}
/** Waits until the server has heard everything that this client sent. */
const heard = async (client: Client) => {
  const pongs = client.frames.filter(({ type }) => type === 'pong').length
  client.send({ type: 'ping' })
  await client.until(() => client.frames.filter(({ type }) => type === 'pong')[pongs])
}

describe('4401 not identified', () => {
  it('ends a socket that says no hello within 10 s', async () => {
    const client = await Client.open(server, { hello: false })
    tick(10)
    expect(client.closed).toBeNull()
    tick(1)
    expect(await client.ended()).toMatchObject({ code: 4401 })
    expect(client.frames[0]).toMatchObject({ type: 'refused', code: 'not-signed-in' })
  })

  it('ends a socket 60 s after its token, with a bye', async () => {
    const client = await Client.open(server, { token: await server.token(0, 50) })
    tick(55)
    await heard(client)
    tick(54)
    await heard(client)
    expect(client.closed).toBeNull()
    tick(2)
    expect(await client.ended()).toMatchObject({ code: 4401 })
    expect(client.frames.at(-1)).toEqual({ type: 'bye', code: 'token-expired' })
  })

  it('does nothing for a frame that comes after the end of its token', async () => {
    const client = await Client.open(server, { token: await server.token(0, 10) })
    server.clock.pass(71_000)
    client.send({ type: 'ask', id: crypto.randomUUID(), text: WATER })
    expect(await client.ended()).toMatchObject({ code: 4401 })
    expect(client.frames.map(({ type }) => type)).toEqual(['welcome', 'bye'])
  })

  it('spares a socket that renewed its token by a second hello', async () => {
    const client = await Client.open(server, { token: await server.token(0, 50) })
    tick(50)
    client.send({ type: 'hello', v: 1, token: await server.token(0, 300) })
    await client.until(() => client.frames.filter(({ type }) => type === 'welcome')[1])
    for (let i = 0; i < 3; i++) {
      tick(50)
      await heard(client)
    }
    expect(client.closed).toBeNull()
  })
})

describe('4408 silent', () => {
  it('ends a socket from which nothing came for 60 s; a ping is enough', async () => {
    const client = await connect(server, 'e0')
    tick(59)
    await heard(client)
    tick(60)
    expect(client.closed).toBeNull()
    tick(1)
    expect(await client.ended()).toMatchObject({ code: 4408 })
    expect(client.frames.at(-1)).toMatchObject({ type: 'bye' })
  })
})

describe('1009 too large', () => {
  it('answers a frame of 64 KiB and one byte; 64 KiB are read', async () => {
    const [fits, other] = await Promise.all([connect(server, 'e0'), connect(server, 'e1')])
    const frame = (size: number) => {
      const empty = JSON.stringify({ type: 'ping', pad: '' })
      return JSON.stringify({ type: 'ping', pad: 'x'.repeat(size - empty.length) })
    }
    fits.ws.send(frame(64 * 1024))
    await fits.next(({ type }) => type === 'pong')
    fits.ws.send(frame(64 * 1024 + 1))
    expect(await fits.ended()).toMatchObject({ code: 1009 })
    await heard(other)
  })
})

describe('4410 reads too slowly', () => {
  it('cuts a reader that leaves more than a mebibyte, who resumes without gap or repeat', async () => {
    const thread = await aThread(server, 'held')
    const by = await byOf(server, 'wang')
    const reader = await connect(server, 'e0')
    const seen = reader.frames[0]!.threads.find((t: { id: string }) => t.id === thread).seq
    reader.ws.pause()
    const session = [...server.running.sockets.sessions].at(-1)!
    const say = { kind: 'said', by, body: { text: '🏭'.repeat(4000) } } as const
    let head = seen
    while (!session.isOver) {
      if (head > 4_000) throw new Error('it was never cut')
      head = (await append(server, thread, ...Array.from({ length: 50 }, () => say))) + 49
    }
    reader.ws.resume()
    expect(await reader.ended()).toMatchObject({ code: 4410 })
    const before = reader.entries(thread).map(({ seq }) => seq)
    expect(before).toEqual(upTo(seen + before.length, seen + 1))
    const last = seen + before.length
    const again = await connect(server, 'e0', { resume: { [thread]: last } })
    for (let at = last; at < head; ) {
      const { seq } = await again.next(
        (f) => f.type === 'watched' && f.thread === thread && f.seq > at,
      )
      at = seq
      if (at < head) again.send({ type: 'watch', thread, after: at })
    }
    expect(again.entries(thread).map(({ seq }) => seq)).toEqual(upTo(head, last + 1))
  })
})

describe('1001 going away', () => {
  it('is said with a bye to everybody when the process stops', async () => {
    const clients = await Promise.all([connect(server, 'e0'), connect(server, 'wang')])
    isStopped = true
    await server[Symbol.asyncDispose]()
    for (const client of clients) {
      expect(await client.ended()).toMatchObject({ code: 1001 })
      expect(client.frames.at(-1)).toMatchObject({ type: 'bye' })
    }
  })
})
