import type { Db } from '../db/db.ts'
import type { StaffCaller } from '../protocol/caller.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'
import { createGate } from './gate.ts'
import { clearFailures, lockOf, recordFailure, sweepFailures } from './lock-store.ts'
import { foldLoginName } from './login-name.ts'
import { fits } from './password.ts'
import { openSecret, spendStep } from './second-factor-store.ts'
import { checkSecret } from './secret.ts'
import { createTokenMac, newSessionToken, sessionCookie, sessionTokenIn } from './session-cookie.ts'
import {
  endSession,
  openSession,
  readSession,
  SESSION,
  type SignInFrom,
  sweepSessions,
} from './session-store.ts'
import { createStaffAdmin, needsSecondFactor, type StaffAdmin } from './staff-admin.ts'
import { credentialsOf } from './staff-store.ts'
import { fittingStep } from './totp.ts'

export { sessionsAlive, touchSessions } from './session-store.ts'

export interface StaffAuthOptions {
  db: Db
  /** APP_SECRET: another one ends every session and makes every second factor unreadable. */
  secret: string
  /** The origin that browsers see; cookies are `Secure` when it is https. */
  publicUrl: string
  /** Admins and supervisors must have a second factor. */
  production: boolean
  now: () => Date
}

export interface Credentials {
  username: string
  password: string
  otp?: string
}

export interface SignedIn {
  caller: StaffCaller
  /** A Set-Cookie header. */
  setCookie: string
}

export interface StaffAuth extends StaffAdmin {
  /**
   * Signs in; a session that `cookie` (a Cookie header) names ends. Refusals: `not-signed-in`, with
   * `detail` `otp-required` or `otp-invalid` when only the second factor is missing or wrong ·
   * `locked` · `too-fast` · `not-allowed` in production, without a required second factor.
   *
   * @param from `address` is the caller's, as far as proxies are trusted: locks depend on it;
   *   `isSecure` where a proxy speaks TLS for us
   */
  signIn(
    credentials: Credentials,
    from: SignInFrom & { cookie?: string | null; isSecure?: boolean },
  ): Promise<SignedIn | Refusal>
  signOut(cookie: string | null | undefined): Promise<{ setCookie: string }>
  /** Who a Cookie header speaks for; counts as activity. */
  read(cookie: string | null | undefined, now: Date): Promise<StaffCaller | null>
}

/** At most 64 MiB for scrypt, and a wait of about two seconds. */
const SCRYPT = { atOnce: 2, waiting: 32 }

/** Staff accounts and sessions; nothing of them but the cookie is known outside. */
export function createStaffAuth(options: StaffAuthOptions): StaffAuth {
  const { db } = options
  checkSecret('APP_SECRET', options.secret)
  const macOf = createTokenMac(options.secret)
  const secure = new URL(options.publicUrl).protocol === 'https:'
  const gate = createGate(SCRYPT)

  const end = async (cookie: string | null | undefined) => {
    const token = sessionTokenIn(cookie)
    if (token !== undefined) await endSession(db, await macOf(token))
  }

  return {
    ...createStaffAdmin(options),

    async signIn(credentials, from) {
      const username = foldLoginName(credentials.username)
      const member = await gate(username, () => identify(options, username, credentials, from))
      if ('refused' in member) return member
      await end(from.cookie)
      const token = newSessionToken()
      const mac = await macOf(token)
      const caller = await openSession(db, { member, mac, from, now: options.now() })
      const isSecure = secure || from.isSecure === true
      return { caller, setCookie: sessionCookie(token, SESSION.life / 1000, isSecure) }
    },

    async signOut(cookie) {
      await end(cookie)
      return { setCookie: sessionCookie('', 0, secure) }
    },

    async read(cookie, now) {
      const token = sessionTokenIn(cookie)
      return token === undefined ? null : readSession(db, await macOf(token), now)
    },
  }
}

/** Removes sessions that are over and failures that no lock can rest upon; now and then. */
export async function sweepSignIns(db: Db, now: Date): Promise<void> {
  await sweepSessions(db, now)
  await sweepFailures(db, now)
}

/**
 * Whose credentials these are. An unknown name, a disabled account and a wrong password take the
 * same queries, the same hash and give the same answer.
 */
async function identify(
  { db, secret, production, now }: StaffAuthOptions,
  username: string,
  { password, otp }: Credentials,
  { address }: SignInFrom,
) {
  const at = now()
  const until = await lockOf(db, username, address, at)
  if (until) return refuse('locked', { retryAfter: Math.ceil((+until - +at) / 1000) })
  const fail = async (detail?: string) => {
    await recordFailure(db, username, address, at)
    return refuse('not-signed-in', detail === undefined ? {} : { detail })
  }

  const found = await credentialsOf(db, username)
  const right = await fits(password, found?.hash)
  if (!right || !found || found.member.disabled) return fail()
  const { member, factor } = found
  if (factor) {
    if (!otp) return refuse('not-signed-in', { detail: 'otp-required' })
    const step = await fittingStep(
      await openSecret(secret, factor.secret),
      otp,
      at,
      factor.usedStep,
    )
    if (step === undefined || !(await spendStep(db, member.id, step))) return fail('otp-invalid')
  } else if (production && needsSecondFactor(member.role)) {
    return refuse('not-allowed', { detail: 'second factor required' })
  }
  await clearFailures(db, username, address)
  return member
}
