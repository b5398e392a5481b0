import { audit } from '../audit/audit-store.ts'
import type { AuditEvent } from '../audit/trail.ts'
import type { Db } from '../db/db.ts'
import { isRefusal } from '../protocol/refusals.ts'

/** One act of administration with its line in the audit: both are stored, or neither. */
export function audited<T>(
  db: Db,
  now: Date,
  event: AuditEvent,
  act: (tx: Db) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    const done = await act(tx)
    const isDone = !isRefusal(done) && done !== false
    if (isDone) await audit(tx, now, event)
    return done
  })
}
