import type { IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { Client, type Connect } from '../support/client.ts'
import { aServer, PASSWORD, type TestServer } from '../support/server.ts'
import { cookieOf, http, WATER } from './support.ts'

const ALLOWED = 'https://platform.example.gov.cn'
const OTHERS = [
  'https://evil.example',
  'null',
  'https://platform.example.gov.cn.evil.example',
  'http://platform.example.gov.cn',
  'https://platform.example.gov.cn:8443',
  '',
]

let server: TestServer
let token: string
let cookie: string
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off', ALLOWED_ORIGINS: ALLOWED } })
  token = await server.token(0)
  cookie = await cookieOf(server, 'wang')
})
afterAll(() => server[Symbol.asyncDispose]())

/** The first frame, or the status with which the upgrade was refused. */
async function upgraded(connect: Connect): Promise<string> {
  try {
    const client = await Client.open(server, connect)
    const [{ type, code }] = client.frames as [Record<string, string>]
    client.close()
    return type === 'refused' ? `${type} ${code}` : String(type)
  } catch (error) {
    return (error as Error).message
  }
}
const protocols = () => ['shouwen.v1', `shouwen.token.${token}`]

describe('an upgrade', () => {
  it.each([
    ['own origin and cookie', () => ({ cookie }), 'welcome'],
    ['no origin and cookie', () => ({ cookie, origin: null }), 'status 403'],
    ['an allowed origin and cookie', () => ({ cookie, origin: ALLOWED }), 'status 403'],
    ['own origin and token', () => ({ token }), 'welcome'],
    ['no origin and token', () => ({ token, origin: null }), 'welcome'],
    ['an allowed origin and token', () => ({ token, origin: ALLOWED }), 'welcome'],
    [
      'an allowed origin and token as subprotocol',
      () => ({ protocols: protocols(), origin: ALLOWED }),
      'welcome',
    ],
    [
      'no origin, cookie and token as subprotocol',
      () => ({ cookie, protocols: protocols(), origin: null }),
      'welcome',
    ],
    [
      'no origin, cookie, and a token that comes with hello',
      () => ({ cookie, token, origin: null }),
      'status 403',
    ],
    ['no origin and nothing', () => ({ origin: null }), 'refused not-signed-in'],
  ] as [string, () => Connect, string][])('with %s', async (_, connect, expected) => {
    expect(await upgraded(connect())).toBe(expected)
  })

  it.each(OTHERS)('from the origin “%s” gets 403 whatever it carries', async (origin) => {
    expect(await upgraded({ origin })).toBe('status 403')
    expect(await upgraded({ origin, token })).toBe('status 403')
    expect(await upgraded({ origin, cookie })).toBe('status 403')
    expect(await upgraded({ origin, protocols: protocols() })).toBe('status 403')
  })

  it.each(['/', '/x', '//', '/wss', '/ws/', '/%77s', '/api/commands'])(
    'at %s instead of /ws is not found',
    async (path) => {
      const ws = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, 'shouwen.v1')
      const status = await new Promise((resolve) => {
        ws.on('unexpected-response', (_, response) => resolve(response.statusCode))
        ws.on('error', resolve)
      })
      expect(status).toBe(404)
    },
  )

  it('that is refused says why, in the words of every refusal', async () => {
    const ws = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, 'shouwen.v1', {
      headers: { origin: 'https://evil.example', 'accept-language': 'en' },
    })
    const response = await new Promise<IncomingMessage>((resolve) =>
      ws.on('unexpected-response', (_, answer) => resolve(answer)),
    )
    expect(response.headers['content-type']).toContain('application/problem+json')
    expect(await json(response)).toEqual({
      type: 'about:blank',
      title: 'You may not do this.',
      status: 403,
      code: 'not-allowed',
      message: 'You may not do this.',
    })
  })

  it('never takes a token from its URL', async () => {
    const ws = new WebSocket(`${server.url.replace('http', 'ws')}/ws?token=${token}`, 'shouwen.v1')
    ws.once('open', () => ws.send('{"type":"hello","v":1}'))
    const code = await new Promise((resolve) => ws.once('close', resolve))
    expect(code).toBe(4401)
  })
})

const wrote = { body: { type: 'ask', id: '0190a000-0000-7000-8000-000000000000', text: WATER } }
const asked = (path: string, headers: Record<string, string>, more: object = {}) =>
  http(server, null, path, { origin: null, headers, ...more }).then(({ status }) => status)

describe('a cookie', () => {
  it('counts on GET with own origin or none, and is nothing with an allowed one', async () => {
    expect(await asked('/api/session', { cookie })).toBe(200)
    expect(await asked('/api/session', { cookie, origin: server.url })).toBe(200)
    expect(await asked('/api/session', { cookie, origin: ALLOWED })).toBe(401)
    expect(await asked('/api/session', { cookie, origin: 'https://evil.example' })).toBe(403)
  })

  it('on a request that changes something needs own origin', async () => {
    const body = { ...wrote, body: { ...wrote.body, type: 'claim', thread: 'x' } }
    expect(await asked('/api/commands', { cookie, origin: server.url }, body)).toBe(404)
    for (const origin of [undefined, ALLOWED, ...OTHERS.filter(Boolean)]) {
      const headers = { cookie, ...(origin ? { origin } : {}) }
      expect([origin, await asked('/api/commands', headers, body)]).toEqual([origin, 403])
      expect(await asked('/api/session', headers, { method: 'DELETE' })).toBe(403)
    }
    expect(await asked('/api/session', { cookie })).toBe(200)
  })

  it('loses to a token, which does not end the cookie’s session', async () => {
    const headers = { cookie, authorization: `Bearer ${token}` }
    const answer = await http(server, null, '/api/session', { headers, origin: null })
    expect(answer.body.me.role).toBe('enterprise')
    expect(await asked('/api/session', headers, { method: 'DELETE' })).toBe(204)
    expect(await asked('/api/session', { cookie })).toBe(200)
    expect(await asked('/api/session', { cookie, authorization: 'Bearer x' })).toBe(401)
    expect(await asked('/api/session', { cookie, authorization: 'Basic x' })).toBe(401)
  })
})

describe('signing in', () => {
  const signIn = (headers: Record<string, string>) =>
    asked('/api/session', headers, { body: { username: 'li', password: PASSWORD } })

  it('may lack an origin, also where a cookie is there already', async () => {
    expect(await signIn({})).toBe(200)
    expect(await signIn({ cookie })).toBe(200)
    expect(await signIn({ origin: server.url })).toBe(200)
  })

  it('is not for other origins, allowed or not', async () => {
    for (const origin of [ALLOWED, ...OTHERS.filter(Boolean)]) {
      expect([origin, await signIn({ origin })]).toEqual([origin, 403])
    }
  })
})

describe('CORS', () => {
  it('answers OPTIONS without an origin like one from our own', async () => {
    for (const origin of [null, server.url]) {
      const answer = await http(server, null, '/api/threads', { method: 'OPTIONS', origin })
      expect(answer.status).toBe(204)
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    }
  })

  it('answers an allowed origin, never with credentials', async () => {
    const preflight = await http(server, null, '/api/commands', {
      method: 'OPTIONS',
      origin: ALLOWED,
      headers: {
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe(ALLOWED)
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST')
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(
      /authorization.*content-type/,
    )
    const headers = { authorization: `Bearer ${token}` }
    for (const path of ['/api/threads', '/api/threads/x', '/api/nothing']) {
      const answer = await http(server, null, path, { origin: ALLOWED, headers })
      expect(answer.headers.get('access-control-allow-origin')).toBe(ALLOWED)
      expect(answer.headers.get('vary')?.toLowerCase()).toContain('origin')
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    }
  })

  it('answers nobody else', async () => {
    for (const origin of OTHERS.filter(Boolean)) {
      for (const method of ['GET', 'OPTIONS', 'POST']) {
        const answer = await http(server, null, '/api/faq/suggest?q=水', { method, origin })
        expect(answer).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
        expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      }
    }
  })
})
