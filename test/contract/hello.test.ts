import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, connect, cookieOf, did, keysOf, WATER } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const bare = (more = {}) => Client.open(server, { hello: false, ...more })

describe('welcome', () => {
  it('tells an enterprise who it is, the time, the limits and its open threads', async () => {
    const thread = await aThread(server, 'waiting')
    const client = await connect(server, 'e0')
    const [welcome] = client.frames
    expect(keysOf(welcome!)).toEqual(['desks', 'limits', 'me', 'now', 'threads', 'type'])
    expect(welcome!.me).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: '陈晓敏',
      role: 'enterprise',
      enterprise: expect.objectContaining({ uscc: '91330199MA2F7K4X27' }),
    })
    expect(welcome!.now).toBe('2026-11-24T02:00:00.000Z')
    expect(welcome!.limits).toMatchObject({ frame: 65536, text: 4000, resume: 50, watches: 100 })
    expect(welcome!.threads.map(({ id }: { id: string }) => id)).toContain(thread)
    expect(JSON.stringify(welcome)).not.toContain('demo-chen')
  })

  it('tells staff their role and desks', async () => {
    const [wang, sun] = await Promise.all([connect(server, 'wang'), connect(server, 'sun')])
    expect(wang.frames[0]!.me).toEqual({
      id: expect.any(String),
      name: '王工',
      role: 'officer',
      desk: 'water',
      desks: ['water'],
    })
    expect(sun.frames[0]!.me).toMatchObject({ role: 'supervisor', desks: ['water', 'eia'] })
    expect(sun.frames[0]!.me).not.toHaveProperty('desk')
  })

  it('names the 20 newest open threads that resume does not name', async () => {
    const asked: string[] = []
    for (let i = 0; i < 23; i++) {
      server.clock.pass(1000)
      asked.unshift((await did(server, 'e1', { type: 'ask', text: WATER })).thread)
    }
    await did(server, 'e1', { type: 'cancel', thread: asked[1]! })
    const [resumed, closed, ...rest] = asked
    const client = await connect(server, 'e1', { resume: { [resumed!]: 0 } })
    const named = client.frames[0]!.threads.map(({ id }: { id: string }) => id)
    expect(named).toEqual(rest.slice(0, 20))
    expect(named).not.toContain(closed)
  })

  it('comes again with a second hello of the same person', async () => {
    const client = await connect(server, 'e0')
    client.send({ type: 'hello', v: 1, token: await server.token(0) })
    await client.until(() => client.frames.filter(({ type }) => type === 'welcome')[1])
    client.send({ type: 'hello', v: 1 })
    await client.until(() => client.frames.filter(({ type }) => type === 'welcome')[2])
    expect(client.closed).toBeNull()
  })

  it('takes what is sent right behind hello without waiting for welcome', async () => {
    const client = await bare()
    client.send({ type: 'hello', v: 1, token: await server.token(0) })
    client.send({ type: 'ping' })
    const ack = await client.tell({ type: 'ask', text: WATER })
    expect(ack).toMatchObject({ type: 'ack', seq: 1 })
    expect(client.frames[0]!.type).toBe('welcome')
    await client.next(({ type }) => type === 'pong')
  })
})

describe('a first frame', () => {
  it.each([
    ['a command', { type: 'ask', id: '00000000-0000-4000-8000-000000000001', text: 'x' }],
    ['a ping', { type: 'ping' }],
    ['a hello without a version', { type: 'hello' }],
    ['a hello of another version', { type: 'hello', v: 2 }],
    ['a hello whose version is text', { type: 'hello', v: '1' }],
    ['an unknown type', { type: 'login' }],
    ['no object', []],
  ])('that is %s closes 4400 after a bye', async (_, frame) => {
    const client = await bare()
    client.send(frame)
    expect(await client.ended()).toMatchObject({ code: 4400 })
    expect(client.frames).toEqual([{ type: 'bye', code: expect.any(String) }])
  })

  it('that is no JSON, or not text, closes 4400', async () => {
    const [garbage, binary] = [await bare(), await bare()]
    garbage.ws.send('{"type":"hello"')
    binary.ws.send(Buffer.from('{"type":"hello","v":1}'), { binary: true })
    expect(await garbage.ended()).toMatchObject({ code: 4400 })
    expect(await binary.ended()).toMatchObject({ code: 4400 })
  })

  it('that is a hello with a malformed resume is refused, and closes 4400', async () => {
    const token = await server.token(0)
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, 0]))
    for (const resume of [many, { x: -1 }, { x: '1' }, { x: 1.5 }, [], 'x']) {
      const client = await bare()
      client.send({ type: 'hello', v: 1, token, resume })
      expect(await client.ended()).toMatchObject({ code: 4400 })
      expect(client.frames[0]).toMatchObject({ type: 'refused', code: 'bad-request' })
      expect(client.frames.some(({ type }) => type === 'welcome')).toBe(false)
    }
  })
})

describe('a hello', () => {
  it('without token and cookie is refused, then 4401', async () => {
    const client = await bare()
    client.send({ type: 'hello', v: 1 })
    expect(await client.ended()).toMatchObject({ code: 4401 })
    expect(client.frames).toEqual([
      { type: 'refused', code: 'not-signed-in', message: expect.any(String) },
    ])
  })

  it.each([
    ['that is no JWT', 'abc'],
    ['that is empty', ''],
    ['that is a number', 5],
    ['that is longer than any', 'x'.repeat(9000)],
  ])('with a first token %s is refused token-invalid, then 4401', async (_, token) => {
    const client = await bare({ cookie: await cookieOf(server, 'wang') })
    client.send({ type: 'hello', v: 1, token })
    expect(await client.ended()).toMatchObject({ code: 4401 })
    expect(client.frames[0]).toMatchObject({ type: 'refused', code: 'token-invalid' })
  })

  it('with an expired first token is refused token-expired, then 4401', async () => {
    const client = await bare()
    const token = await server.token(0, 60)
    server.clock.pass(121_000)
    client.send({ type: 'hello', v: 1, token })
    expect(await client.ended()).toMatchObject({ code: 4401 })
    expect(client.frames[0]).toMatchObject({ type: 'refused', code: 'token-expired' })
  })

  it('with a bad second token is refused and changes nothing', async () => {
    const client = await connect(server, 'e0')
    client.send({ type: 'hello', v: 1, token: 'abc' })
    await client.next(({ code }) => code === 'token-invalid')
    expect(await client.tell({ type: 'ask', text: WATER })).toMatchObject({ type: 'ack' })
  })

  it('of another person closes 4403 after a bye', async () => {
    for (const who of ['e0', 'wang'] as const) {
      const client = await connect(server, who)
      client.send({ type: 'hello', v: 1, token: await server.token(1) })
      expect(await client.ended()).toMatchObject({ code: 4403 })
      expect(client.frames.at(-1)).toEqual({ type: 'bye', code: 'not-allowed' })
    }
  })

  it('takes the token of a subprotocol, and selects shouwen.v1', async () => {
    const token = await server.token(0)
    const client = await Client.open(server, {
      protocols: ['shouwen.v1', `shouwen.token.${token}`],
      origin: null,
    })
    expect(client.ws.protocol).toBe('shouwen.v1')
    expect(client.frames[0]).toMatchObject({ type: 'welcome', me: { role: 'enterprise' } })
  })

  it('takes the token of an Authorization header, and nothing instead of a bad one', async () => {
    const cookie = await cookieOf(server, 'wang')
    const authorization = `Bearer ${await server.token(0)}`
    const client = await Client.open(server, { cookie, authorization })
    expect(client.frames[0]).toMatchObject({ type: 'welcome', me: { role: 'enterprise' } })
    for (const bad of ['Bearer x', 'Basic eDp5']) {
      const refused = await Client.open(server, { cookie, authorization: bad })
      expect(refused.frames[0]).toMatchObject({ type: 'refused', code: 'token-invalid' })
      expect((await refused.ended()).code).toBe(4401)
    }
  })

  it('with a token wins over the cookie of the upgrade', async () => {
    const cookie = await cookieOf(server, 'wang')
    const client = await Client.open(server, { cookie, token: await server.token(0) })
    expect(client.frames[0]!.me.role).toBe('enterprise')
  })

  it('gets refusals in the language of the upgrade, Chinese where it names none', async () => {
    for (const [language, message] of [
      ['en-GB', 'Please sign in.'],
      ['zh', '请先登录。'],
      ['zh;q=0.1, en;q=0.9', 'Please sign in.'],
      ['en;q=0, zh;q=0.2', '请先登录。'],
      ['fr, en;q=0.5, zh;q=0.5', 'Please sign in.'],
      ['en;q=x', '请先登录。'],
      [undefined, '请先登录。'],
    ] as const) {
      const client = await bare(language === undefined ? {} : { language })
      client.send({ type: 'hello', v: 1 })
      const no = await client.next(({ type }) => type === 'refused')
      expect(no.message).toBe(message)
    }
  })

  it('resumes no prototypes', async () => {
    const client = await bare()
    const token = await server.token(0)
    client.ws.send(
      `{"type":"hello","v":1,"token":"${token}","resume":{"__proto__":0,"constructor":1,"x":2}}`,
    )
    await client.next(({ thread, code }) => thread === 'x' && code === 'not-found')
    expect(client.frames[0]!.type).toBe('welcome')
    expect(await client.tell({ type: 'ask', text: WATER })).toMatchObject({ type: 'ack' })
  })
})
