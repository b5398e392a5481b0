import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant } from './columns.ts'

export const files = pgTable(
  'files',
  {
    id: uuid('id').primaryKey(),
    uploader: text('uploader').notNull(),
    name: text('name').notNull(),
    type: text('type').notNull(),
    size: integer('size').notNull(),
    sha256: text('sha256').notNull(),
    at: instant('at').notNull(),
    /** The thread whose entry uses it; null until then. */
    thread: uuid('thread'),
  },
  (t) => [index('files_uploader').on(t.uploader, t.at), index('files_unused').on(t.thread, t.at)],
)

export const fileChunks = pgTable(
  'file_chunks',
  {
    file: uuid('file')
      .notNull()
      .references(() => files.id, { onDelete: 'cascade' }),
    n: integer('n').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.file, t.n] })],
)
