import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, PASSWORD, type TestServer } from '../support/server.ts'
import { connect, http } from './support.ts'

const TOKEN = 'metrics-token-of-a-test'
let server: TestServer
let guarded: TestServer
beforeAll(async () => {
  server = await aServer()
  guarded = await aServer({ env: { METRICS_TOKEN: TOKEN, TRUST_PROXY: '127.0.0.1' } })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await guarded[Symbol.asyncDispose]()
})

const metrics = async (from: TestServer, headers: Record<string, string> = {}) =>
  (await http(from, null, '/metrics', { headers })).status

describe('behind a proxy that speaks TLS', () => {
  const signIn = (from: TestServer, proto: string, origin: string) =>
    http(from, null, '/api/session', {
      origin,
      headers: { 'x-forwarded-proto': proto },
      body: { username: 'wang', password: PASSWORD },
    })
  const tls = ({ url }: TestServer) => url.replace('http:', 'https:')

  it('a trusted one: the cookie is Secure, and our own origin begins with https', async () => {
    const { status, headers } = await signIn(guarded, 'https', tls(guarded))
    expect(status).toBe(200)
    const [cookie = '', ...flags] = headers.get('set-cookie')!.split('; ')
    expect(flags).toContain('Secure')
    const more = { cookie, 'x-forwarded-proto': 'https' }
    const me = await http(guarded, null, '/api/session', { origin: tls(guarded), headers: more })
    expect(me.body).toMatchObject({ me: { role: 'officer' } })
  })

  it('a trusted one that was spoken to without TLS: as without it', async () => {
    expect((await signIn(guarded, 'https, http', tls(guarded))).status).toBe(403)
    const { headers } = await signIn(guarded, 'http', guarded.url)
    expect(headers.get('set-cookie')).not.toContain('Secure')
  })

  it('an unknown one is not believed', async () => {
    expect((await signIn(server, 'https', tls(server))).status).toBe(403)
    const { headers } = await signIn(server, 'https', server.url)
    expect(headers.get('set-cookie')).not.toContain('Secure')
  })
})

describe('/metrics', () => {
  it('without a token is for callers on this machine, and not for those behind a proxy here', async () => {
    expect(await metrics(server)).toBe(200)
    expect(await metrics(server, { 'x-forwarded-for': '203.0.113.9' })).toBe(404)
    expect(await metrics(server, { forwarded: 'for=203.0.113.9' })).toBe(404)
  })

  it('with a token is for whoever has it', async () => {
    expect(await metrics(guarded)).toBe(404)
    expect(await metrics(guarded, { authorization: 'Bearer x' })).toBe(404)
    expect(await metrics(guarded, { authorization: `Bearer ${TOKEN}` })).toBe(200)
  })

  it('counts commands, decisions and connections, and says nothing about anybody', async () => {
    const chen = await connect(server, 'e0')
    await chen.tell({ type: 'ask', text: '机密的问题' })
    const { text, headers } = await http(server, null, '/metrics')
    expect(headers.get('content-type')).toContain('text/plain')
    expect(text).toMatch(/shouwen_commands_total\{type="ask",outcome="ack"\} 1/)
    expect(text).toMatch(/shouwen_connections 1/)
    expect(text).toMatch(/shouwen_decisions_total\{decision="\w+"\} 1/)
    expect(text).not.toMatch(/机密|陈晓敏|91330199/)
  })
})

describe('health', () => {
  it('is told to anyone without detail', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect(await http(server, null, path)).toMatchObject({ status: 200, body: { ok: true } })
    }
  })
})
