import { date, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** One row a day with changes (Asia/Shanghai). Append-only like the record. */
export const seals = pgTable('seals', {
  day: date('day').primaryKey(),
  n: integer('n').notNull(),
  root: text('root').notNull(),
  prev: text('prev').notNull().unique('seals_prev'),
  signature: text('signature').notNull(),
  /** Public half of the key that signed it, SPKI in PEM. */
  key: text('key').notNull(),
  /** Roots of the tree's blocks of leaves, so that a proof reads one block. */
  blocks: text('blocks').array().notNull(),
  at: instant('at').notNull(),
})

/** What each seal covers: the heads of threads, by thread id. Append-only. */
export const sealLeaves = pgTable(
  'seal_leaves',
  {
    day: date('day').notNull(),
    index: integer('index').notNull(),
    thread: uuid('thread').notNull(),
    seq: integer('seq').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.day, t.index] }),
    unique('seal_leaves_head').on(t.thread, t.seq),
  ],
)
