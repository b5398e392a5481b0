import { and, desc, eq, gte, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { entries, threads } from '../db/schema.ts'
import { type Caller, isStaff } from '../protocol/caller.ts'
import {
  OPEN_STATES,
  SEALED_CLOCKS,
  SEALED_KINDS,
  type ThreadState,
  type View,
} from '../protocol/vocabulary.ts'
import { PERSONAL } from './personal.ts'
import { addressed, asThread, type Thread } from './thread.ts'

/** Everything that this caller may see, as a condition (the SQL twin of `sightOf`). */
export function seenBy(who: Caller): SQL | undefined {
  if (!isStaff(who)) return eq(threads.uscc, who.enterprise.uscc)
  const ofDesk = ofDesks(who.desks)
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

const ofDesks = (ids: readonly string[]) =>
  ids.length > 0 ? inArray(threads.desk, [...ids]) : sql`false`

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
      return knowsAll(who) ? lt(threads.dueAt, now) : openlyLate(now)
    case 'desk':
      return isStaff(who) ? ofDesks(who.desks) : undefined
    default:
      return undefined
  }
}

/** Sealed clocks are none of an enterprise's business, nor of a curator's. */
const knowsAll = (who: Caller) => isStaff(who) && who.role !== 'curator'

/** Late by a clock that everybody may know of. */
const openlyLate = (now: Date) => sql`exists (
  select from jsonb_array_elements(${threads.fold}->'clocks') clock
  where not clock ?| array['metAt', 'endedAt', 'pausedAt'] and clock->>'dueAt' < ${now.toISOString()}
    and clock->>'name' not in (${sql.join(
      SEALED_CLOCKS.map((name) => sql`${name}`),
      sql`, `,
    )}))`

/** A substring, with LIKE's own wildcards taken literally. */
const pattern = (q: string) => `%${q.replace(/[\\%_]/g, '\\$&')}%`

/**
 * Words in what the caller may read: never in a kind that is sealed for them, and for a curator
 * never in what is masked, so that nobody finds out a number by asking for it.
 */
function mentions(q: string, who: Caller): SQL | undefined {
  const like = pattern(q)
  const isMasked = who.role === 'curator'
  const says = (text: SQL) =>
    isMasked
      ? sql`regexp_replace(${text}, ${PERSONAL}, '*', 'g') ilike ${like}`
      : sql`${text} ilike ${like}`
  const open =
    isStaff(who) && !isMasked
      ? sql`true`
      : sql`e.kind not in (${sql.join(
          SEALED_KINDS.map((kind) => sql`${kind}`),
          sql`, `,
        )}) and coalesce((e.body->>'sealed')::boolean, false) = false
          and (e.kind <> 'opinion-given' or (e.body->>'public')::boolean)`
  const inEntries = sql`exists (select from ${entries} e where e.thread = ${threads.id} and ${open}
    and (${says(sql`e.body->>'text'`)} or ${says(sql`e.body->>'answer'`)}
         or ${says(sql`e.body->>'summary'`)}))`
  const inName =
    isStaff(who) && !isMasked
      ? sql`${threads.fold}->'enterprise'->>'name' ilike ${like}`
      : undefined
  return or(says(sql`${threads.question}`), inName, inEntries)
}

export interface ListQuery {
  view: View
  states?: readonly ThreadState[]
  q?: string
  /** Only of these desks. */
  desks?: readonly string[]
  owner?: string
  /** Waiting or held, and due within these times, both ends included. */
  dueIn?: { from: Date | null; to: Date }
  cursor?: Cursor
  limit: number
}

/** Where a page ended: the sort key and the id of its last row. */
export interface Cursor {
  key: string
  id: string
}

/**
 * Waiting and overdue threads come by due time, all others newest first; so do they for whom the
 * order, or the time in a cursor, would tell of a clock that they may not know of.
 */
const byDue = (view: View, who: Caller) =>
  knowsAll(who) && (view === 'waiting' || view === 'overdue')

const dueKey = sql`coalesce(${threads.dueAt}, 'infinity'::timestamptz)`

function after(cursor: Cursor | undefined, isByDue: boolean): SQL | undefined {
  if (!cursor) return undefined
  const at = sql`(${cursor.key}::timestamptz, ${cursor.id}::uuid)`
  return isByDue
    ? sql`(${dueKey}, ${threads.id}) > ${at}`
    : sql`(${threads.openedAt}, ${threads.id}) < ${at}`
}

const within = ({ from, to }: NonNullable<ListQuery['dueIn']>) =>
  and(
    inArray(threads.state, ['waiting', 'held']),
    from ? gte(threads.dueAt, from) : undefined,
    lte(threads.dueAt, to),
  )

/** One page of threads that the caller may see. */
export async function listThreads(
  db: Db,
  who: Caller,
  { view, states, q, desks, owner, dueIn, cursor, limit }: ListQuery,
  now: Date,
): Promise<{ threads: Thread[]; next?: Cursor }> {
  const isByDue = byDue(view, who)
  const rows = await db
    .select({
      fold: threads.fold,
      key: isByDue ? sql<string>`${dueKey}::text` : threads.openedAt,
    })
    .from(threads)
    .where(
      and(
        seenBy(who),
        inView(view, who, now),
        desks ? ofDesks(desks) : undefined,
        owner === undefined ? undefined : eq(threads.owner, owner),
        dueIn ? within(dueIn) : undefined,
        states?.length ? inArray(threads.state, [...states]) : undefined,
        q ? mentions(q, who) : undefined,
        after(cursor, isByDue),
      ),
    )
    .orderBy(...(isByDue ? [dueKey, threads.id] : [desc(threads.openedAt), desc(threads.id)]))
    .limit(limit + 1)
  const found = rows.slice(0, limit).map(({ fold }) => asThread(fold))
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
  return rows.map(({ fold }) => asThread(fold)).filter(mine)
}

/** The newest open threads of an enterprise. */
export async function openThreadsOf(db: Db, uscc: string, limit: number): Promise<Thread[]> {
  const rows = await db
    .select({ fold: threads.fold })
    .from(threads)
    .where(and(eq(threads.uscc, uscc), inArray(threads.state, [...OPEN_STATES])))
    .orderBy(desc(threads.openedAt), desc(threads.id))
    .limit(limit)
  return rows.map(({ fold }) => asThread(fold))
}
