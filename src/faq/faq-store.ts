import { and, eq } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { faqEntries, faqVersions } from '../db/schema.ts'
import { type FaqEntry, faqEntrySchema } from './entry.ts'
import type { Served } from './index.ts'

/** Rows of one INSERT; 1,000 entries of five columns stay far below PostgreSQL's parameter limit. */
const BATCH = 1_000

/**
 * Stores entries that do not exist yet as version 1; what exists is never touched, so a curator's
 * change survives the next start. One transaction; a second process that seeds at the same time
 * waits for the first and then adds nothing. Returns how many were new.
 */
export async function seedEntries(
  db: Db,
  entries: readonly FaqEntry[],
  at: Date,
  author: string,
): Promise<number> {
  return db.transaction(async (tx) => {
    let added = 0
    // One order for everybody, so that two seeding processes cannot deadlock.
    const ordered = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1))
    for (let from = 0; from < ordered.length; from += BATCH) {
      const batch = ordered.slice(from, from + BATCH)
      const fresh = await tx
        .insert(faqEntries)
        .values(batch.map(({ id, status }) => ({ id, version: 1, status })))
        .onConflictDoNothing()
        .returning({ id: faqEntries.id })
      const isFresh = new Set(fresh.map((row) => row.id))
      const rows = batch
        .filter((entry) => isFresh.has(entry.id))
        .map((entry) => ({ id: entry.id, version: 1, entry, author, at }))
      if (rows.length > 0) await tx.insert(faqVersions).values(rows)
      added += rows.length
    }
    return added
  })
}

/**
 * The current version of every entry, retired and draft ones included: the index keeps them out of
 * what is served, and knows them to stay silent about. A stored entry that no longer fits the
 * schema is an error that names it, never skipped.
 */
export async function loadEntries(db: Db): Promise<Served[]> {
  const rows = await db
    .select({ id: faqEntries.id, version: faqVersions.version, entry: faqVersions.entry })
    .from(faqEntries)
    .innerJoin(
      faqVersions,
      and(eq(faqVersions.id, faqEntries.id), eq(faqVersions.version, faqEntries.version)),
    )
  // Ordered here: the database's collation is the operator's, and may order hyphens differently.
  const ordered = rows.sort((a, b) => (a.id < b.id ? -1 : 1))
  return ordered.map(({ id, version, entry }) => {
    const read = faqEntrySchema.safeParse(entry)
    if (read.success) return { entry: read.data, version }
    const issue = read.error.issues[0]!
    throw new Error(`faq entry ${id} v${version}: ${issue.path.join('.')} ${issue.message}`)
  })
}
