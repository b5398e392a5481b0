import { and, inArray, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { threads } from '../db/schema.ts'

export interface LoadRow {
  desk: string | null
  owner: string | null
  waiting: number
  held: number
  soon: number
  late: number
  silent: number
}

const many = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`

/**
 * Open threads by desk and owner: how many wait and are held, how many of them fall due up to a
 * moment, how many are late already, and how many of these in somebody's hands.
 * @param desks only of these; null: of all
 */
export function countLoad(
  db: Db,
  desks: readonly string[] | null,
  { now, soonUntil }: { now: Date; soonUntil: Date },
): Promise<LoadRow[]> {
  const [at, soon] = [now.toISOString(), soonUntil.toISOString()]
  return db
    .select({
      desk: threads.desk,
      owner: threads.owner,
      waiting: many(sql`${threads.state} = 'waiting'`),
      held: many(sql`${threads.state} = 'held'`),
      soon: many(sql`${threads.dueAt} >= ${at} and ${threads.dueAt} <= ${soon}`),
      late: many(sql`${threads.dueAt} < ${at}`),
      silent: many(sql`${threads.state} = 'held' and ${threads.dueAt} < ${at}`),
    })
    .from(threads)
    .where(
      and(
        inArray(threads.state, ['waiting', 'held']),
        desks === null ? undefined : inArray(threads.desk, [...desks]),
      ),
    )
    .groupBy(threads.desk, threads.owner)
}

/** Threads with a promise that waits for a year's calendar. */
export const countUnscheduled = (db: Db): Promise<number> =>
  db.$count(threads, sql`${threads.unscheduled}`)
