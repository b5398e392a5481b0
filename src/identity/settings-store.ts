import { eq, like } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { settings } from '../db/schema.ts'

/** Texts stand inside an object: drivers try to parse a bare one once more, so `"007"` becomes 7. */
interface Kept {
  text: string
}

export async function readSetting(db: Db, key: string): Promise<string | undefined> {
  const [row] = await db.select().from(settings).where(eq(settings.key, key))
  return (row?.value as Kept | undefined)?.text
}

/** All settings whose keys begin so, by the rest of their keys; the prefix is plain letters. */
export async function readSettings(db: Db, prefix: string): Promise<Map<string, string>> {
  const rows = await db
    .select()
    .from(settings)
    .where(like(settings.key, `${prefix}%`))
  return new Map(rows.map(({ key, value }) => [key.slice(prefix.length), (value as Kept).text]))
}

/** What is kept under that key, or what `make` gives; all processes that start at once agree. */
export async function keepSetting(
  db: Db,
  key: string,
  make: () => string | Promise<string>,
): Promise<string> {
  const kept = await readSetting(db, key)
  if (kept !== undefined) return kept
  const value: Kept = { text: await make() }
  await db.insert(settings).values({ key, value }).onConflictDoNothing()
  return (await readSetting(db, key)) ?? value.text
}

export async function writeSetting(db: Db, key: string, text: string) {
  const value: Kept = { text }
  await db
    .insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({ target: settings.key, set: { value } })
}

/** @returns whether there was one */
export async function dropSetting(db: Db, key: string): Promise<boolean> {
  const gone = await db.delete(settings).where(eq(settings.key, key)).returning()
  return gone.length > 0
}
