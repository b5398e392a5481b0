import { and, asc, desc, eq, gt, gte, lt, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { auditRows } from '../db/schema.ts'
import type { AuditRow } from '../protocol/audit.ts'
import { type AuditEvent, type AuditHead, EMPTY_TRAIL, faultOf, linkTrail } from './trail.ts'

/** Any number will do, as long as every process of the product uses the same. */
const LOCK = 5_220_119
/** Rows in hand at a time while the whole trail is read. */
const PAGE = 1_000

/**
 * Remembers events. Given a transaction they are stored with what it does, or not at all; it then
 * holds the trail's end until it is over, so it should be at its own end.
 */
export async function audit(db: Db, now: Date, ...events: AuditEvent[]): Promise<void> {
  if (events.length === 0) return
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
    const head = await auditHead(tx)
    const rows = linkTrail(head, events, now.toISOString())
    await tx.insert(auditRows).values(rows.map((row) => ({ ...row, at: new Date(row.at) })))
  })
}

async function auditHead(db: Db): Promise<AuditHead> {
  const [last] = await db
    .select({ seq: auditRows.seq, hash: auditRows.hash, at: auditRows.at })
    .from(auditRows)
    .orderBy(desc(auditRows.seq))
    .limit(1)
  return last ? { ...last, at: last.at.toISOString() } : EMPTY_TRAIL
}

export interface AuditQuery {
  /** A staff id, or a role for what has none. */
  who?: string
  from?: Date
  /** Exclusive. */
  to?: Date
}

const asked = ({ who, from, to }: AuditQuery) =>
  and(
    who === undefined
      ? undefined
      : sql`coalesce(${auditRows.by}->>'id', ${auditRows.by}->>'role') = ${who}`,
    from && gte(auditRows.at, from),
    to && lt(auditRows.at, to),
  )

function rowOf({ at, before, after, ...row }: typeof auditRows.$inferSelect): AuditRow {
  return { ...row, at: at.toISOString(), ...(before && { before }), ...(after && { after }) }
}

/** The newest first; `below` is the `seq` of the last row seen. */
export async function listAudit(
  db: Db,
  query: AuditQuery & { below?: number; limit: number },
): Promise<{ items: AuditRow[]; next?: number }> {
  const { below, limit } = query
  const rows = await db
    .select()
    .from(auditRows)
    .where(and(asked(query), below === undefined ? undefined : lt(auditRows.seq, below)))
    .orderBy(desc(auditRows.seq))
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(rowOf)
  const last = items.at(-1)
  return rows.length > limit && last ? { items, next: last.seq } : { items }
}

/** All that is asked for, in its order. */
export async function* readAudit(db: Db, query: AuditQuery = {}): AsyncGenerator<AuditRow> {
  for (let after = 0; ; ) {
    const rows = await db
      .select()
      .from(auditRows)
      .where(and(asked(query), gt(auditRows.seq, after)))
      .orderBy(asc(auditRows.seq))
      .limit(PAGE)
    for (const row of rows) yield rowOf(row)
    if (rows.length < PAGE) return
    after = rows.at(-1)!.seq
  }
}

/** Reads the trail to its end, or to the first row that does not hold. */
export async function verifyAudit(
  db: Db,
): Promise<{ head: AuditHead } | { seq: number; fault: string }> {
  let head = EMPTY_TRAIL
  for await (const row of readAudit(db)) {
    const fault = faultOf(row, head)
    if (fault !== null) return { seq: row.seq, fault }
    head = row
  }
  return { head }
}

/** The hash that a row has now; null where there is none. */
export async function auditHash(db: Db, seq: number): Promise<string | null> {
  const [row] = await db
    .select({ hash: auditRows.hash })
    .from(auditRows)
    .where(eq(auditRows.seq, seq))
  return row?.hash ?? null
}
