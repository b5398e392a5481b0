import type { Db } from '../db/db.ts'
import { deskId } from '../protocol/ids.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'
import type { StaffRole } from '../protocol/vocabulary.ts'
import { clearFailures } from './lock-store.ts'
import { foldLoginName, isLoginName } from './login-name.ts'
import { hashOf, isStrongEnough, PASSWORD_LENGTH } from './password.ts'
import { plainName } from './plain-name.ts'
import { enrol, hasFactor, removeFactor } from './second-factor-store.ts'
import { endSessionsOf } from './session-store.ts'
import * as store from './staff-store.ts'
import { otpauthUri } from './totp.ts'

export interface NewStaff {
  username: string
  /** What the record and the enterprises call them. */
  name: string
  role: StaffRole
  /** Where an officer sits. */
  desk?: string
  /** What a supervisor looks after. */
  desks?: readonly string[]
  password: string
}

export interface Post {
  role: StaffRole
  desk?: string
  desks?: readonly string[]
}

/** Where the threads of a disabled officer go: to a successor (a staff id), or to the queue. */
export type WhereTo = { to: string } | 'release'

/** `otpauth` is a fresh second factor: to be shown once, to its owner. */
export interface Enrolled {
  otpauth?: string
}

export interface StaffAdmin {
  /** In production admins and supervisors come with a second factor. */
  createStaff(member: NewStaff): Promise<({ id: string } & Enrolled) | Refusal>
  /** Ends every session of that person. */
  resetPassword(id: string, password: string): Promise<Refusal | null>
  /** Forgets the failed sign-ins under that person's name, from everywhere. */
  unlock(id: string): Promise<Refusal | null>
  /** A new second factor in place of any older one. */
  enableOtp(id: string): Promise<Required<Enrolled> | Refusal>
  /** Removes a lost one; where one is required, a new one takes its place. */
  clearOtp(id: string): Promise<Enrolled | Refusal>
  /**
   * The administrator's lock: ends every session and refuses new ones. Of somebody who holds threads
   * it demands where they go (`wrong-state`, with their number); they go there within seconds.
   */
  disable(id: string, held?: WhereTo): Promise<Refusal | null>
  enable(id: string): Promise<Refusal | null>
  /** Another role ends every session; other desks do not. */
  setRole(id: string, post: Post): Promise<Enrolled | Refusal>
}

export interface StaffAdminOptions {
  db: Db
  secret: string
  production: boolean
  now: () => Date
}

/** Whether a role must have a second factor in production. */
export const needsSecondFactor = (role: StaffRole): boolean =>
  role === 'admin' || role === 'supervisor'

/** What an administrator, or the command line, does to accounts; `id` is a staff id. */
export function createStaffAdmin(options: StaffAdminOptions): StaffAdmin {
  const { db, secret, now } = options
  const unknown = refuse('not-found', { detail: 'staff' })

  const enableOtp = async (id: string) => {
    const member = await store.staffById(db, id)
    if (!member) return unknown
    const otpauth = otpauthUri(await enrol(db, secret, id, now()), member.username)
    await endSessionsOf(db, id)
    return { otpauth }
  }
  const enrolWhereNeeded = async (id: string, role: StaffRole): Promise<Enrolled | Refusal> =>
    options.production && needsSecondFactor(role) && !(await hasFactor(db, id)) ? enableOtp(id) : {}

  const change = async (id: string, what: store.StaffChange) => {
    const changed = await store.changeStaff(db, id, what)
    if (changed === 'not-found') return unknown
    if (changed === 'last-admin') return refuse('not-allowed', { detail: 'last administrator' })
    const { before, after } = changed
    if (after.disabled || after.role !== before.role) await endSessionsOf(db, id)
    return null
  }

  return {
    enableOtp,
    async createStaff(member) {
      const checked = await checkMember(db, member)
      if ('refused' in checked) return checked
      const id = crypto.randomUUID()
      const row = { id, ...checked, disabled: false, createdAt: now() }
      const hash = await hashOf(member.password)
      if (!(await store.insertStaff(db, row, hash))) {
        return refuse('bad-request', { detail: 'username: is taken' })
      }
      const enrolled = await enrolWhereNeeded(id, row.role)
      return 'refused' in enrolled ? enrolled : { id, ...enrolled }
    },
    async resetPassword(id, password) {
      if (!(await store.staffById(db, id))) return unknown
      if (!isStrongEnough(password)) return tooWeak
      await store.setHash(db, id, await hashOf(password), now())
      await endSessionsOf(db, id)
      return null
    },
    async unlock(id) {
      const member = await store.staffById(db, id)
      if (!member) return unknown
      await clearFailures(db, member.username)
      return null
    },
    async clearOtp(id) {
      const member = await store.staffById(db, id)
      if (!member) return unknown
      await removeFactor(db, id)
      await endSessionsOf(db, id)
      return enrolWhereNeeded(id, member.role)
    },
    async disable(id, held) {
      const no = await holdsUp(db, id, held)
      if (no) return no
      const successor = typeof held === 'object' ? held.to : null
      return change(id, { disabled: true, successor })
    },
    enable: (id) => change(id, { disabled: false, successor: null }),
    async setRole(id, post) {
      const checked = await checkPost(db, post)
      if ('refused' in checked) return checked
      return (await change(id, checked)) ?? enrolWhereNeeded(id, post.role)
    },
  }
}

/** What keeps somebody from being disabled: threads in hand, or a successor who is none. */
async function holdsUp(db: Db, id: string, held: WhereTo | undefined): Promise<Refusal | null> {
  if (typeof held === 'object') {
    const next = held.to === id ? undefined : await store.staffById(db, held.to)
    const isFit = next !== undefined && next.role === 'officer' && !next.disabled
    return isFit ? null : refuse('bad-request', { detail: 'to: is no active officer' })
  }
  const n = held === 'release' ? 0 : await store.heldBy(db, id)
  if (n === 0) return null
  return refuse('wrong-state', { detail: `holds open threads: ${n}; name a successor or release` })
}

const { min, max } = PASSWORD_LENGTH
const tooWeak = refuse('bad-request', { detail: `password: ${min}–${max} characters` })

async function checkMember(db: Db, member: NewStaff) {
  const username = foldLoginName(member.username)
  if (!isLoginName(username)) return refuse('bad-request', { detail: 'username' })
  const name = plainName(member.name, 64)
  if (name === undefined) return refuse('bad-request', { detail: 'name' })
  if (!isStrongEnough(member.password)) return tooWeak
  const post = await checkPost(db, member)
  return 'refused' in post ? post : { username, name, ...post }
}

/** An officer without a desk would see nothing; a desk mistyped, the same. */
async function checkPost(db: Db, { role, desk, desks = [] }: Post) {
  if (role === 'officer' && desk === undefined) {
    return refuse('bad-request', { detail: 'desk: an officer needs one' })
  }
  const all = desk === undefined ? desks : [desk, ...desks]
  const bad = all.filter((id) => !deskId.safeParse(id).success)
  const missing = bad.length > 0 ? bad : await store.missingDesks(db, all)
  if (missing.length > 0) return refuse('bad-request', { detail: `desk: ${missing.join(', ')}` })
  return { role, desk: desk ?? null, desks: [...new Set(desks)] }
}
