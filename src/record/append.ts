import type { Sql } from '../db/db.ts'
import type { Entry } from '../protocol/entries.ts'
import { concerned, dueAt, type Thread } from './thread.ts'

/** All that one command writes: whole or not at all. */
export interface Group {
  /** Number of the entry before the first of these; 0 for a new thread. */
  was: number
  /** Of one thread and one moment, in order. */
  entries: readonly Entry[]
  /** The thread with these entries folded in. */
  after: Thread
  /** Whose command it was; null for what the system does by itself. */
  command: { caller: string; id: string } | null
  /** The number that the ack names. */
  seq: number
  /** When its caller stops waiting, by `performance.now()`: it must not be stored after that. */
  until?: number
}

/** Files that a group's entries carry. */
export const filesOf = ({ entries }: Group): string[] =>
  entries.flatMap(({ body }) => ('files' in body ? (body.files ?? []).map(({ id }) => id) : []))

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

/** A PostgreSQL array literal of plain ids. */
const literal = (ids: readonly string[]) => `{${ids.map((id) => JSON.stringify(id)).join(',')}}`

/** One JSON value a line: cheaper to write and to read than an array of escaped texts. */
const lines = (values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value)).join('\n')

/** Milliseconds of the epoch. */
const clock = (sql: Sql) => sql`(extract(epoch from clock_timestamp()) * 1000)::float8`
const isLate = (sql: Sql, deadline: number) => sql`${clock(sql)} >= ${deadline}::float8`

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
 * group of the winners only, remember their command ids, mark their files as used, one NOTIFY per
 * 150 threads (ids only, below PostgreSQL's 8,000 bytes). Threads, files and commands are locked in
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
        seq = g.seq, head = g.fold->>'head', due_at = g.due_at, at = g.at, fold = g.fold
      from g join held on held.id = g.thread
      where t.id = g.thread and t.seq = g.was and g.was > 0
        and not exists (select from barred where barred.i = g.i) and not (${isLate(sql, deadline)})
      returning g.i
    ${opens ? opened(sql, deadline) : sql``}
    ), won as materialized (
      select i from moved
      ${opens ? sql`union all select g.i from g join opened on opened.id = g.thread` : sql``}
    ), stored as (
      insert into entries (thread, seq, at, kind, by, body, salt, content, prev, hash)
      select g.thread, e.seq, g.at, e.kind::entry_kind, e.by::jsonb, e.body::jsonb, e.salt,
             e.content, e.prev, e.hash
      from (${entryRows(sql, groups)}) e join won using (i) join g using (i)
    ), remembered as (
      insert into commands (caller, id, thread, seq, at)
      select caller, command, thread, named, at from g join won using (i)
      where command is not null order by caller, command
    ${groups.some((group) => filesOf(group).length > 0) ? used(sql) : sql``}
    ), told as (
      select pg_notify(${CHANNEL}, ${origin}::text || ' ' || string_agg(thread || ':' || seq, ','))
      from g join won using (i) where g.seq > g.was group by g.i / 150
    )
    select g.i, (won.i is not null) as won, known.thread, known.seq,
      ${isLate(sql, deadline)} as late, ${clock(sql)} as now
    from g left join won using (i) left join known using (i), (select count(*) from told) notified`
  const results: Appended[] = groups.map(() => ({ as: 'lost' }))
  for (const { i, won, thread, seq, late } of rows) {
    if (won) results[i] = { as: 'won' }
    else if (thread !== null && seq !== null) results[i] = { as: 'known', thread, seq }
    else if (late) results[i] = { as: 'late' }
  }
  return { results, now: rows[0]?.now ?? 0 }
}

/** One row a group. `offset 0` keeps PostgreSQL from reading the fold's JSON again at each use. */
function groupRows(sql: Sql, groups: readonly Group[]) {
  return sql`
      select i, was, named, caller, command, due_at::timestamptz, concerned::text[], fold,
        (fold->>'id')::uuid as thread, (fold->>'seq')::int as seq, (fold->>'at')::timestamptz as at
      from (
        select (i - 1)::int as i, was, named, caller, command, due_at, concerned, fold::jsonb as fold
        from unnest(
          ${groups.map(({ was }) => was)}::int[], ${groups.map(({ seq }) => seq)}::int[],
          ${groups.map(({ command }) => command?.caller ?? null)}::text[],
          ${groups.map(({ command }) => command?.id ?? null)}::uuid[],
          ${groups.map(({ after }) => dueAt(after))}::text[],
          ${groups.map(({ after }) => literal(concerned(after)))}::text[],
          string_to_array(${lines(groups.map(({ after }) => after))}, chr(10))
        ) with ordinality as g(was, named, caller, command, due_at, concerned, fold, i) offset 0
      ) g`
}

/** New threads. */
function opened(sql: Sql, deadline: number) {
  return sql`), opened as (
      insert into threads (id, kind, state, uscc, asker, desk, owner, concerned, question, urgent,
                           seq, head, due_at, opened_at, at, fold)
      select thread, (fold->>'kind')::thread_kind, (fold->>'state')::thread_state,
             fold->'enterprise'->>'uscc', (fold->>'asker')::uuid, fold->>'desk',
             fold->'owner'->>'id', concerned, fold->'question'->>'text',
             (fold->>'urgent')::boolean, seq, fold->>'head', due_at,
             (fold->>'openedAt')::timestamptz, at, fold
      from g where was = 0
        and not exists (select from barred where barred.i = g.i) and not (${isLate(sql, deadline)})
      returning id`
}

/** Groups that may not be stored: done before, or with a file that is not free. */
function barred(sql: Sql, groups: readonly Group[]) {
  const wanted = groups.flatMap((group, i) => filesOf(group).map((file) => ({ i, file })))
  if (wanted.length === 0) return sql`), barred as materialized (select i from known`
  return sql`), wanted as materialized (
      select * from unnest(${wanted.map(({ i }) => i)}::int[],
                           ${wanted.map(({ file }) => file)}::uuid[]) as wanted(i, file)
    ), free as materialized (
      select f.id from files f where f.id in (select file from wanted) and f.thread is null
      order by f.id for update
    ), barred as materialized (
      select i from known union select i from wanted where file not in (select id from free)`
}

function used(sql: Sql) {
  return sql`), used as (
      update files f set thread = g.thread
      from wanted join won using (i) join g using (i)
      where f.id = wanted.file`
}

/** One row an entry; thread and time are its group's. */
function entryRows(sql: Sql, groups: readonly Group[]) {
  const all = groups.flatMap(({ entries }, i) => entries.map((entry) => ({ i, entry })))
  const cell = <T>(pick: (entry: Entry) => T) => all.map(({ entry }) => pick(entry))
  return sql`select * from unnest(
        ${all.map(({ i }) => i)}::int[], ${cell(({ seq }) => seq)}::int[],
        ${cell(({ kind }) => kind)}::text[], ${cell(({ salt }) => salt)}::text[],
        ${cell(({ content }) => content)}::text[], ${cell(({ prev }) => prev)}::text[],
        ${cell(({ hash }) => hash)}::text[], string_to_array(${lines(cell(({ by }) => by))}, chr(10)),
        string_to_array(${lines(cell(({ body }) => body))}, chr(10))
      ) as e(i, seq, kind, salt, content, prev, hash, by, body)`
}
