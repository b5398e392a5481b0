import type { Db } from '../db/db.ts'
import { sessionsAlive, touchSessions } from '../identity/staff.ts'
import type { Session } from '../live/session.ts'
import { isStaff, type StaffCaller } from '../protocol/caller.ts'

const sameRights = (a: StaffCaller, b: StaffCaller) =>
  a.role === b.role && a.desk === b.desk && a.desks.join() === b.desks.join()

/**
 * Ends the sockets whose session, role or desk has ended or changed: one query for all, often
 * enough that a sign-out reaches its sockets within five seconds. What people do on a socket
 * counts as use of their session; a ping does not.
 */
export async function watchStaff(db: Db, sessions: Iterable<Session>, now: Date): Promise<void> {
  const staffed = [...sessions].flatMap((session) =>
    session.caller && isStaff(session.caller) ? [{ session, caller: session.caller }] : [],
  )
  if (staffed.length === 0) return
  const active = staffed.filter(({ session }) => session.wasUsed())
  await touchSessions(
    db,
    active.map(({ caller }) => caller.session),
    now,
  )
  const alive = await sessionsAlive(
    db,
    staffed.map(({ caller }) => caller.session),
    now,
  )
  for (const { session, caller } of staffed) {
    const current = alive.get(caller.session)
    if (!current || !sameRights(current, caller)) session.revoke()
  }
}
