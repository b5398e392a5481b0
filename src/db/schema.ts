import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Author } from '../protocol/entries.ts'
import { ENTRY_KINDS, THREAD_KINDS, THREAD_STATES } from '../protocol/vocabulary.ts'
import { instant } from './columns.ts'

export * from './audit-schema.ts'
export * from './auth-schema.ts'
export * from './duty-schema.ts'
export * from './faq-schema.ts'
export * from './file-schema.ts'
export * from './outbox-schema.ts'
export * from './seal-schema.ts'

export const threadKind = pgEnum('thread_kind', THREAD_KINDS)
export const threadState = pgEnum('thread_state', THREAD_STATES)
export const entryKind = pgEnum('entry_kind', ENTRY_KINDS)

/** One row a thread: a projection of its entries, rebuilt from them at any time (a test does). */
export const threads = pgTable(
  'threads',
  {
    id: uuid('id').primaryKey(),
    kind: threadKind('kind').notNull(),
    state: threadState('state').notNull(),
    uscc: text('uscc').notNull(),
    asker: uuid('asker').notNull(),
    desk: text('desk'),
    owner: text('owner'),
    /** People and desks beside the thread's desk who may see it: offered, asked, former owners. */
    concerned: text('concerned').array().notNull(),
    question: text('question').notNull(),
    urgent: boolean('urgent').notNull(),
    /** Number and hash of the newest entry: what an append compares and sets. */
    seq: integer('seq').notNull(),
    head: text('head').notNull(),
    /** When the first of the open clocks is due. */
    dueAt: instant('due_at'),
    /** When the clockwork has something to write here next; null where it never will. */
    wakeAt: instant('wake_at'),
    /** Has a clock that waits for a year's calendar. */
    unscheduled: boolean('unscheduled').notNull().default(false),
    openedAt: instant('opened_at').notNull(),
    at: instant('at').notNull(),
    /** The whole fold (`Thread` of the record folder). */
    fold: jsonb('fold').notNull(),
  },
  (t) => [
    index('threads_enterprise').on(t.uscc, t.openedAt.desc(), t.id),
    index('threads_desk').on(t.desk, t.state),
    // Summaries of pages only: what moves with every message must not stand in an ordinary index,
    // or each message would write a new entry into all of them.
    index('threads_due').using('brin', t.dueAt).with({ pages_per_range: 16, autosummarize: true }),
    index('threads_owner').on(t.owner, t.state),
    index('threads_opened').on(t.openedAt.desc(), t.id),
    index('threads_wake').on(t.wakeAt).where(sql`${t.wakeAt} is not null`),
    index('threads_unscheduled').on(t.id).where(sql`${t.unscheduled}`),
    index('threads_concerned').using('gin', t.concerned),
  ],
)

/** The record. Append-only: a trigger refuses update, delete and truncate. */
export const entries = pgTable(
  'entries',
  {
    thread: uuid('thread').notNull(),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
    kind: entryKind('kind').notNull(),
    by: jsonb('by').$type<Author>().notNull(),
    body: jsonb('body'),
    salt: text('salt'),
    content: text('content').notNull(),
    prev: text('prev').notNull(),
    hash: text('hash').notNull(),
    /** Whether an enterprise gets it sealed: what the body says, kept for when that is taken away. */
    sealed: boolean('sealed'),
  },
  (t) => [
    primaryKey({ columns: [t.thread, t.seq] }),
    // entries are stored nearly in the order of their times: a few kilobytes find a day
    index('entries_at').using('brin', t.at).with({ autosummarize: true }),
  ],
)

/** Every acknowledged command, so that the same id is never done twice. */
export const commands = pgTable(
  'commands',
  {
    caller: text('caller').notNull(),
    id: uuid('id').notNull(),
    thread: uuid('thread').notNull(),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.caller, t.id] })],
)

export const enterprises = pgTable('enterprises', {
  uscc: text('uscc').primaryKey(),
  name: text('name').notNull(),
  district: text('district'),
  industry: text('industry'),
  park: text('park'),
})

/** Persons of enterprises. Names stand here and nowhere on the record, so they can be forgotten. */
export const people = pgTable(
  'people',
  {
    id: uuid('id').primaryKey(),
    iss: text('iss').notNull(),
    sub: text('sub').notNull(),
    name: text('name').notNull(),
    uscc: text('uscc').notNull(),
  },
  (t) => [unique('people_subject').on(t.iss, t.sub)],
)

export const desks = pgTable('desks', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** FAQ topics whose questions this desk takes. */
  topics: text('topics').array().notNull(),
  /** Takes what no rule routes. */
  fallback: boolean('fallback').notNull().default(false),
  /** Where their enterprises are, and what they make; empty: anywhere, anything. */
  districts: text('districts').array().notNull().default(sql`'{}'`),
  industries: text('industries').array().notNull().default(sql`'{}'`),
  /** Working time of its own, `[{from, to}]`; null: the calendar's. */
  hours: jsonb('hours').$type<{ from: string; to: string }[]>(),
  /** Who is told of what is overdue there (a staff id); null: every administrator. */
  lead: text('lead'),
  active: boolean('active').notNull().default(true),
})

/** How far each person has read each thread. */
export const reads = pgTable(
  'reads',
  {
    thread: uuid('thread').notNull(),
    person: text('person').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [primaryKey({ columns: [t.thread, t.person] })],
)

/** Secrets and switches that outlive a process: generated keys, the seed, the demo's password. */
export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
})
