import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createTokenVerifier } from '../../src/identity/token.ts'
import { Clock, HOUR, MINUTE, SECOND } from './support.ts'

const enterprise = { uscc: '91330199MA2F7K4X27', name: '清源印染有限公司' }

async function aKey(alg: string, kid: string = alg) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }
  const sign = (now: Date, header = {}) =>
    new SignJWT({ name: '陈晓敏', enterprise })
      .setProtectedHeader({ alg, kid, ...header })
      .setIssuer('host')
      .setSubject('u-1')
      .setAudience('shouwen')
      .setExpirationTime(Math.floor(now.getTime() / 1000) + 3600)
      .sign(privateKey)
  return { jwk, sign }
}

/** A host platform's key server, as the test wants it to be. */
class KeyServer {
  readonly clock = new Clock()
  keys: JWK[] = []
  asked = 0
  answer = async (): Promise<Response> => Response.json({ keys: this.keys })
  readonly verify

  constructor(...keys: { jwk: JWK }[]) {
    this.keys = keys.map(({ jwk }) => jwk)
    this.verify = createTokenVerifier({
      jwksUrl: 'https://host.test/jwks',
      fetch: () => {
        this.asked++
        return this.answer()
      },
    })
  }

  async check(key: Awaited<ReturnType<typeof aKey>>, header = {}) {
    const verdict = await this.verify(await key.sign(this.clock.now, header), this.clock.now)
    return 'refused' in verdict ? verdict.refused : verdict.sub
  }

  goAway() {
    this.answer = () => Promise.reject(new TypeError('fetch failed'))
  }

  comeBack() {
    this.answer = async () => Response.json({ keys: this.keys })
  }
}

const RSA = await aKey('RS256')
const EC = await aKey('ES256')

describe('the keys of a host platform', () => {
  it.each(['RS256', 'ES256', 'EdDSA'])('of %s are believed', async (alg) => {
    const key = await aKey(alg)
    expect(await new KeyServer(key).check(key)).toBe('u-1')
  })

  it.each(['PS256', 'ES384', 'RS512'])('of %s are not, although it publishes them', async (alg) => {
    const key = await aKey(alg)
    expect(await new KeyServer(key).check(key)).toBe('token-invalid')
  })

  it('are no secrets: HS256 signed with the public key is invalid (S01)', async () => {
    const server = new KeyServer(RSA, EC)
    await server.check(RSA)
    for (const text of [JSON.stringify(RSA.jwk), RSA.jwk.n ?? '', EC.jwk.x ?? '']) {
      const token = await new SignJWT({ name: 'x', enterprise })
        .setProtectedHeader({ alg: 'HS256', kid: 'RS256' })
        .setIssuer('host')
        .setSubject('u-1')
        .setAudience('shouwen')
        .setExpirationTime(Math.floor(server.clock.now.getTime() / 1000) + 3600)
        .sign(new TextEncoder().encode(text.padEnd(32, 'x')))
      const verdict = await server.verify(token, server.clock.now)
      expect(verdict).toMatchObject({ refused: 'token-invalid' })
    }
  })

  it('are those of the server alone, not of the token: kid, jku, jwk (S01)', async () => {
    const [server, attacker] = [new KeyServer(RSA), await aKey('RS256')]
    const headers = [
      {},
      { kid: '../../dev/null' },
      { jku: 'https://evil.test/jwks' },
      { jwk: attacker.jwk },
    ]
    for (const header of headers) expect(await server.check(attacker, header)).toBe('token-invalid')
  })

  it('are asked for once, then again after ten minutes', async () => {
    const server = new KeyServer(RSA)
    for (let n = 0; n < 5; n++) await server.check(RSA)
    expect(server.asked).toBe(1)
    server.clock.pass(10 * MINUTE + SECOND)
    expect(await server.check(RSA)).toBe('u-1')
    expect(server.asked).toBe(2)
  })

  it('are asked for once by callers who come at once', async () => {
    const server = new KeyServer(RSA)
    const answers = await Promise.all(Array.from({ length: 9 }, () => server.check(RSA)))
    expect(new Set(answers)).toEqual(new Set(['u-1']))
    expect(server.asked).toBe(1)
  })

  it('are asked for at once when a token names a new one', async () => {
    const server = new KeyServer(RSA)
    await server.check(RSA)
    server.clock.pass(31 * SECOND)
    server.keys.push(EC.jwk)
    expect(await server.check(EC)).toBe('u-1')
  })

  it('are not asked for by every token with an invented kid', async () => {
    const server = new KeyServer(RSA)
    for (let n = 0; n < 20; n++) await server.check(RSA, { kid: `invented ${n}` })
    expect(server.asked).toBe(1)
    server.clock.pass(31 * SECOND)
    for (let n = 0; n < 20; n++) await server.check(RSA, { kid: `invented ${n}` })
    expect(server.asked).toBe(2)
  })

  it('are believed no more once they are withdrawn and asked for again', async () => {
    const server = new KeyServer(RSA, EC)
    await server.check(RSA)
    server.keys = [EC.jwk]
    server.clock.pass(10 * MINUTE + SECOND)
    expect(await server.check(RSA)).toBe('token-invalid')
  })
})

describe('a key server that is away', () => {
  it('makes tokens unavailable, not invalid, where its keys are not known', async () => {
    const server = new KeyServer(RSA)
    server.goAway()
    expect(await server.check(RSA)).toBe('unavailable')
  })

  it('is asked again after five seconds, not by every token', async () => {
    const server = new KeyServer(RSA)
    server.goAway()
    for (let n = 0; n < 9; n++) await server.check(RSA)
    expect(server.asked).toBe(1)
    server.comeBack()
    server.clock.pass(5 * SECOND)
    expect(await server.check(RSA)).toBe('u-1')
  })

  it('locks nobody out whose key is known, for a day', async () => {
    const server = new KeyServer(RSA)
    await server.check(RSA)
    server.goAway()
    server.clock.pass(23 * HOUR)
    expect(await server.check(RSA)).toBe('u-1')
    server.clock.pass(2 * HOUR)
    expect(await server.check(RSA)).toBe('unavailable')
  })

  it('may have the key of a token that we do not know, so that is unavailable too', async () => {
    const server = new KeyServer(RSA)
    await server.check(RSA)
    server.goAway()
    server.clock.pass(MINUTE)
    expect(await server.check(EC)).toBe('unavailable')
    expect(await server.check(RSA)).toBe('u-1')
  })

  it.each([
    ['an error', () => new Response('', { status: 500 })],
    ['a redirect', () => new Response('', { status: 302, headers: { location: 'http://[::1]/' } })],
    ['no JSON', () => new Response('<html>')],
    ['no key set', () => Response.json({ keys: 'none' })],
    ['more than 256 KiB', () => Response.json({ keys: [], more: 'x'.repeat(300_000) })],
  ])('is one that answers with %s', async (_what, answer) => {
    const server = new KeyServer(RSA)
    server.answer = async () => answer()
    expect(await server.check(RSA)).toBe('unavailable')
  })
})
