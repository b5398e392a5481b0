import type { Sql } from '../db/db.ts'
import type { Entry } from '../protocol/entries.ts'
import { filesOf, type Group } from './group.ts'
import { isSealed } from './sight.ts'
import { concerned, dueAt } from './thread.ts'
import { isUnscheduled, wakeAt } from './wake.ts'

/** Milliseconds of the epoch. */
export const clock = (sql: Sql) => sql`(extract(epoch from clock_timestamp()) * 1000)::float8`
export const isLate = (sql: Sql, deadline: number) => sql`${clock(sql)} >= ${deadline}::float8`

/** A PostgreSQL array literal of plain ids. */
const literal = (ids: readonly string[]) => `{${ids.map((id) => JSON.stringify(id)).join(',')}}`

/** One JSON value a line: cheaper to write and to read than an array of escaped texts. */
const lines = (values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value)).join('\n')

/** One row a group. `offset 0` keeps PostgreSQL from reading the fold's JSON again at each use. */
export function groupRows(sql: Sql, groups: readonly Group[]) {
  return sql`
      select i, was, named, caller, command, due_at::timestamptz, wake_at::timestamptz,
        unscheduled, concerned::text[], fold,
        (fold->>'id')::uuid as thread, (fold->>'seq')::int as seq, (fold->>'at')::timestamptz as at
      from (
        select (i - 1)::int as i, was, named, caller, command, due_at, wake_at, unscheduled,
          concerned, fold::jsonb as fold
        from unnest(
          ${groups.map(({ was }) => was)}::int[], ${groups.map(({ seq }) => seq)}::int[],
          ${groups.map(({ command }) => command?.caller ?? null)}::text[],
          ${groups.map(({ command }) => command?.id ?? null)}::uuid[],
          ${groups.map(({ after }) => dueAt(after))}::text[],
          ${groups.map(({ after }) => wakeAt(after))}::text[],
          ${groups.map(({ after }) => `${isUnscheduled(after)}`)}::text[]::boolean[],
          ${groups.map(({ after }) => literal(concerned(after)))}::text[],
          string_to_array(${lines(groups.map(({ after }) => after))}, chr(10))
        ) with ordinality as g(was, named, caller, command, due_at, wake_at, unscheduled, concerned, fold, i) offset 0
      ) g`
}

/** New threads. */
export function opened(sql: Sql, deadline: number) {
  return sql`), opened as (
      insert into threads (id, kind, state, uscc, asker, desk, owner, concerned, question, urgent,
                           seq, head, due_at, wake_at, unscheduled, opened_at, at, fold)
      select thread, (fold->>'kind')::thread_kind, (fold->>'state')::thread_state,
             fold->'enterprise'->>'uscc', (fold->>'asker')::uuid, fold->>'desk',
             fold->'owner'->>'id', concerned, fold->'question'->>'text',
             (fold->>'urgent')::boolean, seq, fold->>'head', due_at, wake_at, unscheduled,
             (fold->>'openedAt')::timestamptz, at, fold
      from g where was = 0
        and not exists (select from barred where barred.i = g.i) and not (${isLate(sql, deadline)})
      returning id`
}

/** Groups that may not be stored: done before, or with a file that is not free. */
export function barred(sql: Sql, groups: readonly Group[]) {
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

export function used(sql: Sql) {
  return sql`), used as (
      update files f set thread = g.thread
      from wanted join won using (i) join g using (i)
      where f.id = wanted.file`
}

/** One row an entry; thread and time are its group's. */
export function entryRows(sql: Sql, groups: readonly Group[]) {
  const all = groups.flatMap(({ entries }, i) => entries.map((entry) => ({ i, entry })))
  const cell = <T>(pick: (entry: Entry) => T) => all.map(({ entry }) => pick(entry))
  return sql`select * from unnest(
        ${all.map(({ i }) => i)}::int[], ${cell(({ seq }) => seq)}::int[],
        ${cell(({ kind }) => kind)}::text[], ${cell(({ salt }) => salt)}::text[],
        ${cell(({ content }) => content)}::text[], ${cell(({ prev }) => prev)}::text[],
        ${cell(({ hash }) => hash)}::text[], ${cell((entry) => `${isSealed(entry)}`)}::text[]::boolean[], string_to_array(${lines(cell(({ by }) => by))}, chr(10)),
        string_to_array(${lines(cell(({ body }) => body))}, chr(10))
      ) as e(i, seq, kind, salt, content, prev, hash, sealed, by, body)`
}

/** One row for everybody who is to be told, and each target that wants to hear of it. */
export function told(sql: Sql, groups: readonly Group[]) {
  const all = groups.flatMap(({ tellings }, i) => tellings.map((telling) => ({ i, ...telling })))
  if (all.length === 0) return sql``
  return sql`), outgoing as (
      insert into notifications (target, thread, seq, audience, event, recipients, at, since, due)
      select t.id, g.thread, n.seq, n.audience, n.event, n.recipients::jsonb, g.at, g.at, g.at
      from unnest(
        ${all.map(({ i }) => i)}::int[], ${all.map(({ seq }) => seq)}::int[],
        ${all.map(({ audience }) => audience)}::text[], ${all.map(({ event }) => event)}::text[],
        string_to_array(${lines(all.map(({ to }) => to))}, chr(10))
      ) as n(i, seq, audience, event, recipients) join won using (i) join g using (i)
      join webhook_targets t
        on t.removed_at is null and (t.events = '{}' or n.event = any(t.events))`
}
