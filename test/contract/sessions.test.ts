import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchStaff } from '../../src/node/staff-watch.ts'
import { Client } from '../support/client.ts'
import { aServer, PASSWORD, type TestServer } from '../support/server.ts'
import { aThread, http } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** What the server does every two seconds. */
const look = () =>
  watchStaff(server.database.db, server.running.sockets.sessions, server.clock.now())
const signedIn = async (username: string) => {
  const cookie = await server.cookie(username)
  return { cookie, client: await Client.open(server, { cookie }) }
}
const me = async (cookie: string) =>
  (await http(server, null, '/api/session', { headers: { cookie } })).status
const signOut = (cookie: string) =>
  http(server, null, '/api/session', { method: 'DELETE', headers: { cookie } })
/** Minutes go by on sockets that are never silent for as long as would close them. */
const passPinging = async (minutes: number, clients: readonly Client[]) => {
  const pongs = ({ frames }: Client) => frames.filter(({ type }) => type === 'pong').length
  for (let i = 0; i < minutes * 2; i++) {
    server.clock.pass(MINUTE / 2)
    const answered = clients.map((client) => {
      const before = pongs(client)
      client.send({ type: 'ping' })
      return client.until(() => pongs(client) > before || undefined)
    })
    await Promise.all(answered)
  }
}
const ended = async (client: Client) => {
  expect(await client.ended()).toMatchObject({ code: 4401 })
  expect(client.frames.at(-1)).toEqual({ type: 'bye', code: 'not-signed-in' })
}

describe('a session', () => {
  it('begins with a cookie that scripts cannot read, and answers with me', async () => {
    const answer = await http(server, null, '/api/session', {
      body: { username: 'wang', password: PASSWORD },
    })
    expect(answer).toMatchObject({ status: 200, body: { me: { name: '王工', role: 'officer' } } })
    const cookie = answer.headers.get('set-cookie')!
    expect(cookie).toMatch(/^shouwen_session=[\w-]{43}; /)
    for (const flag of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(flag)
    expect(cookie).not.toContain('Secure')
    const own = await http(server, null, '/api/session', {
      headers: { cookie: cookie.split(';')[0]! },
    })
    expect(own.body).toEqual(answer.body)
  })

  it('ends with a sign-out, and its sockets with it, but not those of another session', async () => {
    const [one, two] = [await signedIn('wang'), await signedIn('wang')]
    expect((await signOut(one.cookie)).status).toBe(204)
    expect(await me(one.cookie)).toBe(401)
    // no look by hand: the server’s own rounds find it within 5 seconds
    await ended(one.client)
    expect(await me(two.cookie)).toBe(200)
    await look()
    expect(two.client.closed).toBeNull()
  })

  it('ends after 12 hours, however busy', async () => {
    const cookie = await server.cookie('li')
    for (let i = 0; i < 12; i++) {
      expect(await me(cookie)).toBe(200)
      server.clock.pass(i < 11 ? HOUR : HOUR - MINUTE / 2)
    }
    // opened late, so that it ends with the session and not because it was silent
    const client = await Client.open(server, { cookie })
    server.clock.pass(MINUTE / 2 + 1)
    expect(await me(cookie)).toBe(401)
    server.running.sockets.tick(server.clock.now())
    await ended(client)
  })

  it('ends after 2 hours idle; what is done on a socket counts, a ping does not', async () => {
    const [busy, idle] = [await signedIn('li'), await signedIn('zhao')]
    const thread = await aThread(server, 'waiting')
    await look()
    for (let half = 0; half < 4; half++) {
      await passPinging(30, [busy.client, idle.client])
      await busy.client.tell({ type: 'note', thread, text: `${half}` })
      await look()
      if (half < 3) expect(idle.client.closed).toBeNull()
    }
    await ended(idle.client)
    expect(busy.client.closed).toBeNull()
    expect(await me(busy.cookie)).toBe(200)
  })
})

describe('the rights behind a socket', () => {
  it.each([
    ['role', "role = 'curator', desk = null", "role = 'officer', desk = 'water'"],
    ['desk', "desk = 'eia'", "desk = 'water'"],
    ['lock', 'disabled = true', 'disabled = false'],
  ])('end it when they change: %s', async (_, change, back) => {
    const { client } = await signedIn('li')
    const { sql } = server.database
    await sql.unsafe(`update staff set ${change} where username = 'li'`)
    try {
      await look()
      await ended(client)
    } finally {
      await sql.unsafe(`update staff set ${back} where username = 'li'`)
    }
  })

  it('are read anew with every request', async () => {
    const { cookie } = await signedIn('zhao')
    const thread = await aThread(server, 'waiting')
    const path = `/api/threads/${thread}`
    const status = async () => (await http(server, null, path, { headers: { cookie } })).status
    expect(await status()).toBe(404)
    const { sql } = server.database
    await sql`update staff set desk = 'water' where username = 'zhao'`
    expect(await status()).toBe(200)
    await sql`update staff set desk = 'eia' where username = 'zhao'`
    expect(await status()).toBe(404)
  })
})

describe('signing in', () => {
  const attempt = (body: unknown) => http(server, null, '/api/session', { body })

  it('with a wrong password or an unknown name is 401 in the same words', async () => {
    const wrong = await attempt({ username: 'qian', password: 'not-the-password' })
    const unknown = await attempt({ username: 'nobody', password: 'not-the-password' })
    expect(wrong).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
    expect(unknown.body).toEqual(wrong.body)
  })

  it('is locked after five failures, for that account and new sign-ins only', async () => {
    const { cookie } = await signedIn('sun')
    for (let i = 0; i < 5; i++) await attempt({ username: 'sun', password: 'not-the-password' })
    const locked = await attempt({ username: 'sun', password: PASSWORD })
    expect(locked).toMatchObject({ status: 429, body: { code: 'locked' } })
    expect(locked.body.retryAfter).toBeGreaterThan(0)
    expect(locked.body.retryAfter).toBeLessThanOrEqual(15 * 60)
    expect(await me(cookie)).toBe(200)
    expect((await attempt({ username: 'admin', password: PASSWORD })).status).toBe(200)
    server.clock.pass(15 * MINUTE + 1)
    expect((await attempt({ username: 'sun', password: PASSWORD })).status).toBe(200)
  })

  it.each([
    {},
    { username: 'wang' },
    { username: 1, password: 'x' },
    { username: '', password: '' },
  ])('with %j is a bad request', async (body) => {
    expect(await attempt(body)).toMatchObject({ status: 400, body: { code: 'bad-request' } })
  })

  it('with a name of NUL or surrogates is nobody’s', async () => {
    for (const username of ['wa\u0000ng', '\ud800']) {
      expect((await attempt({ username, password: 'not-the-password' })).status).toBe(401)
    }
  })
})
