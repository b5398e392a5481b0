import { SignJWT } from 'jose'
import type { Enterprise } from '../protocol/entries.ts'
import { TOKEN_AUDIENCE } from './token.ts'

export interface Mintable {
  /** The HS256 key. */
  secret: string
  iss: string
  sub: string
  name: string
  enterprise: Enterprise
  now: Date
  /** Seconds that the token lives; an hour by default. */
  life?: number
}

/** Signs an enterprise token as a host platform does, for the demo and for tests. */
export function mintToken({ secret, iss, sub, name, enterprise, now, life = 3600 }: Mintable) {
  const at = Math.floor(now.getTime() / 1000)
  return new SignJWT({ name, enterprise })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(iss)
    .setSubject(sub)
    .setAudience(TOKEN_AUDIENCE)
    .setIssuedAt(at)
    .setExpirationTime(at + life)
    .sign(new TextEncoder().encode(secret))
}
