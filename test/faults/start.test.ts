import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { readConfig } from '../../src/node/config.ts'
import { alone, migrate } from '../../src/node/migrate.ts'
import { prepare } from '../../src/node/prepare.ts'
import { createDatabase } from '../support/cluster.ts'
import { aProcess, endProcesses } from '../support/process.ts'

const databases: Database[] = []
afterAll(async () => {
  await endProcesses()
  for (const database of databases) await database[Symbol.asyncDispose]()
})

const anEmptyDatabase = () =>
  createDatabase(inject('pgAdminUrl'), `t_${randomUUID().replaceAll('-', '')}`)
function opened(url: string): Database {
  const database = openDatabase(url, { max: 2 })
  databases.push(database)
  return database
}

/** What several starts must have agreed on. */
async function contents({ sql }: Database) {
  const [row] = await sql`
    select (select value->>'text' from settings where key = 'seed') as seed,
      (select count(*)::int from staff) as staff, (select count(*)::int from desks) as desks,
      (select count(*)::int from faq_entries) as faq,
      (select count(*)::int from faq_versions) as versions`
  return row!
}

describe('starting at once on an empty database', () => {
  it('brings two processes up, with one demo between them', async () => {
    const databaseUrl = await anEmptyDatabase()
    const both = await Promise.all([aProcess({ databaseUrl }), aProcess({ databaseUrl })])
    expect(both.map(({ isAlive }) => isAlive)).toEqual([true, true])
    const found = await contents(opened(databaseUrl))
    expect(found).toMatchObject({ seed: 'demo', staff: 6, desks: 2, versions: found.faq })
    expect(found.faq).toBeGreaterThan(30)
  }, 60_000)

  it('agrees on the seed and on every secret, ten at a time', async () => {
    const url = await anEmptyDatabase()
    await migrate(url)
    const config = readConfig({ DATABASE_URL: url })
    const start = () => alone(url, () => prepare(opened(url).db, config, new Date()))
    const prepared = await Promise.all(Array.from({ length: 10 }, start))
    const kept = prepared.map(({ secrets, demo }) => JSON.stringify([secrets, demo]))
    expect(new Set(kept).size).toBe(1)
    expect(prepared[0]!.demo?.password).toHaveLength(prepared[9]!.demo!.password.length)
    expect(await contents(databases.at(-1)!)).toMatchObject({ seed: 'demo', staff: 6 })
  }, 60_000)

  it('migrates an empty database once, however many ask for it', async () => {
    const url = await anEmptyDatabase()
    await Promise.all(Array.from({ length: 8 }, () => migrate(url)))
    const [row] = await opened(url).sql`
      select count(*)::int as n, count(distinct hash)::int as different
      from drizzle.__drizzle_migrations`
    const files = (await readdir('drizzle')).filter((name) => name.endsWith('.sql')).length
    expect(row).toEqual({ n: files, different: files })
  })
})
