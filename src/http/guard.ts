import type { Context, MiddlewareHandler } from 'hono'
import { SESSION_COOKIE } from '../identity/session-cookie.ts'
import type { Caller, StaffCaller } from '../protocol/caller.ts'
import { isStaff } from '../protocol/caller.ts'
import { isRefusal, refuse } from '../protocol/refusals.ts'
import type { StaffRole } from '../protocol/vocabulary.ts'
import { localeOf, problem, Refused } from './problem.ts'
import type { AppEnv, HttpServices } from './services.ts'

/** Where a request says it comes from. */
export type From = 'own' | 'allowed' | 'none' | 'foreign'

type Origins = Pick<HttpServices, 'ownOrigins' | 'allowedOrigins'>

/** @param isSecure whether a trusted proxy speaks TLS for us: our own names then begin so, too */
export function fromOf(origin: string | undefined, origins: Origins, isSecure: boolean): From {
  if (origin === undefined) return 'none'
  const plain = isSecure ? origin.replace(/^https:/, 'http:') : origin
  if (origins.ownOrigins.has(origin) || origins.ownOrigins.has(plain)) return 'own'
  return origins.allowedOrigins.has(origin) ? 'allowed' : 'foreign'
}

export const bearerOf = (authorization: string | undefined): string | undefined =>
  /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]

/** A header that names our session; what it is worth is for the session store to say. */
export const hasSessionCookie = (cookie: string | undefined) =>
  cookie?.split(/; */).some((part) => part.startsWith(`${SESSION_COOKIE}=`)) === true

const CORS = {
  'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
  'access-control-allow-headers': 'authorization, content-type, accept-language',
  'access-control-max-age': '600',
}

/**
 * Who may speak from where: an unknown origin not at all, an allowed one with a token only (CORS
 * without credentials, and no signing in).
 */
export const origins =
  (http: HttpServices): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    c.set('locale', localeOf(c.req.header('accept-language')))
    c.set('peer', http.peerOf(c.env))
    c.set('caller', null)
    const origin = c.req.header('origin')
    const from = fromOf(origin, http, c.get('peer').isSecure)
    const serves = from !== 'foreign' && !(from === 'allowed' && isSignIn(c))
    if (!serves) return problem(c, refuse('not-allowed', { detail: 'origin' }))
    if (c.req.method === 'OPTIONS') {
      if (origin !== undefined) c.header('access-control-allow-origin', origin)
      return c.body(null, 204, { ...CORS, vary: 'origin' })
    }
    await next()
    c.header('vary', 'origin', { append: true })
    if (from === 'allowed') c.header('access-control-allow-origin', origin!)
  }

const isSafe = (method: string) => method === 'GET' || method === 'HEAD'

const isSignIn = (c: Context<AppEnv>) => c.req.method === 'POST' && c.req.path === '/api/session'

/** A token wins over a cookie; one that is there and bad is refused, whatever the cookie says. */
async function callerOf(c: Context<AppEnv>, http: HttpServices): Promise<Caller | null> {
  const now = http.services.now()
  const authorization = c.req.header('authorization')
  if (authorization !== undefined) {
    const token = bearerOf(authorization)
    const caller = token ? await http.identify(token, now) : refuse('token-invalid')
    if (isRefusal(caller)) throw new Refused(caller)
    return caller
  }
  const cookie = c.req.header('cookie')
  if (!hasSessionCookie(cookie)) return null
  const from = fromOf(c.req.header('origin'), http, c.get('peer').isSecure)
  if (from === 'own' || (from === 'none' && isSafe(c.req.method))) {
    return http.staff.read(cookie, now)
  }
  if (isSafe(c.req.method) || (isSignIn(c) && from === 'none')) return null
  throw new Refused(refuse('not-allowed', { detail: 'origin' }))
}

/**
 * Says who is calling, then lets each caller through at their rate; whoever could not say it is
 * measured by address.
 */
export const identity =
  (http: HttpServices): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const measure = (key: string) => {
      const wait = http.limiter.take(key, http.services.now())
      if (wait !== null) throw new Refused(refuse('too-fast', { retryAfter: wait }))
    }
    const caller = await callerOf(c, http).catch((error: unknown) => {
      measure(c.get('peer').address)
      throw error
    })
    c.set('caller', caller)
    measure(caller?.id ?? c.get('peer').address)
    await next()
  }

/** @throws Refused `not-signed-in` where nobody is known to call */
export function signedIn(c: Context<AppEnv>): Caller {
  const caller = c.get('caller')
  if (!caller) throw new Refused(refuse('not-signed-in'))
  return caller
}

/** @throws Refused `not-allowed` for an enterprise, or for staff of another role */
export function staffOnly(c: Context<AppEnv>, roles?: readonly StaffRole[]): StaffCaller {
  const caller = signedIn(c)
  if (!isStaff(caller) || (roles && !roles.includes(caller.role))) {
    throw new Refused(refuse('not-allowed'))
  }
  return caller
}

/** Headers for every answer; the API's are never kept by anyone. */
export const headers: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  c.header('x-content-type-options', 'nosniff')
  c.header('referrer-policy', 'same-origin')
  c.header('cross-origin-opener-policy', 'same-origin')
  if (!c.res.headers.has('content-security-policy')) {
    c.header(
      'content-security-policy',
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; " +
        "frame-ancestors 'none'",
    )
  }
  if (c.req.path.startsWith('/api/')) c.header('cache-control', 'no-store')
}
