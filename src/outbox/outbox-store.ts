import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { notifications, webhookTargets } from '../db/schema.ts'
import type { Delivery } from '../protocol/webhooks.ts'
import { messageId } from './message.ts'
import { LIFE, REFUSED } from './schedule.ts'

export type NotificationRow = typeof notifications.$inferSelect
type Key = Pick<NotificationRow, 'target' | 'thread' | 'seq' | 'audience'>

const isWaiting = and(isNull(notifications.deliveredAt), isNull(notifications.deadAt))
const isRow = (key: Key) =>
  and(
    eq(notifications.thread, key.thread),
    eq(notifications.seq, key.seq),
    eq(notifications.audience, key.audience),
    eq(notifications.target, key.target),
  )

/** Targets at work for which something is due. */
export async function dueTargets(db: Db, now: Date): Promise<string[]> {
  const some = sql`exists (select from ${notifications} where ${notifications.target} =
    ${webhookTargets.id} and ${isWaiting} and ${notifications.due} <= ${now.toISOString()})`
  const rows = await db
    .select({ id: webhookTargets.id })
    .from(webhookTargets)
    .where(and(isNull(webhookTargets.pausedAt), isNull(webhookTargets.removedAt), some))
  return rows.map(({ id }) => id)
}

/**
 * Takes what is due, for this process alone until `until`; a process that dies with it in hand
 * leaves it due again then. Of a thread's notifications for one audience the next waits until the
 * one before has left, or was refused for what it says.
 */
export function claimDue(
  db: Db,
  target: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<NotificationRow[]> {
  return db.transaction(async (tx) => {
    const earlier = sql`not exists (select from notifications e
      where e.thread = ${notifications.thread} and e.audience = ${notifications.audience}
        and e.target = ${notifications.target} and e.seq < ${notifications.seq}
        and e.delivered_at is null and e.dead_at is null
        and coalesce(e.status, 0) not in (${sql.raw(REFUSED.join(', '))}))`
    const found = await tx
      .select()
      .from(notifications)
      .where(
        and(
          eq(notifications.target, target),
          isWaiting,
          sql`${notifications.due} <= ${now.toISOString()}`,
          earlier,
        ),
      )
      .orderBy(asc(notifications.due))
      .limit(limit)
      .for('update', { skipLocked: true })
    const taken: NotificationRow[] = []
    for (const row of found) {
      const tries = row.tries + 1
      await tx.update(notifications).set({ due: until, triedAt: now, tries }).where(isRow(row))
      taken.push({ ...row, due: until, triedAt: now, tries })
    }
    return taken
  })
}

/** It has arrived, whoever else has it in hand by now. */
export async function setDelivered(db: Db, row: NotificationRow, at: Date, status: number) {
  const set = { deliveredAt: at, deadAt: null, status, error: null }
  await db.update(notifications).set(set).where(isRow(row))
}

interface Failed {
  status: number | null
  error: string
  /** The next try; null: there is none. */
  due: Date | null
  at: Date
}

/** It has not; what a later try has found counts more. */
export async function setFailed(db: Db, row: NotificationRow, { status, error, due, at }: Failed) {
  const next = due === null ? { deadAt: at } : { due }
  await db
    .update(notifications)
    .set({ status, error, ...next })
    .where(and(isRow(row), isWaiting, eq(notifications.tries, row.tries)))
}

/** What waited for a paused target for longer than it is tried for. */
export async function buryExpired(db: Db, now: Date) {
  const since = new Date(now.getTime() - LIFE)
  const paused = db
    .select({ id: webhookTargets.id })
    .from(webhookTargets)
    .where(and(isNotNull(webhookTargets.pausedAt), isNull(webhookTargets.removedAt)))
  await bury(db, and(lt(notifications.since, since), inArray(notifications.target, paused)), {
    now,
    error: 'paused',
  })
}

/** Nothing waits for a target that is no more. */
export const buryFor = (db: Db, target: string, now: Date) =>
  bury(db, eq(notifications.target, target), { now, error: 'removed' })

async function bury(
  db: Db,
  which: SQL | undefined,
  { now, error }: { now: Date; error: string },
): Promise<void> {
  await db.update(notifications).set({ deadAt: now, error }).where(and(isWaiting, which))
}

/** Tries dead ones again: those named, or all of a target. @returns how many */
export async function revive(
  db: Db,
  target: string,
  { ids, now }: { ids: readonly string[] | undefined; now: Date },
): Promise<number> {
  const key = sql<string>`${notifications.thread} || ':' || ${notifications.seq} || ':' || ${notifications.audience}`
  const revived = await db
    .update(notifications)
    .set({ deadAt: null, since: now, due: now })
    .where(
      and(
        eq(notifications.target, target),
        isNotNull(notifications.deadAt),
        ids === undefined ? undefined : inArray(key, [...ids]),
      ),
    )
    .returning({ seq: notifications.seq })
  return revived.length
}

function shown(row: NotificationRow): Delivery {
  const { target, thread, seq, audience, event, tries, status, error } = row
  const isOpen = row.deliveredAt === null && row.deadAt === null
  return {
    target,
    id: messageId(row),
    thread,
    seq,
    audience,
    event,
    to: row.recipients,
    at: row.at.toISOString(),
    tries,
    ...(row.triedAt ? { triedAt: row.triedAt.toISOString() } : {}),
    ...(status === null ? {} : { status }),
    ...(error === null ? {} : { error }),
    ...(isOpen ? { dueAt: row.due.toISOString() } : {}),
    ...(row.deliveredAt ? { deliveredAt: row.deliveredAt.toISOString() } : {}),
    ...(row.deadAt ? { deadAt: row.deadAt.toISOString() } : {}),
  }
}

/** The newest dead ones first. */
export async function listDead(db: Db, limit: number): Promise<Delivery[]> {
  const rows = await db
    .select()
    .from(notifications)
    .where(isNotNull(notifications.deadAt))
    .orderBy(desc(notifications.deadAt), desc(notifications.thread), desc(notifications.seq))
    .limit(limit)
  return rows.map(shown)
}

/** What was to be told of a thread, and what became of it. */
export async function listOfThread(db: Db, thread: string, limit: number): Promise<Delivery[]> {
  const rows = await db
    .select()
    .from(notifications)
    .where(eq(notifications.thread, thread))
    .orderBy(desc(notifications.seq), asc(notifications.audience), asc(notifications.target))
    .limit(limit)
  return rows.map(shown)
}
