import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/db.ts'
import { runDoctor } from '../../src/node/doctor.ts'
import { checkCalendar, checkDisk, checkFaq } from '../../src/node/health.ts'
import { freshDatabase } from '../support/server.ts'

async function asked(env: Record<string, string>, { argv = [] as string[], ahead = 0 } = {}) {
  const lines: string[] = []
  const write = (line: string) => lines.push(line)
  const now = () => new Date(Date.now() + ahead)
  const code = await runDoctor({ argv, env, out: write, err: write }, now)
  const line = (about: string) => lines.find((one) => one.slice(6).startsWith(about)) ?? ''
  return { code, lines, line }
}

async function changed(change: string): Promise<string> {
  const url = await freshDatabase()
  await using database = openDatabase(url, { max: 1 })
  await database.sql.unsafe(change)
  return url
}

describe('the doctor', () => {
  it('finds a database of this version well, and its clock right', async () => {
    const { line, lines, code } = await asked({ DATABASE_URL: await freshDatabase() })
    for (const about of ['settings', 'database', 'clock', 'faq']) {
      expect(line(about)).toMatch(/^ok /)
    }
    // the wall clock of this test is real, and so is the year that it asks for
    expect(line('calendar')).not.toBe('')
    expect(code).toBe(lines.some((one) => one.startsWith('bad')) ? 1 : 0)
  })

  it('names the setting that is wrong', async () => {
    const { code, line } = await asked({ PORT: 'abc' })
    expect(code).toBe(1)
    expect(line('settings')).toMatch(/^bad .*PORT/)
  })

  it('says that a production has no public address', async () => {
    const DATABASE_URL = await freshDatabase()
    const { line } = await asked({ DATABASE_URL, NODE_ENV: 'production' })
    expect(line('settings')).toMatch(/^look .*PUBLIC_URL/)
  })

  it('says that the database does not answer', async () => {
    const { code, line } = await asked({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })
    expect(code).toBe(1)
    expect(line('database')).toMatch(/^bad .*does not answer/)
    expect(line('faq')).toMatch(/^ok /)
  })

  it('makes no database where none is', async () => {
    const DATA_DIR = join(tmpdir(), `nowhere-${randomUUID()}`)
    const { code, line } = await asked({ DATA_DIR })
    expect(code).toBe(1)
    expect(existsSync(DATA_DIR)).toBe(false)
    expect(line('database')).toMatch(/^bad .*holds no database/)
  })

  it('counts the migrations that the next start applies, and leaves them to it', async () => {
    const DATABASE_URL = await changed(
      `delete from drizzle.__drizzle_migrations where created_at =
        (select max(created_at) from drizzle.__drizzle_migrations)`,
    )
    for (const _ of ['first', 'again']) {
      const { line } = await asked({ DATABASE_URL })
      expect(line('database')).toMatch(/^look .*lacks 1 migrations/)
    }
  })

  it('knows a database of a later version', async () => {
    const DATABASE_URL = await changed(
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9e12)`,
    )
    const { code, line } = await asked({ DATABASE_URL })
    expect(code).toBe(1)
    expect(line('database')).toMatch(/^bad .*later version/)
  })

  it('finds a clock that is a minute off', async () => {
    const DATABASE_URL = await freshDatabase()
    const { code, line } = await asked({ DATABASE_URL }, { ahead: 60_000 })
    expect(code).toBe(1)
    expect(line('clock')).toMatch(/^bad .*(59|60)\.\d s/)
  })

  it('takes no arguments', async () => {
    const { code, lines } = await asked({}, { argv: ['cure'] })
    expect(code).toBe(2)
    expect(lines.join()).toContain('npm run doctor')
  })
})

describe('what the doctor looks at', () => {
  const years = { '2026': { notice: 'n', holidays: [], workdays: [] } }

  it.each([
    ['2026-06-01T00:00:00Z', 'ok'],
    ['2026-11-24T00:00:00Z', 'look'],
    ['2026-12-31T15:59:59Z', 'look'],
    ['2026-12-31T16:00:00Z', 'bad'],
  ])('at %s finds a calendar of 2026 alone %s', (at, is) => {
    expect(checkCalendar({ years }, new Date(at)).is).toBe(is)
  })

  it('finds too little room on a disk', async () => {
    expect((await checkDisk(tmpdir(), 0)).is).toBe('ok')
    expect((await checkDisk(tmpdir(), Number.MAX_VALUE)).is).toBe('bad')
  })

  it('names each file of the FAQ that cannot be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'faq-'))
    await writeFile(join(folder, 'torn.md'), 'no front matter')
    const [first] = await checkFaq(folder)
    await rm(folder, { recursive: true })
    expect(first).toMatchObject({ is: 'bad', text: expect.stringContaining('torn.md') })
  })
})
