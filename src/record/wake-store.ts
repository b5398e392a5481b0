import { and, asc, eq, gt, inArray, lte, ne, or } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { staff, threads } from '../db/schema.ts'

/*
 * What the clockwork looks for. Each is one page by an index, so that a million threads that sleep
 * cost nothing.
 */

/** Threads in which something has become due, the longest due first. */
export async function threadsToWake(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: threads.id })
    .from(threads)
    .where(lte(threads.wakeAt, now))
    .orderBy(asc(threads.wakeAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Threads with a promise without a due time, in the order of their ids. */
export async function unscheduledThreads(
  db: Db,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ id: threads.id })
    .from(threads)
    .where(and(threads.unscheduled, after === null ? undefined : gt(threads.id, after)))
    .orderBy(asc(threads.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Threads held by somebody who is locked or no officer any more. */
export async function abandonedThreads(db: Db, limit: number): Promise<string[]> {
  // asked first, because PostgreSQL would rather look at every held thread than at a few people
  const gone = await db
    .select({ id: staff.id })
    .from(staff)
    .where(or(staff.disabled, ne(staff.role, 'officer')))
  if (gone.length === 0) return []
  const owners = gone.map(({ id }) => id)
  const rows = await db
    .select({ id: threads.id })
    .from(threads)
    .where(and(eq(threads.state, 'held'), inArray(threads.owner, owners)))
    .limit(limit)
  return rows.map(({ id }) => id)
}
