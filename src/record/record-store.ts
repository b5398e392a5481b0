import { and, asc, eq, gt, gte, inArray, lt, lte, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { commands, entries, reads, threads } from '../db/schema.ts'
import type { StoredEntry } from '../protocol/entries.ts'
import { asThread, type Thread } from './thread.ts'

/** What PostgreSQL would refuse as a thread's id cannot be one of ours. */
export const isThreadId = (id: string) =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id)

export async function loadThread(db: Db, id: string): Promise<Thread | null> {
  if (!isThreadId(id)) return null
  const rows = await db.select({ fold: threads.fold }).from(threads).where(eq(threads.id, id))
  return rows[0] ? asThread(rows[0].fold) : null
}

/** Many at once; those that do not exist are left out. */
export async function loadThreads(db: Db, ids: readonly string[]): Promise<Thread[]> {
  const known = ids.filter(isThreadId)
  if (known.length === 0) return []
  const rows = await db
    .select({ fold: threads.fold })
    .from(threads)
    .where(inArray(threads.id, known))
  return rows.map(({ fold }) => asThread(fold))
}

/** Threads that may have got an entry since then, and their newest number. */
export function changedSince(db: Db, at: Date): Promise<{ id: string; seq: number }[]> {
  return db.select({ id: threads.id, seq: threads.seq }).from(threads).where(gte(threads.at, at))
}

/** Entries `after < seq`, in order; `upTo` bounds them from above. */
export async function loadEntries(
  db: Db,
  thread: string,
  { after = 0, limit, upTo }: { after?: number; limit: number; upTo?: number },
): Promise<StoredEntry[]> {
  const rows = await db
    .select()
    .from(entries)
    .where(
      and(
        eq(entries.thread, thread),
        gt(entries.seq, after),
        upTo === undefined ? undefined : lte(entries.seq, upTo),
      ),
    )
    .orderBy(asc(entries.seq))
    .limit(limit)
  return rows.map(storedEntry)
}

const storedEntry = (row: typeof entries.$inferSelect) =>
  ({ ...row, at: row.at.toISOString() }) as StoredEntry

export async function loadEntry(db: Db, thread: string, seq: number): Promise<StoredEntry | null> {
  const [entry] = await loadEntries(db, thread, { after: seq - 1, upTo: seq, limit: 1 })
  return entry ?? null
}

/** Which entry repeats whose words, and where both say them. */
const REPEATED = [
  [
    { kind: 'handover-offered', words: 'reason' },
    { kind: 'noted', words: 'text' },
  ],
  [
    { kind: 'rated', words: 'comment' },
    { kind: 'reopened', words: 'text' },
  ],
] as const

/** Entries of the same thread that say a second time, word by word, what this one says. */
export async function loadEchoes(db: Db, entry: StoredEntry): Promise<StoredEntry[]> {
  const pair = REPEATED.find((both) => both.some(({ kind }) => kind === entry.kind))
  const said = pair?.find(({ kind }) => kind === entry.kind)
  const again = pair?.find(({ kind }) => kind !== entry.kind)
  const words = said && (entry.body as Record<string, unknown> | null)?.[said.words]
  if (again === undefined || typeof words !== 'string') return []
  const rows = await db
    .select()
    .from(entries)
    .where(
      and(
        eq(entries.thread, entry.thread),
        eq(entries.kind, again.kind),
        sql`${entries.body}->>${again.words} = ${words}`,
      ),
    )
    .orderBy(asc(entries.seq))
  return rows.map(storedEntry)
}

/** The ack that a person's command got, if it was done. */
export async function loadAck(
  db: Db,
  caller: string,
  id: string,
): Promise<{ thread: string; seq: number } | null> {
  const rows = await db
    .select({ thread: commands.thread, seq: commands.seq })
    .from(commands)
    .where(and(eq(commands.caller, caller), eq(commands.id, id)))
  return rows[0] ?? null
}

/** Read marks of a person over threads; unread threads are left out. */
export async function loadReads(
  db: Db,
  person: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ thread: reads.thread, seq: reads.seq })
    .from(reads)
    .where(and(eq(reads.person, person), inArray(reads.thread, [...ids])))
  return new Map(rows.map(({ thread, seq }) => [thread, seq]))
}

/** A read mark only ever rises. @returns whether it did */
export async function markRead(
  db: Db,
  thread: string,
  person: string,
  seq: number,
): Promise<boolean> {
  const risen = await db
    .insert(reads)
    .values({ thread, person, seq })
    .onConflictDoUpdate({
      target: [reads.thread, reads.person],
      set: { seq: sql`excluded.seq` },
      setWhere: lt(reads.seq, sql`excluded.seq`),
    })
    .returning({ seq: reads.seq })
  return risen.length > 0
}
