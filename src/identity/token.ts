import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Enterprise } from '../protocol/entries.ts'
import { codePoints, isStorable } from '../protocol/ids.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'
import { createKeySet, KeysUnavailable } from './key-set.ts'
import { plainName } from './plain-name.ts'
import { checkSecret } from './secret.ts'
import { isUscc } from './uscc.ts'

/** What the host platform's token says, checked and cleaned. */
export interface EnterpriseClaims {
  iss: string
  /** The host's id of the person; it never leaves the server. */
  sub: string
  name: string
  enterprise: Enterprise
  expiresAt: Date
}

export type TokenVerifier = (token: string, now: Date) => Promise<EnterpriseClaims | Refusal>

export interface TokenVerifierOptions {
  /** HS256 key, at least 32 bytes; not beside `jwksUrl`. */
  secret?: string
  /** Where the host platform publishes its RS256, ES256 or EdDSA keys. */
  jwksUrl?: string
  /** When set, the only `iss` that is believed. */
  issuer?: string
  fetch?: typeof fetch
}

export const TOKEN_AUDIENCE = 'shouwen'
/** Seconds that the clocks of the host platform and ours may differ. */
export const TOKEN_LEEWAY = 60
/** Seconds that a token may live. */
export const TOKEN_LIFE = 24 * 60 * 60
const MAX_LENGTH = 8 * 1024

const opaque = z
  .string()
  .min(1)
  .refine((text) => isStorable(text) && codePoints(text) <= 255)
const name = (max: number) =>
  z.string().transform((text, context) => {
    const clean = plainName(text, max)
    if (clean !== undefined) return clean
    context.addIssue({ code: 'custom', message: 'is blank or too long' })
    return z.NEVER
  })
/** Hosts send what they do not know as null or ''. */
const perhaps = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() === '' ? null : value),
  name(64).nullish(),
)
const claimsSchema = z.object({
  iss: opaque,
  sub: opaque,
  exp: z.number(),
  iat: z.number().optional(),
  name: name(64),
  enterprise: z.object({
    uscc: z.string().refine(isUscc),
    name: name(128),
    district: perhaps,
    industry: perhaps,
    park: perhaps,
  }),
})

/**
 * Checks enterprise tokens: HS256 with a secret, or the host platform's public keys. The
 * algorithms are pinned by the mode, so neither `none` nor a public key used as a secret passes.
 *
 * A refusal is `token-expired`, `token-invalid`, or `unavailable` when the keys cannot be had.
 * @throws when it is given neither or both of secret and key server, or a short secret
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const verify = signatureCheck(options)
  return async (token, now) => {
    if (token.length > MAX_LENGTH) return refuse('token-invalid', { detail: 'length' })
    try {
      const payload = await verify(token, now, {
        audience: TOKEN_AUDIENCE,
        ...(options.issuer === undefined ? {} : { issuer: options.issuer }),
        clockTolerance: TOKEN_LEEWAY,
        currentDate: now,
        requiredClaims: ['exp'],
      })
      return claimsOf(payload, now)
    } catch (error) {
      if (error instanceof errors.JWTExpired) return refuse('token-expired')
      if (error instanceof KeysUnavailable) return refuse('unavailable', { detail: 'token keys' })
      const detail = error instanceof errors.JWTClaimValidationFailed ? error.claim : 'signature'
      return refuse('token-invalid', { detail })
    }
  }
}

type SignatureCheck = (token: string, now: Date, rules: JWTVerifyOptions) => Promise<JWTPayload>

function signatureCheck({ secret, jwksUrl, fetch }: TokenVerifierOptions): SignatureCheck {
  if ((secret === undefined) === (jwksUrl === undefined)) {
    throw new Error('Enterprise tokens need either a secret or a key server.')
  }
  if (jwksUrl !== undefined) {
    const algorithms = ['RS256', 'ES256', 'EdDSA', 'Ed25519']
    const keys = createKeySet(jwksUrl, fetch)
    return async (token, now, rules) =>
      (await jwtVerify(token, keys(now), { ...rules, algorithms })).payload
  }
  const key = new TextEncoder().encode(checkSecret('ENTERPRISE_TOKEN_SECRET', secret))
  return async (token, _now, rules) =>
    (await jwtVerify(token, key, { ...rules, algorithms: ['HS256'] })).payload
}

function claimsOf(payload: JWTPayload, now: Date): EnterpriseClaims | Refusal {
  const parsed = claimsSchema.safeParse(payload)
  if (!parsed.success) {
    return refuse('token-invalid', { detail: parsed.error.issues[0]?.path.join('.') })
  }
  const { iss, sub, exp, iat, name, enterprise } = parsed.data
  // A longer life is refused by its end, and by its beginning: a token of last year that ends
  // today was never one of at most a day.
  const longest = TOKEN_LIFE + TOKEN_LEEWAY
  if (exp > now.getTime() / 1000 + longest) return refuse('token-invalid', { detail: 'exp' })
  if (iat !== undefined && exp - iat > longest) return refuse('token-invalid', { detail: 'iat' })
  const { uscc, name: called, district, industry, park } = enterprise
  return {
    iss,
    sub,
    name,
    enterprise: {
      uscc,
      name: called,
      ...(district && { district }),
      ...(industry && { industry }),
      ...(park && { park }),
    },
    expiresAt: new Date(exp * 1000),
  }
}
