import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { faqEntries, faqVersions } from '../../src/db/schema.ts'
import { servable } from '../../src/faq/entry.ts'
import {
  lastChange,
  loadEntries,
  publishEntry,
  readEntries,
  restoreEntry,
  withdrawEntry,
} from '../../src/faq/faq-store.ts'
import { seedEntries } from '../../src/faq/seed-store.ts'
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
beforeEach(async () => {
  await database.sql`truncate faq_entries, faq_versions, faq_changes`
})

const BY_STARTER = { author: 'starter', at: NOW }
const BY_CURATOR = { author: 'qian', at: NOW }
const seed = (...entries: ReturnType<typeof anEntry>[]) =>
  seedEntries(database.db, entries, BY_STARTER)
const current = async (id = 'snow-maker') =>
  (await loadEntries(database.db)).find(({ entry }) => entry.id === id)
const answerOf = async () => (await current())?.entry.answer

describe('the starter', () => {
  it('is stored once, however many processes start at the same time', async () => {
    const entries = shipped().sort((a, b) => (a.id < b.id ? -1 : 1))
    const seeded = await Promise.all([
      seedEntries(database.db, entries, BY_STARTER),
      seedEntries(other.db, entries.toReversed(), BY_STARTER),
      seedEntries(other.db, entries, BY_STARTER),
    ])
    expect(seeded.reduce((sum, { written }) => sum + written, 0)).toBe(entries.length)
    const loaded = await loadEntries(database.db)
    expect(loaded.map(({ version }) => version)).toEqual(entries.map(() => 1))
    expect(loaded.map(({ entry }) => entry)).toEqual(entries)
  })

  it('changes nothing where nothing has changed', async () => {
    await seed(anEntry())
    const before = await lastChange(database.db)
    expect(await seed(anEntry())).toEqual({ written: 0, kept: [] })
    expect(await lastChange(database.db)).toBe(before)
  })

  it('adds what is new beside what is there', async () => {
    await seed(anEntry())
    expect(await seed(anEntry(), anEntry({ id: 'ice-maker' }))).toMatchObject({ written: 1 })
  })

  it('brings its changed text as the next version of what the bureau left as it was', async () => {
    await seed(anEntry())
    expect(await seed(anEntry({ answer: '更正。' }))).toEqual({ written: 1, kept: [] })
    expect(await current()).toMatchObject({ version: 2, entry: { answer: '更正。' } })
  })

  it('never touches what a curator changed, and says so', async () => {
    await seed(anEntry())
    await publishEntry(database.db, anEntry({ answer: '本市另有规定。' }), BY_CURATOR)
    expect(await seed(anEntry({ answer: '更正。' }))).toEqual({ written: 0, kept: ['snow-maker'] })
    expect(await answerOf()).toBe('本市另有规定。')
  })

  it('of an older release takes nothing back from a newer one', async () => {
    await seed(anEntry())
    await seed(anEntry({ answer: '更正。' }))
    expect(await seed(anEntry())).toEqual({ written: 0, kept: [] })
    expect(await answerOf()).toBe('更正。')
  })

  it('does not bring back what was withdrawn, but goes on once it was restored', async () => {
    await seed(anEntry())
    await withdrawEntry(database.db, 'snow-maker', BY_CURATOR, '有误')
    await seed(anEntry({ answer: '更正。' }))
    expect((await current())?.entry.status).toBe('review')
    await restoreEntry(database.db, 'snow-maker', BY_CURATOR)
    expect(await seed(anEntry({ answer: '更正。' }))).toMatchObject({ written: 1 })
    expect(await current()).toMatchObject({ version: 4, entry: { answer: '更正。' } })
  })
})

describe('an entry in the store', () => {
  it('is withdrawn at once and restored word for word, each as a version of its own', async () => {
    await seed(anEntry())
    expect(await withdrawEntry(database.db, 'snow-maker', BY_CURATOR, '有误')).toEqual({
      version: 2,
    })
    const { entry } = (await current())!
    expect(servable(entry, NOW)).toBe(false)
    expect(entry.review).toMatchObject({ required: true, notes: ['有误'] })
    expect(await restoreEntry(database.db, 'snow-maker', BY_CURATOR)).toEqual({ version: 3 })
    expect(await current()).toEqual({ version: 3, entry: anEntry() })
    const rows = await database.sql`select version, author from faq_versions order by version`
    expect(rows.map(({ version, author }) => [version, author])).toEqual([
      [1, 'starter'],
      [2, 'qian'],
      [3, 'qian'],
    ])
  })

  it('is withdrawn or restored only where that means something', async () => {
    await seed(anEntry(), anEntry({ id: 'snow-draft', status: 'draft' }))
    const { db } = database
    expect(await withdrawEntry(db, 'nothing', BY_CURATOR, '')).toBe('unknown')
    expect(await withdrawEntry(db, 'snow-draft', BY_CURATOR, '')).toBe('not-served')
    expect(await restoreEntry(db, 'nothing', BY_CURATOR)).toBe('unknown')
    expect(await restoreEntry(db, 'snow-draft', BY_CURATOR)).toBe('never-served')
    expect(await restoreEntry(db, 'snow-maker', BY_CURATOR)).toBe('served')
    expect(await current()).toMatchObject({ version: 1 })
  })

  it('is published as the next version, and never unless it is one', async () => {
    await publishEntry(database.db, anEntry(), BY_CURATOR)
    await publishEntry(database.db, anEntry({ answer: '新。' }), BY_CURATOR)
    expect(await current()).toMatchObject({ version: 2, entry: { answer: '新。' } })
    await expect(publishEntry(database.db, anEntry({ basis: [] }), BY_CURATOR)).rejects.toThrow()
    await expect(
      publishEntry(database.db, anEntry({ answer: '{{x}}' }), BY_CURATOR),
    ).rejects.toThrow(/slot/)
    expect(await current()).toMatchObject({ version: 2 })
  })

  it('gets versions in one order from many who publish at once, and none is read past', async () => {
    const seen = new Set<string>()
    let known = 0
    const look = async () => {
      const last = await lastChange(other.db)
      for (const one of await readEntries(other.db, known))
        if ('entry' in one) seen.add(one.entry.id)
      known = Math.max(known, last)
    }
    const publish = (n: number) =>
      publishEntry(database.db, anEntry({ id: `snow-${n}` }), BY_CURATOR)
    await Promise.all(Array.from({ length: 20 }, (_, n) => [publish(n), look()]).flat())
    await look()
    expect([known, seen.size]).toEqual([20, 20])
    expect(await readEntries(other.db, known)).toEqual([])
    const same = await Promise.all(
      Array.from({ length: 10 }, () => publishEntry(database.db, anEntry(), BY_CURATOR)),
    )
    const versions = same.map((one) => (typeof one === 'string' ? 0 : one.version))
    expect(versions.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it('that does not fit is named, rather than left out', async () => {
    const row = { id: 'broken', version: 1, status: 'draft' as const }
    await database.db.insert(faqEntries).values(row)
    await database.db
      .insert(faqVersions)
      .values({ id: 'broken', version: 1, entry: { id: 'broken' }, author: 'x', at: NOW })
    await expect(loadEntries(database.db)).rejects.toThrow(/broken v1: /)
  })
})
