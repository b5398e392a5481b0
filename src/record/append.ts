import type { Sql } from '../db/db.ts'
import { barred, clock, entryRows, groupRows, isLate, opened, told, used } from './append-rows.ts'
import { filesOf, type Group } from './group.ts'

export type Appended =
  | { as: 'won' }
  /** The command was done before: the ack it got. */
  | { as: 'known'; thread: string; seq: number }
  /** Another writer moved the thread first; decide again. */
  | { as: 'lost' }
  /** Its time was over when PostgreSQL came to it: not stored. */
  | { as: 'late' }
  /** PostgreSQL will not store this one, and would not if it were sent again. */
  | { as: 'failed'; error: unknown }

export const CHANNEL = 'shouwen_entries'

interface Row {
  i: number
  won: boolean
  thread: string | null
  seq: number | null
  late: boolean
  now: number
}

export interface Done {
  results: Appended[]
  /** Milliseconds of the epoch by the database's clock. */
  now: number
}

/**
 * The one statement that writes the record: compare-and-set each thread's head, insert the whole
 * group of the winners only, remember their command ids, mark their files as used, put into the
 * outbox who is to be told, one NOTIFY per 150 threads (ids only, below PostgreSQL's 8,000 bytes). Threads, files and commands are locked in
 * the order of their ids, so that two writers cannot deadlock on them. A file that somebody else
 * has used makes its group lose.
 *
 * It stays quick on tables of any size and age: a plan made for small ones is kept, so commands are
 * looked up by index whatever the plan believes; and what only new threads or files need stands in
 * the statement only for them.
 * @param deadline milliseconds of the epoch by the database's clock, after which nothing is stored
 * @throws the driver's error; then nothing of any group is stored
 */
export async function append(
  sql: Sql,
  origin: string,
  groups: readonly Group[],
  deadline = Number.MAX_SAFE_INTEGER,
): Promise<Done> {
  const opens = groups.some(({ was }) => was === 0)
  const rows = await sql<Row[]>`
    with g as materialized (${groupRows(sql, groups)}
    ), held as materialized (
      select t.id, t.seq from threads t where t.id in (select thread from g where was > 0)
      order by t.id for update
    ), known as materialized (
      select g.i, c.thread, c.seq from g cross join lateral (
        select thread, seq from commands where caller = g.caller and id = g.command limit 1) c
    ${barred(sql, groups)}
    ), moved as (
      update threads t set state = (g.fold->>'state')::thread_state, desk = g.fold->>'desk',
        owner = g.fold->'owner'->>'id', concerned = g.concerned,
        question = g.fold->'question'->>'text', urgent = (g.fold->>'urgent')::boolean,
        seq = g.seq, head = g.fold->>'head', due_at = g.due_at,
        wake_at = ${waking(sql)}, unscheduled = g.unscheduled, at = g.at, fold = g.fold
      from g join held on held.id = g.thread
      where t.id = g.thread and t.seq = g.was and g.was > 0
        and not exists (select from barred where barred.i = g.i) and not (${isLate(sql, deadline)})
      returning g.i
    ${opens ? opened(sql, deadline) : sql``}
    ), won as materialized (
      select i from moved
      ${opens ? sql`union all select g.i from g join opened on opened.id = g.thread` : sql``}
    ), stored as (
      insert into entries (thread, seq, at, kind, by, body, salt, content, prev, hash, sealed)
      select g.thread, e.seq, g.at, e.kind::entry_kind, e.by::jsonb, e.body::jsonb, e.salt,
             e.content, e.prev, e.hash, e.sealed
      from (${entryRows(sql, groups)}) e join won using (i) join g using (i)
      returning thread, kind, body
    ${groups.some(redacts) ? removed(sql) : sql``}
    ), remembered as (
      insert into commands (caller, id, thread, seq, at)
      select caller, command, thread, named, at from g join won using (i)
      where command is not null order by caller, command
    ${groups.some((group) => filesOf(group).length > 0) ? used(sql) : sql``}
    ${told(sql, groups)}
    ), notified as (
      select pg_notify(${CHANNEL}, ${origin}::text || ' ' || string_agg(thread || ':' || seq, ','))
      from g join won using (i) where g.seq > g.was group by g.i / 150
    )
    select g.i, (won.i is not null) as won, known.thread, known.seq,
      ${isLate(sql, deadline)} as late, ${clock(sql)} as now
    from g left join won using (i) left join known using (i), (select count(*) from notified) said`
  const results: Appended[] = groups.map(() => ({ as: 'lost' }))
  for (const { i, won, thread, seq, late } of rows) {
    if (won) results[i] = { as: 'won' }
    else if (thread !== null && seq !== null) results[i] = { as: 'known', thread, seq }
    else if (late) results[i] = { as: 'late' }
  }
  return { results, now: rows[0]?.now ?? 0 }
}

/**
 * Too early does no harm: the clockwork looks, and writes down the time exactly. So a message, which
 * puts off what is due, leaves the column as it is and its row out of the indexes' way.
 */
const waking = (sql: Sql) => sql`case
  when g.command is null or g.wake_at is null or t.wake_at is null then g.wake_at
  else least(t.wake_at, g.wake_at) end`

const redacts = ({ entries }: Group) => entries.some(({ kind }) => kind === 'redacted')

/**
 * The one change that the record allows: what a `redacted` of this statement names loses its body
 * and salt, and its files go. A trigger holds the door as narrow as this.
 */
function removed(sql: Sql) {
  return sql`), redacted as materialized (
      select e.thread, e.seq, e.body->'files' as files
      from stored s join entries e on e.thread = s.thread and e.seq = (s.body->>'seq')::int
      where s.kind = 'redacted'
    ), emptied as (
      update entries e set body = null, salt = null from redacted r
      where e.thread = r.thread and e.seq = r.seq
    ), unfiled as (
      delete from files f using redacted r, jsonb_array_elements(r.files) file
      where f.id = (file->>'id')::uuid and f.thread = r.thread`
}
