import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Audience, Event } from '../protocol/vocabulary.ts'
import type { Recipient } from '../protocol/webhooks.ts'
import { instant } from './columns.ts'

/** Where notifications go. Never deleted: what was delivered names them. */
export const webhookTargets = pgTable('webhook_targets', {
  id: uuid('id').primaryKey(),
  url: text('url').notNull(),
  /** None: all. */
  events: text('events').array().$type<Event[]>().notNull(),
  /** May be at an address of the intranet. */
  allowPrivate: boolean('allow_private').notNull(),
  /** Encrypted with APP_SECRET. */
  secret: text('secret').notNull(),
  /** The one before, which signs too until then. */
  formerSecret: text('former_secret'),
  formerUntil: instant('former_until'),
  createdAt: instant('created_at').notNull(),
  pausedAt: instant('paused_at'),
  /** `gone`: it answered 410. */
  pausedWhy: text('paused_why').$type<'admin' | 'gone'>(),
  removedAt: instant('removed_at'),
})

/**
 * The outbox: who is to be told of which entry, for each target. Ids alone; the words are made when
 * it is sent. It waits while neither `delivered_at` nor `dead_at` is set.
 */
export const notifications = pgTable(
  'notifications',
  {
    target: uuid('target').notNull(),
    thread: uuid('thread').notNull(),
    seq: integer('seq').notNull(),
    audience: text('audience').$type<Audience>().notNull(),
    event: text('event').$type<Event>().notNull(),
    recipients: jsonb('recipients').$type<Recipient[]>().notNull(),
    at: instant('at').notNull(),
    /** From when on its tries count: the entry's time, or when an admin revived it. */
    since: instant('since').notNull(),
    /** The next try; while one is under way, when it counts as lost. */
    due: instant('due').notNull(),
    tries: integer('tries').notNull().default(0),
    triedAt: instant('tried_at'),
    /** HTTP status of the last try; null where there was no answer. */
    status: integer('status'),
    error: text('error'),
    deliveredAt: instant('delivered_at'),
    deadAt: instant('dead_at'),
  },
  (t) => [
    primaryKey({ columns: [t.thread, t.seq, t.audience, t.target] }),
    index('notifications_due')
      .on(t.target, t.due)
      .where(sql`${t.deliveredAt} is null and ${t.deadAt} is null`),
    index('notifications_dead').on(t.deadAt).where(sql`${t.deadAt} is not null`),
    index('notifications_delivered')
      .on(t.target, t.deliveredAt)
      .where(sql`${t.deliveredAt} is not null`),
  ],
)
