import { readFile } from 'node:fs/promises'
import { auditHash, verifyAudit } from '../audit/audit-store.ts'
import type { Db } from '../db/db.ts'
import { auditRowSchema } from '../protocol/audit.ts'
import { Failure, UsageError } from './admin-faq.ts'

export const AUDIT_USAGE = `  npm run admin -- audit verify [FILE]   checks the chain; against an export that was kept elsewhere`

export type AuditOrder = { about: 'audit'; file: string | null }

/** @returns undefined where the command is about something else */
export function auditOrder(words: readonly string[]): AuditOrder | undefined {
  const [about, verb, file = null, ...more] = words
  if (about !== 'audit') return undefined
  if (verb === 'verify' && more.length === 0) return { about, file }
  throw new UsageError(`There is no command “audit ${words.slice(1).join(' ')}”.`)
}

/** What was cut off at its end, no chain can tell by itself: an older copy does. */
export async function obeyAudit({ file }: AuditOrder, db: Db): Promise<string[]> {
  const found = await verifyAudit(db)
  if ('fault' in found) throw new Failure(`seq ${found.seq}: ${found.fault}`)
  const { seq, hash } = found.head
  if (file !== null) await compare(file, db)
  return [`intact: ${seq} rows, the last is ${hash}`]
}

async function compare(file: string, db: Db): Promise<void> {
  const last = (await readFile(file, 'utf8')).trimEnd().split('\n').at(-1) ?? ''
  const row = auditRowSchema.safeParse(jsonOf(last))
  if (!row.success) throw new Failure(`${file}: is no export of the audit.`)
  const { seq, hash } = row.data
  const now = await auditHash(db, seq)
  if (now !== hash) throw new Failure(`seq ${seq}: ${now === null ? 'is gone' : 'was rewritten'}`)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
