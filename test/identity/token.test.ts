import { SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { mintToken } from '../../src/identity/mint.ts'
import { createTokenVerifier } from '../../src/identity/token.ts'

const SECRET = 'the host platform and we know this one'
const now = new Date('2026-11-23T02:00:00.000Z')
const at = now.getTime() / 1000
const HOUR = 3600
const DAY = 24 * HOUR

const enterprise = { uscc: '91330199MA2F7K4X27', name: '清源印染有限公司', district: '临江区' }
const good = { iss: 'host', sub: 'u-1', name: '陈晓敏', enterprise, aud: 'shouwen', exp: at + HOUR }

const sign = (claims: object, secret = SECRET, header = {}) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256', ...header })
    .sign(new TextEncoder().encode(secret))
const verify = createTokenVerifier({ secret: SECRET })
const verdictOn = async (claims: object) => verify(await sign(claims), now)
const invalid = { refused: 'token-invalid' }
const expired = { refused: 'token-expired' }

describe('an enterprise token', () => {
  it('says who calls', async () => {
    expect(await verdictOn(good)).toEqual({
      iss: 'host',
      sub: 'u-1',
      name: '陈晓敏',
      enterprise,
      expiresAt: new Date('2026-11-23T03:00:00.000Z'),
    })
  })

  it('is what the mock host platform mints', async () => {
    const { iss, sub, name } = good
    const token = await mintToken({ secret: SECRET, iss, sub, name, enterprise, now })
    expect(await verify(token, now)).toMatchObject({
      sub,
      enterprise,
      expiresAt: new Date(+now + HOUR * 1000),
    })
  })

  it('may name several audiences, with us among them', async () => {
    expect(await verdictOn({ ...good, aud: ['portal', 'shouwen'] })).toMatchObject({ sub: 'u-1' })
  })

  it.each([undefined, 'portal', '', ['portal'], 'shouwen-staff', 7])(
    'for the audience %j is invalid (S03)',
    async (aud) => {
      expect(await verdictOn({ ...good, aud })).toMatchObject(invalid)
    },
  )

  it('is longer than 8 KiB at no time', async () => {
    expect(await verify(await sign({ ...good, more: 'x'.repeat(8192) }), now)).toMatchObject(
      invalid,
    )
  })

  it.each(['', 'x', 'a.b.c', 'ey.ey.ey', '..', '\u0000.\ud800.', 'null'])(
    'is not %j',
    async (token) => {
      expect(await verify(token, now)).toMatchObject(invalid)
    },
  )
})

describe('the signature', () => {
  it('with another secret is invalid', async () => {
    const token = await sign(good, 'another secret that is long enough too')
    expect(await verify(token, now)).toMatchObject(invalid)
  })

  it('may not be missing: alg none (S01)', async () => {
    const token = new UnsecuredJWT(good).encode()
    expect(await verify(token, now)).toMatchObject(invalid)
    expect(await verify(`${token}x`, now)).toMatchObject(invalid)
  })

  it('is HS256 and no other, with the right secret even (S01)', async () => {
    const long = SECRET.repeat(2)
    const verifyLong = createTokenVerifier({ secret: long })
    expect(await verifyLong(await sign(good, long), now)).toMatchObject({ sub: 'u-1' })
    for (const alg of ['HS384', 'HS512']) {
      expect(await verifyLong(await sign(good, long, { alg }), now)).toMatchObject(invalid)
    }
  })

  it('does not choose its key: kid is not looked at, jwk and jku are not believed (S01)', async () => {
    const other = 'a secret of the attacker, long enough to sign'
    const k = btoa(other)
    for (const header of [
      { kid: '../../dev/null' },
      { jwk: { kty: 'oct', k } },
      { jku: 'https://evil.test/keys' },
      { x5u: 'https://evil.test/chain' },
    ]) {
      expect(await verify(await sign(good, other, header), now)).toMatchObject(invalid)
    }
  })

  it('with a critical header that we do not know is invalid', async () => {
    const [, payload, mac] = (await sign(good)).split('.')
    const header = btoa(JSON.stringify({ alg: 'HS256', crit: ['exp'] }))
    expect(await verify(`${header}.${payload}.${mac}`, now)).toMatchObject(invalid)
  })

  it('covers the claims: changed ones are invalid', async () => {
    const [header, , mac] = (await sign(good)).split('.')
    const payload = btoa(unescape(encodeURIComponent(JSON.stringify({ ...good, sub: 'u-2' }))))
    expect(await verify(`${header}.${payload}.${mac}`, now)).toMatchObject(invalid)
  })
})

describe('the times of a token', () => {
  it('end it 60 s after exp, which our clocks may differ (S02)', async () => {
    expect(await verdictOn({ ...good, exp: at - 59 })).toMatchObject({ sub: 'u-1' })
    expect(await verdictOn({ ...good, exp: at - 60 })).toEqual(expired)
    expect(await verdictOn({ ...good, exp: at - 365 * DAY })).toEqual(expired)
  })

  it('end it at all, and within a day (S02)', async () => {
    expect(await verdictOn({ ...good, exp: undefined })).toMatchObject(invalid)
    expect(await verdictOn({ ...good, exp: at + DAY + 60 })).toMatchObject({ sub: 'u-1' })
    expect(await verdictOn({ ...good, exp: at + DAY + 61 })).toMatchObject(invalid)
    for (const exp of ['2026-11-24', null, Number.MAX_VALUE, [at + HOUR]]) {
      expect(await verdictOn({ ...good, exp })).toMatchObject(invalid)
    }
  })

  it('begin it: one of the future is invalid until then (S02)', async () => {
    expect(await verdictOn({ ...good, nbf: at + 60 })).toMatchObject({ sub: 'u-1' })
    expect(await verdictOn({ ...good, nbf: at + 61 })).toMatchObject(invalid)
    expect(await verdictOn({ ...good, nbf: 'now' })).toMatchObject(invalid)
  })

  it('are a day apart at most: a token of last year that ends today is invalid (S02)', async () => {
    expect(await verdictOn({ ...good, iat: at - 365 * DAY })).toMatchObject(invalid)
    expect(await verdictOn({ ...good, iat: at - DAY + HOUR })).toMatchObject({ sub: 'u-1' })
  })

  it('make it invalid, not expired, when something else is wrong as well', async () => {
    const old = { ...good, exp: at - DAY }
    expect(await verdictOn({ ...old, aud: 'portal' })).toMatchObject(invalid)
    expect(await verify(await sign(old, 'x'.repeat(32)), now)).toMatchObject(invalid)
  })
})

describe('a verifier', () => {
  it('is not made with a short secret, and names the setting', () => {
    expect(() => createTokenVerifier({ secret: 'x'.repeat(31) })).toThrow('ENTERPRISE_TOKEN_SECRET')
    expect(() => createTokenVerifier({ secret: '密'.repeat(11) })).not.toThrow()
  })

  it('is not made with neither secret nor key server, or with both', () => {
    expect(() => createTokenVerifier({})).toThrow()
    expect(() =>
      createTokenVerifier({ secret: SECRET, jwksUrl: 'https://host.test/jwks' }),
    ).toThrow()
  })
})
