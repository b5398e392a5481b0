import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { cookieOf, http, tell, WATER } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server[Symbol.asyncDispose]())

let people = 0
/** Somebody new of enterprise 2, with a full bucket. */
const somebody = async () => {
  people += 1
  return server.token({ enterprise: 2, sub: `p${people}` })
}
const open = async (token: string) => Client.open(server, { token })
const pongs = (client: Client) => client.frames.filter(({ type }) => type === 'pong')
const refusals = (client: Client) => client.frames.filter(({ type }) => type === 'refused')

describe('a person', () => {
  it('may send 100 frames at once, hello among them; the next is too-fast', async () => {
    const client = await open(await somebody())
    for (let i = 0; i < 99; i++) client.send({ type: 'ping' })
    const no = await client.tell({ type: 'ask', text: WATER, id: randomUUID() })
    expect(no).toMatchObject({ type: 'refused', code: 'too-fast', retryAfter: expect.any(Number) })
    expect(pongs(client)).toHaveLength(99)
  })

  it('may send again after retryAfter, and 20 a second from then on', async () => {
    const client = await open(await somebody())
    for (let i = 0; i < 99; i++) client.send({ type: 'ping' })
    const no = await client.tell({ type: 'ask', text: WATER })
    server.clock.pass(no.retryAfter * 1000)
    expect(await client.tell({ type: 'ask', text: WATER })).toMatchObject({ type: 'ack' })
    for (let i = 0; i < 30; i++) client.send({ type: 'ping' })
    await client.until(() => (refusals(client).length === 12 ? true : undefined))
    expect(pongs(client)).toHaveLength(99 + 19)
  })

  it('has one measure for all sockets and for HTTP', async () => {
    const token = await somebody()
    const [one, two] = await Promise.all([open(token), open(token)])
    for (let i = 0; i < 97; i++) one.send({ type: 'ping' })
    await one.until(() => pongs(one)[96])
    const headers = { authorization: `Bearer ${token}` }
    expect((await http(server, null, '/api/session', { headers })).status).toBe(200)
    const answer = await http(server, null, '/api/session', { headers })
    expect(answer).toMatchObject({ status: 429, body: { code: 'too-fast', retryAfter: 1 } })
    expect(answer.headers.get('retry-after')).toBe('1')
    two.send({ type: 'ping' })
    await two.until(() => refusals(two)[0])
    expect(pongs(two)).toHaveLength(0)
  })

  it('does not slow down anybody else', async () => {
    const [busy, other] = [await open(await somebody()), await open(await somebody())]
    for (let i = 0; i < 120; i++) busy.send({ type: 'ping' })
    await busy.until(() => refusals(busy)[0])
    expect(await other.tell({ type: 'ask', text: WATER })).toMatchObject({ type: 'ack' })
  })

  it('may open 20 sockets; the next is refused and closes 4429, until one is given up', async () => {
    const token = await somebody()
    const clients = await Promise.all(Array.from({ length: 20 }, () => open(token)))
    expect(clients.every(({ frames }) => frames[0]!.type === 'welcome')).toBe(true)
    const over = await Client.open(server, { token })
    expect(over.frames[0]).toMatchObject({ type: 'refused', code: 'too-fast' })
    expect(await over.ended()).toMatchObject({ code: 4429 })
    clients[0]!.close()
    await clients[0]!.ended()
    const again = await Client.open(server, { token })
    expect(again.frames[0]!.type).toBe('welcome')
  })

  it('is closed 4429 after 200 refusals within 10 s', async () => {
    const client = await open(await somebody())
    for (let i = 0; i < 99; i++) client.send({ type: 'ping' })
    for (let i = 0; i < 199; i++) client.send({ type: 'ping' })
    await client.until(() => refusals(client)[198])
    expect(client.closed).toBeNull()
    client.send({ type: 'ping' })
    expect(await client.ended()).toMatchObject({ code: 4429 })
    expect(refusals(client)).toHaveLength(200)
    expect(client.frames.at(-1)).toMatchObject({ type: 'bye' })
  })

  it('is not closed for 200 refusals over a longer time', async () => {
    const client = await open(await somebody())
    for (let i = 0; i < 30; i++) {
      for (let j = 0; j < 10; j++) client.send({ type: 'nonsense' })
      await client.until(() => refusals(client)[i * 10 + 9])
      server.clock.pass(1000)
    }
    expect(client.closed).toBeNull()
    expect(new Set(refusals(client).map(({ code }) => code))).toEqual(new Set(['bad-request']))
  })
})

describe('a size', () => {
  it('of a body above 64 KiB is too-large', async () => {
    const body = { type: 'ask', id: randomUUID(), text: WATER, pad: 'x'.repeat(65_536) }
    const answer = await http(server, 'e0', '/api/commands', { body })
    expect(answer).toMatchObject({ status: 413, body: { code: 'too-large' } })
  })

  it('of a body that is announced in no header is measured too', async () => {
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('x'.repeat(60_000)))
      },
    })
    const response = await fetch(`${server.url}/api/commands`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await server.token(0)}`,
        'content-type': 'application/json',
      },
      body: stream,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
  })

  it('is looked at after who is calling and before what is said', async () => {
    const body = 'x'.repeat(70_000)
    const headers = { 'content-type': 'application/json' }
    const options = { method: 'POST', body, headers }
    expect((await http(server, null, '/api/commands', options)).status).toBe(401)
    expect((await http(server, 'wang', '/api/commands', options)).status).toBe(413)
    expect(await cookieOf(server, 'wang')).toContain('shouwen_session=')
  })
})

describe('whoever says not who it is', () => {
  it('has one measure an address for searching and suggesting', async () => {
    server.clock.pass(60_000)
    const get = async (what: string) => (await http(server, null, `/api/faq/${what}?q=补贴`)).status
    const told = await Promise.all(
      Array.from({ length: 102 }, (_, i) => get(i % 2 ? 'search' : 'suggest')),
    )
    expect(told.filter((status) => status === 200)).toHaveLength(100)
    expect(told.filter((status) => status === 429)).toHaveLength(2)
    expect([await get('search'), await get('suggest')]).toEqual([429, 429])
    server.clock.pass(1_000)
    expect([await get('search'), await get('suggest')]).toEqual([200, 200])
  })

  it('is measured by address, bad tokens included', async () => {
    server.clock.pass(60_000)
    const headers = { authorization: 'Bearer nonsense' }
    const ask = () => http(server, null, '/api/faq/suggest?q=水', { headers })
    for (let i = 0; i < 100; i++) expect((await ask()).status).toBe(401)
    expect((await ask()).body.code).toBe('too-fast')
    expect((await http(server, null, '/api/faq/suggest?q=水')).body.code).toBe('too-fast')
    // somebody who is known has a measure of their own, from the same address
    const client = await open(await somebody())
    expect(client.frames[0]!.type).toBe('welcome')
    expect(await tell(server, 'e1', { type: 'ask', text: WATER })).toMatchObject({ status: 200 })
  })
})
