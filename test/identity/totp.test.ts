import { describe, expect, it } from 'vitest'
import {
  fittingStep,
  newTotpSecret,
  otpauthUri,
  totpCode,
  totpStep,
} from '../../src/identity/totp.ts'
import { SECOND } from './support.ts'

/** `12345678901234567890`, the secret of RFC 6238's appendix B. */
const RFC = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const at = (seconds: number) => new Date(seconds * SECOND)
const now = at(1_234_567_890)

describe('a code of an authenticator app', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('is at %i s the one of RFC 6238', async (seconds, code) => {
    expect(await totpCode(RFC, at(seconds))).toBe(code)
  })

  it('fits its own time step and the ones beside it', async () => {
    for (const drift of [-30, 0, 30]) {
      const code = await totpCode(RFC, at(1_234_567_890 + drift))
      expect(await fittingStep(RFC, code, now, null)).toBe(totpStep(now) + drift / 30)
    }
  })

  it('fits no other time step, a million times as far or one more than beside (S35)', async () => {
    for (const steps of [-2, 2, 1_000_000]) {
      const code = await totpCode(RFC, at(1_234_567_890 + steps * 30))
      expect(await fittingStep(RFC, code, now, null)).toBeUndefined()
    }
  })

  it('fits only beyond the step that was used (S35)', async () => {
    const code = await totpCode(RFC, now)
    expect(await fittingStep(RFC, code, now, totpStep(now) - 1)).toBe(totpStep(now))
    expect(await fittingStep(RFC, code, now, totpStep(now))).toBeUndefined()
  })

  it('may be typed as apps show it', async () => {
    expect(await fittingStep(RFC, ' 005 924 ', now, null)).toBe(totpStep(now))
  })

  it.each(['', '5924', '0005924', '００５９２４', 'abcdef', '-05924'])(
    'is not %j',
    async (typed) => {
      expect(await fittingStep(RFC, typed, now, null)).toBeUndefined()
    },
  )
})

describe('an enrolment', () => {
  it('has 160 random bits in base32', () => {
    const secrets = Array.from({ length: 50 }, newTotpSecret)
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(new Set(secrets).size).toBe(50)
  })

  it('is read by apps from a link, whatever the name', () => {
    const uri = new URL(otpauthUri(RFC, '王:工?'))
    expect(uri.protocol).toBe('otpauth:')
    expect(decodeURIComponent(uri.pathname)).toContain('Shouwen:王:工?')
    expect(uri.searchParams.get('secret')).toBe(RFC)
    expect(uri.searchParams.get('issuer')).toBe('Shouwen')
  })
})
