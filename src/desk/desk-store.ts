import { asc, eq } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { desks } from '../db/schema.ts'
import type { Desk } from './routing.ts'

/** The desks at work, in the order of their ids. */
export async function loadDesks(db: Db): Promise<Desk[]> {
  const rows = await db.select().from(desks).where(eq(desks.active, true)).orderBy(asc(desks.id))
  return rows.map(({ active: _, ...desk }) => desk)
}
