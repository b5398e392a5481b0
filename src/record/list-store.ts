import { and, desc, eq, inArray, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { entries, threads } from '../db/schema.ts'
import { type Caller, isStaff } from '../protocol/caller.ts'
import { OPEN_STATES, SEALED_KINDS, type ThreadState, type View } from '../protocol/vocabulary.ts'
import { addressed, type Thread } from './thread.ts'

/** Everything that this caller may see, as a condition (the SQL twin of `sightOf`). */
export function seenBy(who: Caller): SQL | undefined {
  if (!isStaff(who)) return eq(threads.uscc, who.enterprise.uscc)
  const ofDesk = who.desks.length > 0 ? inArray(threads.desk, [...who.desks]) : sql`false`
  switch (who.role) {
    case 'admin':
      return undefined
    case 'curator':
      return inArray(threads.state, ['resolved', 'closed'])
    case 'supervisor':
      return ofDesk
    default:
      return or(ofDesk, sql`${threads.concerned} && ${idsOf(who.id, who.desks)}`)
  }
}

const idsOf = (...ids: (string | readonly string[])[]) =>
  sql`array[${sql.join(
    ids.flat().map((id) => sql`${id}::text`),
    sql`, `,
  )}]`

function inView(view: View, who: Caller, now: Date): SQL | undefined {
  switch (view) {
    case 'mine':
      return isStaff(who) ? eq(threads.owner, who.id) : eq(threads.asker, who.id)
    case 'waiting':
      return eq(threads.state, 'waiting')
    case 'overdue':
      return and(isNotNull(threads.dueAt), lt(threads.dueAt, now))
    case 'desk':
      return isStaff(who) && who.desks.length > 0
        ? inArray(threads.desk, [...who.desks])
        : isStaff(who)
          ? sql`false`
          : undefined
    default:
      return undefined
  }
}

/** A substring, with LIKE's own wildcards taken literally. */
const pattern = (q: string) => `%${q.replace(/[\\%_]/g, '\\$&')}%`

/** Words in what the caller may read: never in a kind that is sealed for them. */
function mentions(q: string, who: Caller): SQL | undefined {
  const like = pattern(q)
  const open = isStaff(who)
    ? sql`true`
    : sql`e.kind not in (${sql.join(
        SEALED_KINDS.map((kind) => sql`${kind}`),
        sql`, `,
      )}) and coalesce((e.body->>'sealed')::boolean, false) = false
        and (e.kind <> 'opinion-given' or (e.body->>'public')::boolean)`
  const inEntries = sql`exists (select from ${entries} e where e.thread = ${threads.id} and ${open}
    and (e.body->>'text' ilike ${like} or e.body->>'answer' ilike ${like}
         or e.body->>'summary' ilike ${like}))`
  const inName =
    isStaff(who) && who.role !== 'curator'
      ? sql`${threads.fold}->'enterprise'->>'name' ilike ${like}`
      : undefined
  return or(sql`${threads.question} ilike ${like}`, inName, inEntries)
}

export interface ListQuery {
  view: View
  states?: readonly ThreadState[]
  q?: string
  cursor?: Cursor
  limit: number
}

/** Where a page ended: the sort key and the id of its last row. */
export interface Cursor {
  key: string
  id: string
}

/** Waiting and overdue threads come by due time, all others newest first. */
const byDue = (view: View) => view === 'waiting' || view === 'overdue'

const dueKey = sql`coalesce(${threads.dueAt}, 'infinity'::timestamptz)`

function after(cursor: Cursor | undefined, view: View): SQL | undefined {
  if (!cursor) return undefined
  const at = sql`(${cursor.key}::timestamptz, ${cursor.id}::uuid)`
  return byDue(view)
    ? sql`(${dueKey}, ${threads.id}) > ${at}`
    : sql`(${threads.openedAt}, ${threads.id}) < ${at}`
}

/** One page of threads that the caller may see. */
export async function listThreads(
  db: Db,
  who: Caller,
  { view, states, q, cursor, limit }: ListQuery,
  now: Date,
): Promise<{ threads: Thread[]; next?: Cursor }> {
  const rows = await db
    .select({
      fold: threads.fold,
      key: byDue(view) ? sql<string>`${dueKey}::text` : threads.openedAt,
    })
    .from(threads)
    .where(
      and(
        seenBy(who),
        inView(view, who, now),
        states?.length ? inArray(threads.state, [...states]) : undefined,
        q ? mentions(q, who) : undefined,
        after(cursor, view),
      ),
    )
    .orderBy(...(byDue(view) ? [dueKey, threads.id] : [desc(threads.openedAt), desc(threads.id)]))
    .limit(limit + 1)
  const found = rows.slice(0, limit).map(({ fold }) => fold as Thread)
  const last = rows[limit - 1]
  if (rows.length <= limit || !last) return { threads: found }
  const key = last.key instanceof Date ? last.key.toISOString() : String(last.key)
  return { threads: found, next: { key, id: (last.fold as Thread).id } }
}

/** Open threads that concern an officer now: owned, offered, asked for an opinion. */
export async function concerningThreads(
  db: Db,
  who: { id: string; desks: readonly string[] },
  limit: number,
): Promise<Thread[]> {
  const rows = await db
    .select({ fold: threads.fold })
    .from(threads)
    .where(
      and(
        sql`${threads.concerned} && ${idsOf(who.id, who.desks)}`,
        inArray(threads.state, [...OPEN_STATES]),
      ),
    )
    .orderBy(desc(threads.openedAt), desc(threads.id))
    .limit(limit)
  const mine = (thread: Thread) =>
    addressed(thread).some((id) => id === who.id || who.desks.includes(id))
  return rows.map(({ fold }) => fold as Thread).filter(mine)
}

/** The newest open threads of an enterprise. */
export async function openThreadsOf(db: Db, uscc: string, limit: number): Promise<Thread[]> {
  const rows = await db
    .select({ fold: threads.fold })
    .from(threads)
    .where(and(eq(threads.uscc, uscc), inArray(threads.state, [...OPEN_STATES])))
    .orderBy(desc(threads.openedAt), desc(threads.id))
    .limit(limit)
  return rows.map(({ fold }) => fold as Thread)
}
