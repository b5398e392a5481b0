import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createTokenVerifier } from '../../src/identity/token.ts'

const SECRET = 'the host platform and we know this one'
const now = new Date('2026-11-23T02:00:00.000Z')

const enterprise = { uscc: '91330199MA2F7K4X27', name: '清源印染有限公司', district: '临江区' }
const exp = now.getTime() / 1000 + 3600
const good = { iss: 'host', sub: 'u-1', name: '陈晓敏', enterprise, aud: 'shouwen', exp }

const sign = (claims: object) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(SECRET))
const verify = createTokenVerifier({ secret: SECRET })
const verdictOn = async (claims: object) => verify(await sign(claims), now)
const invalid = { refused: 'token-invalid' }

describe('the claims of a token', () => {
  it.each([
    ['iss', undefined],
    ['iss', ''],
    ['iss', 7],
    ['sub', undefined],
    ['sub', ''],
    ['sub', 'x'.repeat(256)],
    ['sub', 'a\u0000b'],
    ['sub', { $ne: null }],
    ['name', undefined],
    ['name', ''],
    ['name', ' \u200b\u202e '],
    ['name', 'x'.repeat(65)],
    ['name', ['王']],
    ['enterprise', undefined],
    ['enterprise', '91330199MA2F7K4X27'],
    ['enterprise', null],
  ])('make it invalid with %s = %j, and say which', async (claim, value) => {
    expect(await verdictOn({ ...good, [claim]: value })).toEqual({ ...invalid, detail: claim })
  })

  it.each([
    ['uscc', undefined],
    ['uscc', '91330199MA2F7K4X28'],
    ['uscc', '91330199ma2f7k4x27'],
    ['uscc', 91330199],
    ['name', ''],
    ['name', 'x'.repeat(129)],
    ['district', 7],
    ['industry', 'x'.repeat(65)],
    ['park', ['a']],
  ])('make it invalid with enterprise.%s = %j, and say which', async (fact, value) => {
    const claims = { ...good, enterprise: { ...enterprise, [fact]: value } }
    expect(await verdictOn(claims)).toEqual({ ...invalid, detail: `enterprise.${fact}` })
  })

  it('may leave out what is not known of an enterprise, or send nothing for it', async () => {
    const sparse = { ...enterprise, district: null, industry: '', park: ' ' }
    const { uscc, name } = enterprise
    expect(await verdictOn({ ...good, enterprise: sparse })).toMatchObject({
      enterprise: { uscc, name },
    })
  })

  it('lose what is not seen in names (S27)', async () => {
    const tricky = { uscc: enterprise.uscc, name: '清源\u202e公司\u0000' }
    const claims = { ...good, name: '王\u200b工\u2066', enterprise: tricky }
    expect(await verdictOn(claims)).toMatchObject({
      name: '王工',
      enterprise: { name: '清源公司' },
    })
  })

  it('come back without what we did not ask for', async () => {
    const more = { ...good, role: 'admin', enterprise: { ...enterprise, admin: true } }
    expect(Object.keys((await verdictOn(more)) as object)).toEqual(
      Object.keys((await verdictOn(good)) as object),
    )
    expect(JSON.stringify(await verdictOn(more))).not.toContain('admin')
  })

  it('must be of the issuer that is set, if one is', async () => {
    const only = createTokenVerifier({ secret: SECRET, issuer: 'host' })
    expect(await only(await sign(good), now)).toMatchObject({ iss: 'host' })
    expect(await only(await sign({ ...good, iss: 'other' }), now)).toMatchObject(invalid)
    expect(await only(await sign({ ...good, iss: undefined }), now)).toMatchObject(invalid)
  })
})
