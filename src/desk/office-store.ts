import { and, asc, eq, gte, inArray, lte, ne, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { desks, leave, roster, staff, standing, threads } from '../db/schema.ts'
import type {
  DeskChange,
  DeskView,
  Leave,
  NewDesk,
  StandingView,
  Turn,
  TurnChange,
} from '../protocol/office.ts'

/** On it every process hears that desks, limits or the calendar have changed. */
export const CHANNEL = 'shouwen_office'

/** Told when the transaction commits. */
export const tellOffice = (db: Db) => db.execute(sql`select pg_notify(${CHANNEL}, '')`)

export const allDesks = (db: Db): Promise<DeskView[]> =>
  db.select().from(desks).orderBy(asc(desks.id))

export async function insertDesk(db: Db, desk: NewDesk): Promise<boolean> {
  return db.transaction(async (tx) => {
    const row = { topics: [], ...desk }
    const made = await tx.insert(desks).values(row).onConflictDoNothing().returning()
    if (made.length > 0 && desk.fallback) await onlyFallback(tx, desk.id)
    await tellOffice(tx)
    return made.length > 0
  })
}

export async function updateDesk(db: Db, id: string, change: DeskChange): Promise<void> {
  await db.transaction(async (tx) => {
    if (Object.keys(change).length > 0) await tx.update(desks).set(change).where(eq(desks.id, id))
    if (change.fallback) await onlyFallback(tx, id)
    await tellOffice(tx)
  })
}

const onlyFallback = (db: Db, id: string) =>
  db.update(desks).set({ fallback: false }).where(ne(desks.id, id))

/** Threads that wait or are held there, and active officers who sit there. */
export async function busyAt(db: Db, desk: string): Promise<{ threads: number; people: number }> {
  const open = and(eq(threads.desk, desk), inArray(threads.state, ['waiting', 'held']))
  const seated = and(eq(staff.desk, desk), eq(staff.disabled, false), eq(staff.role, 'officer'))
  return { threads: await db.$count(threads, open), people: await db.$count(staff, seated) }
}

export const turnsOf = (db: Db, desk: string, from: string, to: string): Promise<Turn[]> =>
  db
    .select({ day: roster.day, period: roster.period, officer: roster.officer })
    .from(roster)
    .where(and(eq(roster.desk, desk), gte(roster.day, from), lte(roster.day, to)))
    .orderBy(asc(roster.day), asc(roster.period))

/** Each turn as given, the others as they were. */
export async function writeTurns(
  db: Db,
  desk: string,
  changes: readonly TurnChange[],
): Promise<void> {
  await db.transaction(async (tx) => {
    for (const { day, period, officer } of changes) {
      const one = and(eq(roster.desk, desk), eq(roster.day, day), eq(roster.period, period))
      if (officer === null) await tx.delete(roster).where(one)
      else {
        const target = [roster.desk, roster.day, roster.period]
        const row = { desk, day, period, officer }
        await tx.insert(roster).values(row).onConflictDoUpdate({ target, set: { officer } })
      }
    }
  })
}

/** Leave of those who sit at a desk that is not over on that day. */
export const leaveAt = (db: Db, desk: string, day: string): Promise<Leave[]> =>
  db
    .select({
      id: leave.id,
      officer: leave.officer,
      from: leave.from,
      to: leave.to,
      note: leave.note,
    })
    .from(leave)
    .innerJoin(staff, eq(staff.id, leave.officer))
    .where(and(eq(staff.desk, desk), gte(leave.to, day)))
    .orderBy(asc(leave.from), asc(leave.id))

export const insertLeave = async (db: Db, row: Leave): Promise<void> => {
  await db.insert(leave).values(row)
}

/** @returns whether somebody of that desk had it */
export async function dropLeave(db: Db, desk: string, id: string): Promise<boolean> {
  const ofDesk = db.select({ id: staff.id }).from(staff).where(eq(staff.desk, desk))
  const gone = await db
    .delete(leave)
    .where(and(eq(leave.id, id), inArray(leave.officer, ofDesk)))
    .returning()
  return gone.length > 0
}

export const allStanding = (db: Db, day: string): Promise<StandingView[]> =>
  db
    .select({
      uscc: standing.uscc,
      officer: standing.officer,
      standIn: standing.standIn,
      from: standing.from,
      to: standing.to,
    })
    .from(standing)
    .where(sql`${standing.to} is null or ${standing.to} >= ${day}`)
    .orderBy(asc(standing.uscc), asc(standing.from))

/** In place of one that begins on the same day. */
export async function writeStanding(db: Db, id: string, row: StandingView): Promise<void> {
  await db.transaction(async (tx) => {
    const same = and(eq(standing.uscc, row.uscc), eq(standing.from, row.from))
    await tx.delete(standing).where(same)
    await tx.insert(standing).values({ id, ...row })
  })
}

/** Ends with the day before; what would begin later is gone. @returns whether there was any */
export async function endStanding(db: Db, uscc: string, day: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const of = eq(standing.uscc, uscc)
    const gone = await tx
      .delete(standing)
      .where(and(of, gte(standing.from, day)))
      .returning()
    const open = sql`(${standing.to} is null or ${standing.to} >= ${day})`
    const to = sql`${day}::date - 1`
    const ended = await tx.update(standing).set({ to }).where(and(of, open)).returning()
    return gone.length + ended.length > 0
  })
}
