import type { Sql } from '../db/db.ts'
import type { Entry } from '../protocol/entries.ts'
import { concerned, dueAt, type Thread } from './thread.ts'

/** All that one command writes: whole or not at all. */
export interface Group {
  /** Number of the entry before the first of these; 0 for a new thread. */
  was: number
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
 * @param deadline milliseconds of the epoch by the database's clock, after which nothing is stored
 * @throws the driver's error; then nothing of any group is stored
 */
export async function append(
  sql: Sql,
  origin: string,
  groups: readonly Group[],
  deadline = Number.MAX_SAFE_INTEGER,
): Promise<Done> {
  const g = groups.map((group, i) => ({ i, ...group }))
  const all = g.flatMap(({ i, entries }) => entries.map((entry) => ({ i, ...entry })))
  const wanted = g.flatMap((group) => filesOf(group).map((file) => ({ i: group.i, file })))
  const column = <T>(pick: (group: (typeof g)[number]) => T) => g.map(pick)
  const cell = <T>(pick: (entry: (typeof all)[number]) => T) => all.map(pick)
  const rows = await sql<Row[]>`
    with g as materialized (
      select * from unnest(
        ${column(({ i }) => i)}::int[], ${column(({ after }) => after.id)}::uuid[],
        ${column(({ was }) => was)}::int[], ${column(({ after }) => after.seq)}::int[],
        ${column(({ after }) => after.head)}::text[], ${column(({ after }) => after.kind)}::text[],
        ${column(({ after }) => after.state)}::text[],
        ${column(({ after }) => after.enterprise.uscc)}::text[],
        ${column(({ after }) => after.asker)}::uuid[], ${column(({ after }) => after.desk)}::text[],
        ${column(({ after }) => after.owner?.id ?? null)}::text[],
        ${column(({ after }) => literal(concerned(after)))}::text[],
        ${column(({ after }) => after.question.text)}::text[],
        ${column(({ after }) => String(after.urgent))}::boolean[],
        ${column(({ after }) => dueAt(after))}::text[],
        ${column(({ after }) => after.openedAt)}::text[],
        ${column(({ after }) => after.at)}::text[],
        ${column(({ after }) => JSON.stringify(after))}::text[],
        ${column(({ command }) => command?.caller ?? null)}::text[],
        ${column(({ command }) => command?.id ?? null)}::uuid[],
        ${column(({ seq }) => seq)}::int[]
      ) as g(i, thread, was, seq, head, kind, state, uscc, asker, desk, owner, concerned,
             question, urgent, due_at, opened_at, at, fold, caller, command, named)
    ), held as materialized (
      select t.id, t.seq from threads t where t.id in (select thread from g where was > 0)
      order by t.id for update
    ), known as materialized (
      select g.i, c.thread, c.seq from g join commands c on c.caller = g.caller and c.id = g.command
    ), wanted as materialized (
      select * from unnest(${wanted.map(({ i }) => i)}::int[], ${wanted.map(({ file }) => file)}::uuid[])
        as wanted(i, file)
    ), free as materialized (
      select f.id from files f where f.id in (select file from wanted) and f.thread is null
      order by f.id for update
    ), barred as materialized (
      select i from known union select i from wanted where file not in (select id from free)
    ), moved as (
      update threads t set state = g.state::thread_state, desk = g.desk, owner = g.owner,
        concerned = g.concerned::text[], question = g.question, urgent = g.urgent, seq = g.seq,
        head = g.head, due_at = g.due_at::timestamptz, at = g.at::timestamptz, fold = g.fold::jsonb
      from g join held on held.id = g.thread
      where t.id = g.thread and t.seq = g.was and g.was > 0
        and not exists (select from barred where barred.i = g.i)
        and extract(epoch from clock_timestamp()) * 1000 < ${deadline}::float8
      returning g.i
    ), opened as (
      insert into threads (id, kind, state, uscc, asker, desk, owner, concerned, question, urgent,
                           seq, head, due_at, opened_at, at, fold)
      select thread, kind::thread_kind, state::thread_state, uscc, asker, desk, owner,
             concerned::text[], question, urgent, seq, head, due_at::timestamptz,
             opened_at::timestamptz, at::timestamptz, fold::jsonb
      from g where was = 0 and not exists (select from barred where barred.i = g.i)
        and extract(epoch from clock_timestamp()) * 1000 < ${deadline}::float8
      returning id
    ), won as materialized (
      select i from moved union all select g.i from g join opened on opened.id = g.thread
    ), stored as (
      insert into entries (thread, seq, at, kind, by, body, salt, content, prev, hash)
      select e.thread, e.seq, e.at::timestamptz, e.kind::entry_kind, e.by::jsonb, e.body::jsonb,
             e.salt, e.content, e.prev, e.hash
      from unnest(
        ${cell(({ i }) => i)}::int[], ${cell((e) => e.thread)}::uuid[],
        ${cell((e) => e.seq)}::int[], ${cell((e) => e.at)}::text[],
        ${cell((e) => e.kind)}::text[], ${cell((e) => JSON.stringify(e.by))}::text[],
        ${cell((e) => JSON.stringify(e.body))}::text[], ${cell((e) => e.salt)}::text[],
        ${cell((e) => e.content)}::text[], ${cell((e) => e.prev)}::text[],
        ${cell((e) => e.hash)}::text[]
      ) as e(i, thread, seq, at, kind, by, body, salt, content, prev, hash)
      join won on won.i = e.i
    ), remembered as (
      insert into commands (caller, id, thread, seq, at)
      select caller, command, thread, named, at::timestamptz from g join won using (i)
      where command is not null order by caller, command
    ), used as (
      update files f set thread = g.thread
      from wanted join won using (i) join g using (i)
      where f.id = wanted.file
    ), told as (
      select pg_notify(${CHANNEL}, ${origin}::text || ' ' || string_agg(thread || ':' || seq, ','))
      from (select thread, seq, (row_number() over () - 1) / 150 as part from g join won using (i)
            where g.seq > g.was) news
      group by part
    )
    select g.i, (won.i is not null) as won, known.thread, known.seq,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
      extract(epoch from clock_timestamp()) * 1000 >= ${deadline}::float8 as late
    from g left join won using (i) left join known using (i), (select count(*) from told) notified`
  const results: Appended[] = groups.map(() => ({ as: 'lost' }))
  for (const { i, won, thread, seq, late } of rows) {
    if (won) results[i] = { as: 'won' }
    else if (thread !== null && seq !== null) results[i] = { as: 'known', thread, seq }
    else if (late) results[i] = { as: 'late' }
  }
  return { results, now: rows[0]?.now ?? 0 }
}
