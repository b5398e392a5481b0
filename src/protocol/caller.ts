import type { Enterprise } from './entries.ts'
import type { Me } from './http.ts'
import type { StaffRole } from './vocabulary.ts'

/** An enterprise's person, as the host platform's token vouches for them. */
export interface EnterpriseCaller {
  role: 'enterprise'
  /** Minted by us per (issuer, subject); the subject itself never leaves the server. */
  id: string
  name: string
  enterprise: Enterprise
  /** The token's `exp`. */
  expiresAt: Date
}

/** A member of the bureau, as their session says; never taken from a frame. */
export interface StaffCaller {
  role: StaffRole
  id: string
  name: string
  /** The desk that an officer sits at. */
  desk?: string
  /** Every desk that this person works at or supervises. */
  desks: readonly string[]
  /** The session's id (not its secret), so that its end can end the sockets. */
  session: string
  expiresAt: Date
}

export type Caller = EnterpriseCaller | StaffCaller

export const isStaff = (caller: Caller): caller is StaffCaller => caller.role !== 'enterprise'

/** What a caller is told about themselves. */
export function meOf(caller: Caller): Me {
  const { id, name, role } = caller
  if (!isStaff(caller)) return { id, name, role, enterprise: caller.enterprise }
  const me: Me = { id, name, role, desks: [...caller.desks] }
  if (caller.desk !== undefined) me.desk = caller.desk
  return me
}
