import {
  boolean,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import { FAQ_STATUS } from '../protocol/vocabulary.ts'
import { instant } from './columns.ts'

export const faqStatus = pgEnum('faq_status', FAQ_STATUS)

/** The curated entries: which version is served. */
export const faqEntries = pgTable(
  'faq_entries',
  {
    id: text('id').primaryKey(),
    version: integer('version').notNull(),
    status: faqStatus('status').notNull(),
    /** The number of the change that made it so: who has read up to there need not read it. */
    change: integer('change').notNull().default(0),
  },
  (t) => [index('faq_entries_change').on(t.change)],
)

/**
 * How many changes to entries and slots there were: one row. A change holds its lock until it is
 * committed, so that numbers become visible in their order and nobody reads past one.
 */
export const faqChanges = pgTable('faq_changes', {
  one: boolean('one').primaryKey().default(true),
  n: integer('n').notNull(),
})

/** Every version that ever was, so that “what were we told” can always be answered. */
export const faqVersions = pgTable(
  'faq_versions',
  {
    id: text('id')
      .notNull()
      .references(() => faqEntries.id),
    version: integer('version').notNull(),
    entry: jsonb('entry').notNull(),
    author: text('author').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.id, t.version] })],
)
