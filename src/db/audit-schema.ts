import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { AuditFacts, AuditRow } from '../protocol/audit.ts'
import type { AuditAct } from '../protocol/vocabulary.ts'
import { instant } from './columns.ts'

/** Who did or saw what, one chain over all. Append-only like the record. */
export const auditRows = pgTable(
  'audit',
  {
    seq: integer('seq').primaryKey(),
    at: instant('at').notNull(),
    by: jsonb('by').$type<AuditRow['by']>().notNull(),
    what: text('what').$type<AuditAct>().notNull(),
    about: jsonb('about').$type<AuditFacts>().notNull(),
    before: jsonb('before').$type<AuditFacts>(),
    after: jsonb('after').$type<AuditFacts>(),
    prev: text('prev').notNull().unique('audit_prev'),
    hash: text('hash').notNull(),
  },
  (t) => [index('audit_at').using('brin', t.at)],
)
