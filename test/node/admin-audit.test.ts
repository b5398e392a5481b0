import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAudit, readAudit } from '../../src/audit/audit-store.ts'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { staffByName } from '../../src/identity/staff-store.ts'
import { runAdmin } from '../../src/node/admin.ts'
import { freshDatabase } from '../support/server.ts'

let folder: string
let database: Database
let DATABASE_URL: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shouwen-audit-'))
  DATABASE_URL = await freshDatabase()
  database = openDatabase(DATABASE_URL)
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function admin(line: string, env: Record<string, string> = {}) {
  const said: string[] = []
  const say = (text: string) => void said.push(text)
  const argv = line.split(' ')
  const code = await runAdmin({ argv, env: { DATABASE_URL, ...env }, out: say, err: say })
  return { code, said: said.join('\n') }
}
const newest = async () => (await listAudit(database.db, { limit: 1 })).items[0]
const operator = { role: 'operator' }

describe('npm run admin leaves a line in the audit', () => {
  it('for each thing that it does to an account', async () => {
    await admin('create Root --role admin')
    const { id: staff } = (await staffByName(database.db, 'root'))!
    expect(await newest()).toMatchObject({
      by: operator,
      what: 'staff-created',
      about: { staff },
      after: { role: 'admin', desk: null, desks: [], disabled: false },
    })
    for (const [verb, what] of [
      ['reset', 'password-reset'],
      ['unlock', 'account-unlocked'],
      ['clear-otp', 'second-factor-cleared'],
    ] as const) {
      expect((await admin(`${verb} root`)).code).toBe(0)
      expect(await newest()).toMatchObject({ by: operator, what, about: { staff } })
    }
  })

  it('for a slot, with what it said before', async () => {
    await admin('slot set subsidy-notice 甘水〔2026〕3号')
    await admin('slot clear subsidy-notice')
    expect(await newest()).toMatchObject({
      what: 'slot-changed',
      about: { slot: 'subsidy-notice' },
      before: { text: '甘水〔2026〕3号' },
      after: { text: null },
    })
  })

  it('for a calendar, with both versions', async () => {
    const calendar = JSON.parse((await admin('calendar show')).said)
    const file = join(folder, 'next.json')
    await writeFile(file, JSON.stringify({ ...calendar, version: 'cn-2027.1' }))
    expect((await admin(`calendar import ${file}`)).code).toBe(0)
    const before = { version: calendar.version }
    const after = { version: 'cn-2027.1' }
    expect(await newest()).toMatchObject({ what: 'calendar-imported', before, after })
  })

  it('but none for what it did not do', async () => {
    const last = await newest()
    for (const line of ['reset nobody', 'faq withdraw nothing', 'create root --role admin']) {
      expect((await admin(line)).code).toBe(1)
    }
    expect(await newest()).toEqual(last)
  })
})

describe('npm run admin -- audit verify', () => {
  const kept = async () => {
    const lines: string[] = []
    for await (const row of readAudit(database.db)) lines.push(`${JSON.stringify(row)}\n`)
    const file = join(folder, 'kept.jsonl')
    await writeFile(file, lines.join(''))
    return { file, last: lines.length }
  }

  it('says that it is intact, also beside an older copy', async () => {
    const { file, last } = await kept()
    expect((await admin('audit verify')).said).toContain(`intact: ${last} rows`)
    await admin('slot set subsidy-notice 三号文')
    expect(await admin(`audit verify ${file}`)).toMatchObject({ code: 0 })
  })

  it('finds by an older copy that the end was cut off or written anew, and else a bad row', async () => {
    const { file, last } = await kept()
    const owner = (text: string) =>
      database.sql.unsafe(`alter table audit disable trigger all; ${text}`)
    await owner(`delete from audit where seq = ${last}`)
    expect((await admin('audit verify')).code).toBe(0)
    expect(await admin(`audit verify ${file}`)).toEqual({ code: 1, said: `seq ${last}: is gone` })
    await admin('slot clear subsidy-notice')
    expect((await admin(`audit verify ${file}`)).said).toBe(`seq ${last}: was rewritten`)
    await owner(`update audit set by = '{"role":"nobody"}' where seq = 2`)
    expect(await admin('audit verify')).toMatchObject({ code: 1 })
    expect((await admin('audit verify')).said).toContain('seq 2: hash')
  })

  it('understands nothing else', async () => {
    for (const line of ['audit', 'audit drop', 'audit verify a b']) {
      expect((await admin(line)).code).toBe(2)
    }
    expect((await admin(`audit verify ${join(folder, 'next.json')}`)).code).toBe(1)
  })
})
