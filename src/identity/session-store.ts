import { and, eq, gt, inArray, lt, or, type SQL } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { staff, staffSessions } from '../db/schema.ts'
import type { StaffCaller } from '../protocol/caller.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Milliseconds: the longest life, the longest rest, and how often activity is written down. */
export const SESSION = { life: 12 * HOUR, idle: 2 * HOUR, touch: MINUTE } as const

export type StaffRow = typeof staff.$inferSelect
export interface SignInFrom {
  address: string
  userAgent: string
}

const ago = (now: Date, milliseconds: number) => new Date(now.getTime() - milliseconds)

/** A new session, whatever the browser had before: a fixed one would not be this one. */
export async function openSession(
  db: Db,
  { member, mac, from, now }: { member: StaffRow; mac: string; from: SignInFrom; now: Date },
): Promise<StaffCaller> {
  const id = crypto.randomUUID()
  const expiresAt = new Date(now.getTime() + SESSION.life)
  await db.insert(staffSessions).values({
    id,
    staff: member.id,
    token: mac,
    createdAt: now,
    seenAt: now,
    expiresAt,
    address: from.address.slice(0, 64),
    userAgent: from.userAgent.replaceAll('\0', '').toWellFormed().slice(0, 256),
  })
  return callerOf(member, { id, expiresAt })
}

function callerOf(member: StaffRow, session: { id: string; expiresAt: Date }): StaffCaller {
  const { id, name, role, desk } = member
  return {
    role,
    id,
    name,
    ...(desk === null ? {} : { desk }),
    desks: [...new Set([...(desk === null ? [] : [desk]), ...member.desks])],
    session: session.id,
    expiresAt: session.expiresAt,
  }
}

const alive = (db: Db, which: SQL, now: Date) =>
  db
    .select({ session: staffSessions, member: staff })
    .from(staffSessions)
    .innerJoin(staff, eq(staff.id, staffSessions.staff))
    .where(
      and(
        which,
        gt(staffSessions.expiresAt, now),
        gt(staffSessions.seenAt, ago(now, SESSION.idle)),
        eq(staff.disabled, false),
      ),
    )

/** Whose session it is, as they are now; counts as activity. */
export async function readSession(db: Db, mac: string, now: Date): Promise<StaffCaller | null> {
  const [found] = await alive(db, eq(staffSessions.token, mac), now)
  if (!found) return null
  if (found.session.seenAt <= ago(now, SESSION.touch)) {
    await touchSessions(db, [found.session.id], now)
  }
  return callerOf(found.member, found.session)
}

/**
 * Which of these sessions are alive, and who stands behind each now (role and desks may have
 * changed): one query for all open sockets, every few seconds. It is no activity by itself.
 */
export async function sessionsAlive(
  db: Db,
  sessionIds: readonly string[],
  now: Date,
): Promise<Map<string, StaffCaller>> {
  if (sessionIds.length === 0) return new Map()
  const rows = await alive(db, inArray(staffSessions.id, [...sessionIds]), now)
  return new Map(rows.map(({ session, member }) => [session.id, callerOf(member, session)]))
}

/** Notes activity (of a socket: what its person does, not its pings), once a minute at most. */
export async function touchSessions(db: Db, sessionIds: readonly string[], now: Date) {
  if (sessionIds.length === 0) return
  const stale = lt(staffSessions.seenAt, ago(now, SESSION.touch - 1))
  await db
    .update(staffSessions)
    .set({ seenAt: now })
    .where(and(inArray(staffSessions.id, [...sessionIds]), stale))
}

export async function endSession(db: Db, mac: string) {
  await db.delete(staffSessions).where(eq(staffSessions.token, mac))
}

export async function endSessionsOf(db: Db, staffId: string) {
  await db.delete(staffSessions).where(eq(staffSessions.staff, staffId))
}

/** Removes sessions that are over. */
export async function sweepSessions(db: Db, now: Date) {
  const idle = lt(staffSessions.seenAt, ago(now, SESSION.idle))
  await db.delete(staffSessions).where(or(lt(staffSessions.expiresAt, now), idle))
}
