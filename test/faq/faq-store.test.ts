import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { faqEntries, faqVersions } from '../../src/db/schema.ts'
import { loadEntries, seedEntries } from '../../src/faq/faq-store.ts'
import { freshDatabase } from '../support/server.ts'
import { anEntry, NOW, shipped } from './support.ts'

let database: Database
let other: Database
beforeAll(async () => {
  const url = await freshDatabase()
  database = openDatabase(url, { max: 2 })
  other = openDatabase(url, { max: 2 })
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await other[Symbol.asyncDispose]()
})

describe('the store of entries', () => {
  it('is seeded once, however many processes start at the same time', async () => {
    const entries = shipped().sort((a, b) => (a.id < b.id ? -1 : 1))
    const added = await Promise.all([
      seedEntries(database.db, entries, NOW, 'seed'),
      seedEntries(other.db, entries.toReversed(), NOW, 'seed'),
      seedEntries(other.db, entries, NOW, 'seed'),
    ])
    expect(added.reduce((a, b) => a + b)).toBe(entries.length)
    const loaded = await loadEntries(database.db)
    expect(loaded.map(({ version }) => version)).toEqual(entries.map(() => 1))
    expect(loaded.map(({ entry }) => entry)).toEqual(entries)
  })

  it('keeps a curator’s newer version when it is seeded again', async () => {
    const [first] = shipped()
    const changed = { ...first!, answer: '新的答复。' }
    await database.db.transaction(async (tx) => {
      const row = { id: first!.id, version: 2, entry: changed, author: 'qian', at: NOW }
      await tx.insert(faqVersions).values(row)
      await tx.update(faqEntries).set({ version: 2 }).where(eq(faqEntries.id, first!.id))
    })
    expect(await seedEntries(database.db, shipped(), NOW, 'seed')).toBe(0)
    const loaded = await loadEntries(database.db)
    expect(loaded.find(({ entry }) => entry.id === first!.id)).toEqual({
      entry: changed,
      version: 2,
    })
  })

  it('adds what is new beside what is there', async () => {
    expect(await seedEntries(database.db, [...shipped(), anEntry()], NOW, 'seed')).toBe(1)
  })

  it('names a stored entry that does not fit, rather than leaving it out', async () => {
    const row = { id: 'broken', version: 1, status: 'draft' as const }
    await database.db.insert(faqEntries).values(row)
    await database.db
      .insert(faqVersions)
      .values({ id: 'broken', version: 1, entry: { id: 'broken' }, author: 'x', at: NOW })
    await expect(loadEntries(database.db)).rejects.toThrow(/broken v1: /)
  })
})
