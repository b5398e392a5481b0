import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { audit, listAudit, verifyAudit } from '../../src/audit/audit-store.ts'
import { type AuditEvent, OPERATOR } from '../../src/audit/trail.ts'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { freshDatabase } from '../support/server.ts'

const NOW = new Date('2026-11-23T02:00:00.000Z')
const event = (n: number): AuditEvent => ({
  by: OPERATOR,
  what: 'slot-changed',
  about: { slot: `s${n}` },
  before: { text: null },
  after: { text: '甘水〔2026〕3号' },
})
const open: Database[] = []
async function aTrail(): Promise<[Database, Database]> {
  const url = await freshDatabase()
  const both: [Database, Database] = [openDatabase(url), openDatabase(url)]
  open.push(...both)
  return both
}
afterAll(() => Promise.all(open.map((one) => one[Symbol.asyncDispose]())))

let here: Database
let there: Database
beforeEach(async () => {
  ;[here, there] = await aTrail()
})

describe('the audit', () => {
  it('is one chain, however many processes write it at once', async () => {
    const both = [here, there]
    const writes = Array.from({ length: 60 }, (_, n) => audit(both[n % 2]!.db, NOW, event(n)))
    await Promise.all(writes)
    expect(await verifyAudit(here.db)).toMatchObject({ head: { seq: 60 } })
  })

  it('never runs backwards in time, whatever clock a process has', async () => {
    await audit(here.db, NOW, event(1))
    await audit(there.db, new Date(NOW.getTime() - 60_000), event(2))
    const { items } = await listAudit(here.db, { limit: 10 })
    expect(items.map(({ at }) => at)).toEqual([NOW.toISOString(), NOW.toISOString()])
  })

  it('has what a transaction did only if it was done', async () => {
    const undone = here.db.transaction(async (tx) => {
      await audit(tx, NOW, event(1))
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await audit(here.db, NOW, event(2))
    expect(await verifyAudit(here.db)).toMatchObject({ head: { seq: 1 } })
  })

  it.each([
    ['a changed row', `update audit set what = 'signed-in'`],
    ['a removed row', 'delete from audit where seq = 1'],
    ['an emptied table', 'truncate audit'],
  ])('refuses %s', async (_, text) => {
    await audit(here.db, NOW, event(1))
    await expect(here.sql.unsafe(text)).rejects.toThrow(/the audit is append-only/)
  })

  it.each([
    ['a changed act', `update audit set what = 'signed-in' where seq = 2`, 2, 'hash'],
    ['a changed author', `update audit set by = '{"role":"nobody"}' where seq = 3`, 3, 'hash'],
    ['a forgotten before', 'update audit set before = null where seq = 1', 1, 'hash'],
    ['a removed row', 'delete from audit where seq = 2', 3, '2 is missing'],
    ['a removed beginning', 'delete from audit where seq = 1', 2, '1 is missing'],
  ])('names the first bad row after %s by who owns the database', async (_, text, seq, fault) => {
    await audit(here.db, NOW, event(1), event(2), event(3))
    await here.sql.unsafe(`alter table audit disable trigger all; ${text}`)
    const found = await verifyAudit(here.db)
    expect(found).toMatchObject({ seq, fault: expect.stringContaining(fault) })
  })

  it('refuses a row that would fork the chain', async () => {
    await audit(here.db, NOW, event(1))
    const fork = `insert into audit select 7, at, by, what, about, before, after, prev, hash from audit`
    await expect(here.sql.unsafe(fork)).rejects.toThrow(/audit_prev/)
  })
})
