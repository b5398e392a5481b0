import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { desks, staff } from '../db/schema.ts'
import type { Directory } from '../protocol/http.ts'
import { isStorable } from '../protocol/ids.ts'
import type { StaffRole } from '../protocol/vocabulary.ts'

/** A member of the bureau as others meet them. */
export interface Colleague {
  id: string
  name: string
  role: StaffRole
  /** Where an officer sits. */
  desk?: string
  /** Every desk that they work at or look after. */
  desks: readonly string[]
  /** False for somebody whom an administrator has locked. */
  active: boolean
}

export interface DeskOfBureau {
  id: string
  name: string
  topics: readonly string[]
  fallback: boolean
  active: boolean
}

/** Whom a thread can be handed to, or whose opinion asked: desks at work, officers, supervisors. */
export async function directory(db: Db): Promise<Directory> {
  const [open, people] = await Promise.all([
    db
      .select({ id: desks.id, name: desks.name })
      .from(desks)
      .where(eq(desks.active, true))
      .orderBy(asc(desks.id)),
    db
      .select({ id: staff.id, name: staff.name, desk: staff.desk })
      .from(staff)
      .where(and(eq(staff.disabled, false), inArray(staff.role, ['officer', 'supervisor'])))
      .orderBy(asc(staff.desk), asc(staff.username)),
  ])
  return {
    desks: open,
    people: people.map(({ id, name, desk }) => ({ id, name, ...(desk === null ? {} : { desk }) })),
  }
}

/** Null for an id of nobody; a disabled person is found, because the record names them. */
export async function personById(db: Db, id: string): Promise<Colleague | null> {
  if (!isStorable(id)) return null // ids come from outside, and PostgreSQL refuses these loudly
  const [found] = await db.select().from(staff).where(eq(staff.id, id))
  if (!found) return null
  const { name, role, desk, disabled } = found
  const all = new Set(desk === null ? found.desks : [desk, ...found.desks])
  return { id, name, role, ...(desk === null ? {} : { desk }), desks: [...all], active: !disabled }
}

/** Null for an id of no desk; a closed one is found. */
export async function deskById(db: Db, id: string): Promise<DeskOfBureau | null> {
  if (!isStorable(id)) return null
  const [found] = await db.select().from(desks).where(eq(desks.id, id))
  return found ?? null
}

/** Every desk that a person works at or looks after; none for an id of nobody. */
export async function desksOf(db: Db, id: string): Promise<readonly string[]> {
  return (await personById(db, id))?.desks ?? []
}

/** Adds those desks that are not there yet; others stay as they are. */
export async function addDesks(db: Db, wanted: readonly DeskOfBureau[]) {
  await db
    .insert(desks)
    .values(wanted.map((desk) => ({ ...desk, topics: [...desk.topics] })))
    .onConflictDoNothing()
}
