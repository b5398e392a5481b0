import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { addDesks } from '../../src/identity/directory-store.ts'
import { createStaffAuth, type SignedIn, type StaffAuth } from '../../src/identity/staff.ts'
import type { NewStaff } from '../../src/identity/staff-admin.ts'
import { totpCode } from '../../src/identity/totp.ts'
import { isRefusal, type Refusal } from '../../src/protocol/refusals.ts'
import { createDatabase } from '../support/cluster.ts'
import { TEMPLATE } from '../support/global-setup.ts'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const APP_SECRET = 'a secret of the tests that is long enough'
export const PASSWORD = 'correct horse battery'

/** A database of one's own with all tables and nothing in them. */
export async function aDatabase(): Promise<Database & { url: string }> {
  const name = `identity_${randomUUID().replaceAll('-', '')}`
  const url = await createDatabase(inject('pgAdminUrl'), name, TEMPLATE)
  return { ...openDatabase(url, { max: 5 }), url }
}

/** Time in the test's hand. */
export class Clock {
  now = new Date('2026-11-23T02:00:00.000Z')
  pass(milliseconds: number): Date {
    this.now = new Date(this.now.getTime() + milliseconds)
    return this.now
  }
}

export interface Attempt {
  password?: string
  otp?: string
  address?: string
  cookie?: string
}

/** Accounts on a database, and local verbs for what is done with them. */
export class Bureau {
  readonly clock = new Clock()
  readonly database: Database & { url: string }
  readonly auth: StaffAuth

  constructor(
    database: Database & { url: string },
    options: { production?: boolean; publicUrl?: string },
  ) {
    const { production = false, publicUrl = 'https://shouwen.test' } = options
    this.database = database
    const now = () => this.clock.now
    this.auth = createStaffAuth({ db: database.db, secret: APP_SECRET, publicUrl, production, now })
  }

  get db() {
    return this.database.db
  }

  /** Adds a person with the password of the tests. */
  async hire(username: string, more: Partial<NewStaff> = {}) {
    const post = { role: 'officer', desk: 'water', ...more } as const
    return made(
      await this.auth.createStaff({ username, name: username, password: PASSWORD, ...post }),
    )
  }

  signIn(
    username: string,
    { password = PASSWORD, otp, address = '10.0.0.1', cookie }: Attempt = {},
  ) {
    const credentials = { username, password, ...(otp !== undefined && { otp }) }
    return this.auth.signIn(credentials, { address, userAgent: 'test', ...(cookie && { cookie }) })
  }

  /** Signs in and returns the Cookie header of the browser afterwards. */
  async cookieOf(username: string, attempt?: Attempt): Promise<string> {
    return cookieIn(made(await this.signIn(username, attempt)))
  }

  async fail(times: number, username: string, attempt: Attempt = {}) {
    for (let n = 0; n < times; n++) await this.signIn(username, { password: 'wrong', ...attempt })
  }

  read(cookie: string) {
    return this.auth.read(cookie, this.clock.now)
  }

  /** What the authenticator app of that enrolment shows now. */
  code(otpauth: string | undefined): Promise<string> {
    return totpCode(new URL(otpauth ?? '').searchParams.get('secret') ?? '', this.clock.now)
  }
}

export async function aBureau(options: { production?: boolean; publicUrl?: string } = {}) {
  const bureau = new Bureau(await aDatabase(), options)
  const rest = { topics: [], fallback: false, active: true }
  await addDesks(bureau.db, [
    { id: 'water', name: '水科', ...rest },
    { id: 'eia', name: '环评科', ...rest },
    { id: 'closed', name: '已撤销', ...rest, active: false },
  ])
  return bureau
}

export const cookieIn = ({ setCookie }: SignedIn): string => setCookie.split(';')[0] ?? ''

/** The answer, which is no refusal. */
export function made<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`refused: ${answer.refused} (${answer.detail})`)
  return answer
}
