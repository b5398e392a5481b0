import { audit } from '../audit/audit-store.ts'
import { type AuditEvent, auditAuthor, NOBODY } from '../audit/trail.ts'
import type { Db } from '../db/db.ts'
import { foldLoginName } from '../identity/login-name.ts'
import { staffByName } from '../identity/staff-store.ts'
import type { AuditFacts } from '../protocol/audit.ts'
import { type Caller, isStaff, type StaffCaller } from '../protocol/caller.ts'
import type { Refusal } from '../protocol/refusals.ts'
import type { AuditAct } from '../protocol/vocabulary.ts'
import { isThreadId } from '../record/record-store.ts'
import type { Log } from './services.ts'

/** The audit as routes and sockets write it. Officers' reads cost it nothing. */
export interface Audit {
  /** An administrator's look, stored before it is answered; nobody else's is noted. */
  looked(who: Caller, what: AuditAct, about: AuditFacts): Promise<void>
  /**
   * Staff were refused what they may not do or not know of. Stored behind the answer, whose time
   * must not tell a foreign thread from none.
   * @param by the command, frame or route that asked
   * @param thread what it asked for, as it came
   */
  refused(who: Caller, refusal: Refusal, by: string, thread?: unknown): void
  /** What left in bulk, stored before it does. */
  exported(who: StaffCaller, what: AuditAct, about: AuditFacts): Promise<void>
  signedIn(who: Caller): void
  /** Of names that nobody has, nothing is kept: strangers would fill the table. */
  signInFailed(username: string): void
  signedOut(who: Caller): void
  /** When all is stored that was noted so far. */
  settled(): Promise<void>
}

/** Events in hand while the database is slow. */
const WAITING_MAX = 10_000

export function createAudit(parts: { db: Db; now(): Date; log: Log }): Audit {
  const { db, now, log } = parts
  let waiting: AuditEvent[] = []
  let storing: Promise<void> | null = null
  const looking = new Set<Promise<void>>()

  async function store() {
    while (waiting.length > 0) {
      const events = waiting
      waiting = []
      await audit(db, now(), ...events).catch((err: unknown) => {
        log.error({ err, events }, 'the audit could not be stored')
      })
    }
    storing = null
  }
  function note(event: AuditEvent) {
    if (waiting.length >= WAITING_MAX) log.error({ event }, 'the audit is behind')
    else waiting.push(event)
    storing ??= store()
  }
  const noteOf = (who: Caller, what: AuditAct, about: AuditFacts = {}) => {
    if (isStaff(who)) note({ by: auditAuthor(who), what, about })
  }

  return {
    async looked(who, what, about) {
      if (who.role === 'admin') await audit(db, now(), { by: auditAuthor(who), what, about })
    },
    exported: (who, what, about) => audit(db, now(), { by: auditAuthor(who), what, about }),
    refused(who, { refused: code }, by, thread) {
      if (code !== 'not-allowed' && code !== 'not-found') return
      const isId = typeof thread === 'string' && isThreadId(thread)
      noteOf(who, 'access-refused', { code, by, ...(isId && { thread }) })
    },
    signedIn: (who) => noteOf(who, 'signed-in'),
    signedOut: (who) => noteOf(who, 'signed-out'),
    signInFailed(username) {
      const look = staffByName(db, foldLoginName(username))
        .then((member) => {
          if (member) note({ by: NOBODY, what: 'sign-in-failed', about: { staff: member.id } })
        })
        .catch((err: unknown) => log.error({ err }, 'a failed sign-in could not be looked up'))
        .finally(() => looking.delete(look))
      looking.add(look)
    },
    async settled() {
      await Promise.all(looking)
      await storing
    },
  }
}
