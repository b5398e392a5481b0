import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import { dayOfDate } from '../clock/day.ts'
import type { Db } from '../db/db.ts'
import { entries } from '../db/schema.ts'
import type { StoredEntry } from '../protocol/entries.ts'
import type { Period } from '../record/export-store.ts'
import { endOf } from '../record/seal.ts'
import { factsOf, type ThreadFacts } from './facts.ts'

/** Threads in hand at a time. */
const PAGE = 50
const DAY = 86_400_000

/**
 * Threads asked in a period as their entries up to `now` tell them, oldest first, some at a time. A
 * day and a page are statements of their own: no transaction waits for whoever reads them.
 */
export async function* factsIn(
  db: Db,
  { from, to }: Period,
  now: number,
): AsyncGenerator<ThreadFacts[], void> {
  for (let day = dayOfDate(from); day <= dayOfDate(to); day++) {
    const ids = await askedOn(db, new Date(day * DAY).toISOString().slice(0, 10))
    for (let i = 0; i < ids.length; i += PAGE) {
      yield await factsOfAll(db, ids.slice(i, i + PAGE), now)
    }
  }
}

/** That a thread was asked on one of these days in Shanghai. */
const isAskedIn = ({ from, to }: Period) =>
  and(
    eq(entries.seq, 1),
    gte(entries.at, new Date(endOf(from).getTime() - DAY)),
    lt(entries.at, endOf(to)),
  )

const isUpTo = (now: number) => lt(entries.at, new Date(now + 1))

/** How many threads were asked in a period. */
export const countAsked = (db: Db, period: Period, now: number): Promise<number> =>
  db.$count(entries, and(isAskedIn(period), isUpTo(now)))

/** Threads asked on a day in Shanghai, oldest first. */
async function askedOn(db: Db, day: string): Promise<string[]> {
  const rows = await db
    .select({ thread: entries.thread })
    .from(entries)
    .where(isAskedIn({ from: day, to: day }))
    .orderBy(asc(entries.at), asc(entries.thread))
  return rows.map(({ thread }) => thread)
}

/** Words of people, which no figure asks for: they stay in the database. */
const WORDS = '{answer,basis,files,summary,comment,note,card,promise}'
const bodyWithoutWords = sql<Record<string, unknown> | null>`
  case when ${entries.body} ? 'text'
    then (${entries.body} - ${WORDS}::text[]) || '{"text": ""}'
    else ${entries.body} - ${WORDS}::text[] end`

/** Of these threads, in their order, as far as they are there. */
export async function factsOfAll(
  db: Db,
  ids: readonly string[],
  now: number,
): Promise<ThreadFacts[]> {
  const rows = await db
    .select({
      thread: entries.thread,
      seq: entries.seq,
      at: entries.at,
      kind: entries.kind,
      by: entries.by,
      body: bodyWithoutWords,
    })
    .from(entries)
    .where(and(inArray(entries.thread, [...ids]), isUpTo(now)))
    .orderBy(asc(entries.thread), asc(entries.seq))
  const byThread = Map.groupBy(rows, ({ thread }) => thread)
  return ids.flatMap((id) => {
    const stored = (byThread.get(id) ?? []).map((row) => ({ ...row, at: row.at.toISOString() }))
    return factsOf(stored as unknown as StoredEntry[]) ?? []
  })
}
