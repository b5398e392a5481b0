import canonicalize from 'canonicalize'
import { eq, inArray } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { faqEntries, faqVersions } from '../db/schema.ts'
import type { FaqEntry } from './entry.ts'
import { nextChange, type Wrote, writeVersions } from './faq-store.ts'
import type { Served } from './index.ts'

/** An entry as text, whatever the order of its fields. */
const textOf = (entry: unknown) => canonicalize(entry) ?? ''

interface Stored {
  version: number
  current: string
  /** Every text of it that came from the starter. */
  starters: ReadonlySet<string>
}

async function storedTexts(db: Db, ids: readonly string[], author: string) {
  const rows = await db
    .select({
      id: faqVersions.id,
      version: faqVersions.version,
      current: faqEntries.version,
      entry: faqVersions.entry,
      author: faqVersions.author,
    })
    .from(faqVersions)
    .innerJoin(faqEntries, eq(faqEntries.id, faqVersions.id))
    .where(inArray(faqVersions.id, [...ids]))
  const stored = new Map<string, Stored>()
  for (const [id, own] of Map.groupBy(rows, (row) => row.id)) {
    const now = own.find((row) => row.version === row.current)
    const starters = own.filter((row) => row.author === author).map((row) => textOf(row.entry))
    const [{ current: version }] = own as [(typeof own)[number]]
    stored.set(id, { version, current: textOf(now?.entry), starters: new Set(starters) })
  }
  return stored
}

/** What the starter changes: version 1 of what is new, the next of what the bureau left as it was. */
async function planSeed(db: Db, entries: readonly FaqEntry[], author: string) {
  const stored = await storedTexts(
    db,
    entries.map(({ id }) => id),
    author,
  )
  const versions: Served[] = []
  const kept: string[] = []
  for (const entry of entries) {
    const before = stored.get(entry.id)
    const text = textOf(entry)
    // a text that was the starter's before comes from an older release beside a newer one
    if (before?.current === text || before?.starters.has(text)) continue
    if (!before || before.starters.has(before.current)) {
      versions.push({ entry, version: (before?.version ?? 0) + 1 })
    } else kept.push(entry.id)
  }
  return { versions, kept }
}

/** What became of the starter's entries. */
export interface Seeded {
  /** Entries that are new, or whose text the starter has changed. */
  written: number
  /** Ids of those that the starter has changed and the bureau, too: the bureau's stays. */
  kept: string[]
}

/**
 * Brings the starter's entries into the database. What exists is followed as long as its current
 * text is the starter's own; what a curator or an operator changed is never touched. One
 * transaction; a second process that seeds at the same time waits and then finds nothing to do.
 */
export async function seedEntries(
  db: Db,
  entries: readonly FaqEntry[],
  wrote: Wrote,
): Promise<Seeded> {
  const { versions, kept } = await planSeed(db, entries, wrote.author)
  if (versions.length === 0) return { written: 0, kept }
  return db.transaction(async (tx) => {
    const change = await nextChange(tx) // holds the others off while it is looked at again
    const plan = await planSeed(tx, entries, wrote.author)
    await writeVersions(tx, plan.versions, { ...wrote, change })
    return { written: plan.versions.length, kept: plan.kept }
  })
}
