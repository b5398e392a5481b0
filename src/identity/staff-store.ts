import { and, asc, count, eq, inArray } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { desks, staff, staffPasswords, staffTwoFactors, threads } from '../db/schema.ts'
import type { Member } from '../protocol/office.ts'
import type { StaffRow } from './session-store.ts'

/** Everything that a sign-in under this folded name needs, in one query. */
export async function credentialsOf(db: Db, username: string) {
  const [found] = await db
    .select({
      member: staff,
      hash: staffPasswords.hash,
      factor: { secret: staffTwoFactors.secret, usedStep: staffTwoFactors.usedStep },
    })
    .from(staff)
    .innerJoin(staffPasswords, eq(staffPasswords.staff, staff.id))
    .leftJoin(staffTwoFactors, eq(staffTwoFactors.staff, staff.id))
    .where(eq(staff.username, username))
  return found
}

/** @param username folded */
export async function staffByName(db: Db, username: string): Promise<StaffRow | undefined> {
  const [found] = await db.select().from(staff).where(eq(staff.username, username))
  return found
}

export async function staffById(db: Db, id: string): Promise<StaffRow | undefined> {
  const [found] = await db.select().from(staff).where(eq(staff.id, id))
  return found
}

type NewRow = Omit<StaffRow, 'successor'>

/** Adds a person with a password; false, and nothing done, when the name is taken. */
export async function insertStaff(db: Db, member: NewRow, hash: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const added = await tx
      .insert(staff)
      .values(member)
      .onConflictDoNothing({ target: staff.username })
      .returning({ id: staff.id })
    if (added.length === 0) return false
    const password = { staff: member.id, hash, changedAt: member.createdAt }
    await tx.insert(staffPasswords).values(password)
    return true
  })
}

export async function setHash(db: Db, id: string, hash: string, now: Date) {
  await db.update(staffPasswords).set({ hash, changedAt: now }).where(eq(staffPasswords.staff, id))
}

export type StaffChange = Partial<
  Pick<StaffRow, 'name' | 'role' | 'desk' | 'desks' | 'disabled' | 'successor'>
>

/**
 * Changes a person, unless that would leave nobody to administer: then `last-admin`. The rows of
 * all administrators are locked, so that two cannot remove each other at once.
 */
export async function changeStaff(
  db: Db,
  id: string,
  change: StaffChange,
): Promise<{ before: StaffRow; after: StaffRow } | 'not-found' | 'last-admin'> {
  return db.transaction(async (tx) => {
    const admins = await tx
      .select({ id: staff.id })
      .from(staff)
      .where(and(eq(staff.role, 'admin'), eq(staff.disabled, false)))
      .orderBy(staff.id)
      .for('update')
    const [before] = await tx.select().from(staff).where(eq(staff.id, id)).for('update')
    if (!before) return 'not-found'
    const after = { ...before, ...change }
    const administers = after.role === 'admin' && !after.disabled
    if (admins.some((admin) => admin.id === id) && admins.length === 1 && !administers) {
      return 'last-admin'
    }
    await tx.update(staff).set(change).where(eq(staff.id, id))
    return { before, after }
  })
}

/** Every account, in the order of their names. */
export async function members(db: Db): Promise<Member[]> {
  const rows = await db.select().from(staff).orderBy(asc(staff.username))
  const held = await db
    .select({ owner: threads.owner, n: count() })
    .from(threads)
    .where(eq(threads.state, 'held'))
    .groupBy(threads.owner)
  const inHand = new Map(held.map(({ owner, n }) => [owner, n]))
  return rows.map(({ createdAt: _, successor: __, desk, ...row }) => ({
    ...row,
    ...(desk === null ? {} : { desk }),
    held: inHand.get(row.id) ?? 0,
  }))
}

/** How many threads this person holds. */
export const heldBy = (db: Db, id: string): Promise<number> =>
  db.$count(threads, and(eq(threads.owner, id), eq(threads.state, 'held')))

/** Those of these desks that do not exist or are closed. */
export async function missingDesks(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const found = await db
    .select({ id: desks.id })
    .from(desks)
    .where(and(inArray(desks.id, [...ids]), eq(desks.active, true)))
  const known = new Set(found.map(({ id }) => id))
  return ids.filter((id) => !known.has(id))
}
