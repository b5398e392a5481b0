import { and, asc, eq, gte, inArray, lte, notInArray, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Db } from '../db/db.ts'
import { leave, roster, staff, standing } from '../db/schema.ts'
import type { Person } from '../protocol/entries.ts'
import { type IsPresent, onDuty, type Slot, standingOn } from './roster.ts'

const asPerson = ({ id, name, desk }: { id: string; name: string; desk: string | null }): Person =>
  desk === null ? { id, name } : { id, name, desk }

const person = { id: staff.id, name: staff.name, desk: staff.desk }

/** Those of these officers who work that day. */
async function presentOn(
  db: Db,
  ids: readonly string[],
  day: string,
): Promise<ReadonlyMap<string, Person>> {
  if (ids.length === 0) return new Map()
  const away = db
    .select({ id: leave.officer })
    .from(leave)
    .where(and(lte(leave.from, day), gte(leave.to, day)))
  const rows = await db
    .select(person)
    .from(staff)
    .where(
      and(
        inArray(staff.id, [...ids]),
        eq(staff.role, 'officer'),
        eq(staff.disabled, false),
        notInArray(staff.id, away),
      ),
    )
  return new Map(rows.map((row) => [row.id, asPerson(row)]))
}

const isIn =
  (present: ReadonlyMap<string, Person>): IsPresent =>
  (id) =>
    present.has(id)

/** Who looks after this enterprise that day, and sits at a desk; null for nobody. */
export async function standingFor(db: Db, uscc: string, day: string): Promise<Person | null> {
  const rows = await db.select().from(standing).where(eq(standing.uscc, uscc))
  if (rows.length === 0) return null
  const ids = rows.flatMap(({ officer, standIn }) => [officer, ...(standIn ? [standIn] : [])])
  const present = await presentOn(db, ids, day)
  const found = standingOn(rows, day, isIn(present))
  return found === null ? null : (present.get(found) ?? null)
}

/** Who is on duty at a desk in the first of these turns; null for nobody. */
export async function dutyOf(
  db: Db,
  desk: string,
  slots: readonly Slot[],
  today: string,
): Promise<Person | null> {
  const days = slots.map(({ day }) => day)
  const turns = await db
    .select()
    .from(roster)
    .where(and(eq(roster.desk, desk), inArray(roster.day, days)))
  const present = await presentOn(
    db,
    turns.map(({ officer }) => officer),
    today,
  )
  const found = onDuty(slots, turns, isIn(present))
  return found === null ? null : (present.get(found) ?? null)
}

const atWork = eq(staff.disabled, false)

export async function supervisorsOf(db: Db, desk: string): Promise<Person[]> {
  const rows = await db
    .select(person)
    .from(staff)
    .where(
      and(
        eq(staff.role, 'supervisor'),
        atWork,
        or(eq(staff.desk, desk), sql`${desk} = any(${staff.desks})`),
      ),
    )
    .orderBy(asc(staff.id))
  return rows.map(asPerson)
}

export async function administrators(db: Db): Promise<Person[]> {
  const rows = await db
    .select(person)
    .from(staff)
    .where(and(eq(staff.role, 'admin'), atWork))
    .orderBy(asc(staff.id))
  return rows.map(asPerson)
}

/** The lead of a desk, while they work here. */
export async function leadOf(db: Db, id: string): Promise<Person | null> {
  const [row] = await db
    .select(person)
    .from(staff)
    .where(and(eq(staff.id, id), atWork))
  return row ? asPerson(row) : null
}

/** To whom the threads of a disabled officer were given; null for nobody who is an officer still. */
export async function successorOf(db: Db, id: string): Promise<Person | null> {
  const heir = alias(staff, 'heir')
  const [row] = await db
    .select({ id: heir.id, name: heir.name, desk: heir.desk })
    .from(staff)
    .innerJoin(heir, eq(heir.id, staff.successor))
    .where(and(eq(staff.id, id), eq(heir.disabled, false), eq(heir.role, 'officer')))
  return row ? asPerson(row) : null
}

/** The officers at work at these desks (null: at all), and until when those on leave are away. */
export async function membersOf(db: Db, desks: readonly string[] | null, day: string) {
  const rows = await db
    .select({ ...person, leaveUntil: sql<string | null>`max(${leave.to})::text` })
    .from(staff)
    .leftJoin(leave, and(eq(leave.officer, staff.id), lte(leave.from, day), gte(leave.to, day)))
    .where(
      and(
        eq(staff.role, 'officer'),
        atWork,
        desks === null ? undefined : inArray(staff.desk, [...desks]),
      ),
    )
    .groupBy(staff.id)
    .orderBy(asc(staff.desk), asc(staff.id))
  return rows.map(({ leaveUntil, ...row }) => ({
    ...asPerson(row),
    ...(leaveUntil === null ? {} : { leaveUntil }),
  }))
}
