import { audit } from '../audit/audit-store.ts'
import type { AuditAuthor } from '../audit/trail.ts'
import type { Db } from '../db/db.ts'
import {
  createStaffAdmin,
  type StaffAdmin,
  type StaffAdminOptions,
} from '../identity/staff-admin.ts'
import { staffById } from '../identity/staff-store.ts'
import type { AuditFacts } from '../protocol/audit.ts'
import { isRefusal, type Refusal } from '../protocol/refusals.ts'
import type { AuditAct } from '../protocol/vocabulary.ts'

/**
 * What is done to accounts, by whom: each act and its line in the audit are stored together or not
 * at all.
 */
export function auditedStaff(options: StaffAdminOptions, by: AuditAuthor): StaffAdmin {
  const within = <T>(act: (staff: StaffAdmin, tx: Db) => Promise<T>) =>
    options.db.transaction((tx) => act(createStaffAdmin({ ...options, db: tx }), tx))

  /** One act on one person; `before` and `after` stand where it changed their post. */
  const to = <T>(
    id: string,
    what: AuditAct,
    act: (staff: StaffAdmin) => Promise<T | Refusal>,
  ): Promise<T | Refusal> =>
    within(async (staff, tx) => {
      const before = await postOf(tx, id)
      const done = await act(staff)
      if (isRefusal(done)) return done
      const after = await postOf(tx, id)
      const changed = JSON.stringify(before) === JSON.stringify(after) ? {} : { before, after }
      await audit(tx, options.now(), { by, what, about: { staff: id }, ...changed })
      return done
    })

  return {
    createStaff: (member) =>
      within(async (staff, tx) => {
        const made = await staff.createStaff(member)
        if (isRefusal(made)) return made
        const after = await postOf(tx, made.id)
        const about = { staff: made.id }
        await audit(tx, options.now(), { by, what: 'staff-created', about, after })
        return made
      }),
    resetPassword: (id, password) =>
      to(id, 'password-reset', (staff) => staff.resetPassword(id, password)),
    unlock: (id) => to(id, 'account-unlocked', (staff) => staff.unlock(id)),
    enableOtp: (id) => to(id, 'second-factor-given', (staff) => staff.enableOtp(id)),
    clearOtp: (id) => to(id, 'second-factor-cleared', (staff) => staff.clearOtp(id)),
    disable: (id, held) => to(id, 'staff-disabled', (staff) => staff.disable(id, held)),
    enable: (id) => to(id, 'staff-enabled', (staff) => staff.enable(id)),
    setRole: (id, post) => to(id, 'role-changed', (staff) => staff.setRole(id, post)),
  }
}

async function postOf(db: Db, id: string): Promise<AuditFacts> {
  const member = await staffById(db, id)
  if (!member) return {}
  const { role, desk, desks, disabled, successor } = member
  return { role, desk, desks, disabled, ...(successor === null ? {} : { successor }) }
}
