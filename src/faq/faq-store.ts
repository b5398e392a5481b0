import { and, desc, eq, gt, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { faqChanges, faqEntries, faqVersions } from '../db/schema.ts'
import { type FaqEntry, faqEntrySchema, heldBack } from './entry.ts'
import type { Served } from './index.ts'

/** Every process listens here; what is told is only that there is something to read. */
export const CHANNEL = 'shouwen_faq'

/** Rows of one INSERT; 1,000 entries of five columns stay far below PostgreSQL's parameter limit. */
const BATCH = 1_000

/** Who wrote a version, and when. */
export interface Wrote {
  author: string
  at: Date
}

/**
 * Numbers a change of entries or slots and tells every process of it, both with the commit of the
 * transaction that this runs in. Changes wait for each other here.
 */
export async function nextChange(tx: Db): Promise<number> {
  const [row] = await tx
    .insert(faqChanges)
    .values({ n: 1 })
    .onConflictDoUpdate({ target: faqChanges.one, set: { n: sql`${faqChanges.n} + 1` } })
    .returning({ n: faqChanges.n })
  await tx.execute(sql`select pg_notify(${CHANNEL}, ${String(row!.n)})`)
  return row!.n
}

/** The number of the last change; 0 before the first. One row by its key. */
export async function lastChange(db: Db): Promise<number> {
  const [row] = await db.select({ n: faqChanges.n }).from(faqChanges)
  return row?.n ?? 0
}

/** Makes these the current versions of their entries; in a transaction that took `change`. */
export async function writeVersions(
  tx: Db,
  versions: readonly Served[],
  { author, at, change }: Wrote & { change: number },
): Promise<void> {
  for (let from = 0; from < versions.length; from += BATCH) {
    const batch = versions.slice(from, from + BATCH)
    await tx
      .insert(faqEntries)
      .values(batch.map(({ entry: { id, status }, version }) => ({ id, version, status, change })))
      .onConflictDoUpdate({
        target: faqEntries.id,
        set: {
          version: sql`excluded.version`,
          status: sql`excluded.status`,
          change: sql`excluded.change`,
        },
      })
    await tx
      .insert(faqVersions)
      .values(batch.map(({ entry, version }) => ({ id: entry.id, version, entry, author, at })))
  }
}

/** A current version, or why it cannot be served. */
export type Loaded = Served | { id: string; problem: string }

/**
 * The current versions that were made after the change of that number, retired and draft ones
 * included: the index keeps them out of what is served, and knows them to stay silent about.
 */
export async function readEntries(db: Db, after = -1): Promise<Loaded[]> {
  const rows = await db
    .select({ id: faqEntries.id, version: faqVersions.version, entry: faqVersions.entry })
    .from(faqEntries)
    .innerJoin(
      faqVersions,
      and(eq(faqVersions.id, faqEntries.id), eq(faqVersions.version, faqEntries.version)),
    )
    .where(gt(faqEntries.change, after))
  // Ordered here: the database's collation is the operator's, and may order hyphens differently.
  const ordered = rows.sort((a, b) => (a.id < b.id ? -1 : 1))
  return ordered.map(({ id, version, entry }) => {
    const read = faqEntrySchema.safeParse(entry)
    if (read.success) return { entry: read.data, version }
    const issue = read.error.issues[0]!
    return { id, problem: `faq entry ${id} v${version}: ${issue.path.join('.')} ${issue.message}` }
  })
}

/**
 * All current versions.
 * @throws Error naming a stored entry that no longer fits the schema: none is ever left out
 */
export async function loadEntries(db: Db): Promise<Served[]> {
  const read = await readEntries(db)
  return read.map((one) => {
    if ('problem' in one) throw new Error(one.problem)
    return one
  })
}

async function versionsOf(db: Db, id: string): Promise<Served[]> {
  const rows = await db
    .select({ version: faqVersions.version, entry: faqVersions.entry })
    .from(faqVersions)
    .where(eq(faqVersions.id, id))
    .orderBy(desc(faqVersions.version))
  return rows as Served[]
}

/** What was written, or why nothing was. */
export type Written = { version: number } | 'unknown' | 'not-served' | 'served' | 'never-served'

/** Writes what `next` makes of an entry's versions (newest first) as its newest. */
function writeNext(
  db: Db,
  id: string,
  wrote: Wrote,
  next: (versions: readonly Served[]) => FaqEntry | Exclude<Written, object>,
): Promise<Written> {
  return db.transaction(async (tx) => {
    const change = await nextChange(tx)
    const versions = await versionsOf(tx, id)
    const entry = next(versions)
    if (typeof entry === 'string') return entry
    const version = (versions[0]?.version ?? 0) + 1
    await writeVersions(tx, [{ entry: faqEntrySchema.parse(entry), version }], { ...wrote, change })
    return { version }
  })
}

/**
 * Makes this the newest version of its entry, or the first of a new one; within a second every
 * process goes by it.
 * @throws ZodError for an entry that is none
 */
export function publishEntry(db: Db, entry: FaqEntry, wrote: Wrote): Promise<Written> {
  return writeNext(db, entry.id, wrote, () => entry)
}

/**
 * Stops an entry from being shown: its next version waits for review. The bot then is silent on its
 * question; a retired entry would leave the question to the next best one.
 */
export function withdrawEntry(db: Db, id: string, wrote: Wrote, why: string): Promise<Written> {
  return writeNext(db, id, wrote, ([current]) => {
    if (!current) return 'unknown'
    return current.entry.status === 'published' ? heldBack(current.entry, why) : 'not-served'
  })
}

/** Shows an entry again as it was published last. */
export function restoreEntry(db: Db, id: string, wrote: Wrote): Promise<Written> {
  return writeNext(db, id, wrote, (versions) => {
    const [current] = versions
    if (!current) return 'unknown'
    if (current.entry.status === 'published') return 'served'
    return versions.find(({ entry }) => entry.status === 'published')?.entry ?? 'never-served'
  })
}
