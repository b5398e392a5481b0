import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Frame } from '../support/client.ts'
import { aServer, SECRET, type TestServer } from '../support/server.ts'
import { aThread, http, WATER } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const now = () => server.clock.now().getTime() / 1000
const enterprise = { uscc: '91330199MA2F7K4X27', name: '清源印染有限公司' }
/** A token as some host platform would sign it, with these claims instead of the right ones. */
const token = (claims: Record<string, unknown> = {}, secret = SECRET, alg = 'HS256') =>
  new SignJWT({
    aud: 'shouwen',
    iss: 'host',
    sub: 'somebody',
    name: '某人',
    exp: now() + 3600,
    enterprise,
    ...claims,
  })
    .setProtectedHeader({ alg })
    .sign(new TextEncoder().encode(secret))
const asked = async (jwt: string, path = '/api/session', body?: unknown) =>
  http(server, null, path, {
    headers: { authorization: `Bearer ${jwt}` },
    ...(body === undefined ? {} : { body }),
  })
const me = async (claims: Record<string, unknown> = {}) =>
  (await asked(await token(claims))).body.me

describe('a token', () => {
  it.each([
    ['another audience', { aud: 'other' }, 'token-invalid'],
    ['no expiry', { exp: undefined }, 'token-invalid'],
    ['an expiry in 25 hours', { exp: 25 * 3600 }, 'token-invalid'],
    ['an expiry a minute and a second ago', { exp: -61 }, 'token-expired'],
    ['a beginning in the future', { nbf: 120 }, 'token-invalid'],
    ['no subject', { sub: undefined }, 'token-invalid'],
    ['no name', { name: ' ' }, 'token-invalid'],
    ['no enterprise', { enterprise: undefined }, 'token-invalid'],
    [
      'a wrong check character',
      { enterprise: { ...enterprise, uscc: '91330199MA2F7K4X28' } },
      'token-invalid',
    ],
    ['a code that is no text', { enterprise: { ...enterprise, uscc: 1 } }, 'token-invalid'],
  ])('with %s is refused', async (_, claims, code) => {
    const timed = Object.entries(claims).map(([key, value]) =>
      typeof value === 'number' ? [key, now() + value] : [key, value],
    )
    const answer = await asked(await token(Object.fromEntries(timed)))
    expect(answer).toMatchObject({ status: 401, body: { code } })
    expect(answer.headers.get('www-authenticate')).toContain('Bearer')
  })

  it('counts for a minute after its expiry, and up to a day before it', async () => {
    for (const life of [-59, 24 * 3600]) expect((await me({ exp: now() + life })).name).toBe('某人')
  })

  it('signed with another key or by none is invalid', async () => {
    const none = `${btoa('{"alg":"none"}')}.${(await token()).split('.')[1]}.`.replaceAll('=', '')
    const other = await token({}, 'another-secret-of-thirty-two-bytes')
    const longer = await token({}, SECRET.repeat(2), 'HS512')
    for (const jwt of [none, other, longer, `${await token()}x`]) {
      expect((await asked(jwt)).body.code).toBe('token-invalid')
    }
  })
})

describe('a person', () => {
  it('is the same with every token of that issuer and subject, whatever the enterprise', async () => {
    const { id } = await me()
    expect((await me({ exp: now() + 60 })).id).toBe(id)
    const moved = { uscc: '91330199MAC8R3TQ98', name: '恒瑞达电子科技有限公司' }
    expect(await me({ enterprise: moved })).toMatchObject({ id, enterprise: moved })
    expect((await me({ iss: 'other' })).id).not.toBe(id)
    expect((await me({ sub: 'other' })).id).not.toBe(id)
  })

  it('is named beside entries as the newest token says, and subject and issuer stay inside', async () => {
    const thread = await aThread(server, 'held')
    const jwt = await token({ sub: 'secret-subject', iss: 'secret-issuer', name: '旧名' })
    const say = { type: 'say', id: crypto.randomUUID(), thread, text: '补充' }
    expect((await asked(jwt, '/api/commands', say)).status).toBe(200)
    await asked(await token({ sub: 'secret-subject', iss: 'secret-issuer', name: '新名' }))
    const { body, text } = await http(server, 'wang', `/api/threads/${thread}/entries`)
    const said = body.items.find(({ kind }: Frame) => kind === 'said')
    expect(said).toMatchObject({ name: '新名', by: { role: 'enterprise' } })
    expect(text).not.toMatch(/secret-subject|secret-issuer|旧名/)
  })

  it('has no marks in its name that turn or hide writing', async () => {
    const { name } = await me({ sub: 'rtl', name: '李\u202e工\u200b\u0000' })
    for (const mark of ['\u202e', '\u200b', '\u0000']) expect(name).not.toContain(mark)
  })

  it('may carry unknown claims, which give no rights', async () => {
    const claims = { role: 'admin', desks: ['water'], scope: '*', sub: 'greedy' }
    expect(await me(claims)).toMatchObject({ role: 'enterprise' })
    const answer = await asked(await token(claims), '/api/directory')
    expect(answer).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  })
})

describe('time', () => {
  it('never runs backwards within a thread, though the clock does', async () => {
    const thread = await aThread(server, 'held')
    const before = server.clock.now().toISOString()
    server.clock.pass(-5_000)
    const say = { type: 'say', id: crypto.randomUUID(), thread, text: '在吗' }
    const { seq } = (await asked(await token(), '/api/commands', say)).body
    server.clock.pass(5_000)
    const { items } = (await http(server, 'e0', `/api/threads/${thread}/entries`)).body
    expect(items[seq - 1].at).toBe(before)
    const ask = { type: 'ask', id: crypto.randomUUID(), text: WATER }
    expect((await asked(await token(), '/api/commands', ask)).status).toBe(200)
  })
})
