import type { AuditFacts, AuditRow } from '../protocol/audit.ts'
import type { StaffCaller } from '../protocol/caller.ts'
import type { AuditAct } from '../protocol/vocabulary.ts'
import { digestOf, GENESIS, hashOf } from '../record/chain.ts'

export type AuditAuthor = AuditRow['by']

/** One thing to be remembered; number, time and links come when it is stored. */
export interface AuditEvent {
  by: AuditAuthor
  what: AuditAct
  /** What it was done to: ids, codes and numbers, never words or names. */
  about?: AuditFacts
  before?: AuditFacts
  after?: AuditFacts
}

/** Whoever has the server's shell. */
export const OPERATOR: AuditAuthor = { role: 'operator' }
export const NOBODY: AuditAuthor = { role: 'nobody' }

export const auditAuthor = ({ role, id }: StaffCaller): AuditAuthor => ({ role, id })

export type AuditHead = Pick<AuditRow, 'seq' | 'hash'> & { at: string | null }

export const EMPTY_TRAIL: AuditHead = { seq: 0, hash: GENESIS, at: null }

/** Chains events onto a head. Time never runs backwards, whatever clock each process has. */
export function linkTrail(head: AuditHead, events: readonly AuditEvent[], now: string): AuditRow[] {
  let { seq, hash: prev } = head
  const at = head.at !== null && head.at > now ? head.at : now
  return events.map(({ about = {}, ...event }) => {
    seq += 1
    const said = { seq, at, ...event, about }
    const row = { ...said, prev, hash: hashOf(prev, digestOf(said)) }
    prev = row.hash
    return row
  })
}

/** What is wrong with a row behind this head; null where nothing is. */
export function faultOf(row: AuditRow, head: AuditHead): string | null {
  const { prev, hash, ...said } = row
  if (row.seq !== head.seq + 1) return `${head.seq + 1} is missing`
  if (prev !== head.hash) return 'prev is not the hash before'
  if (hash !== hashOf(prev, digestOf(said))) return 'hash does not fit what it says'
  return null
}
