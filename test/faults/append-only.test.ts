import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import type { Group } from '../../src/record/group.ts'
import { Writer } from '../../src/record/writer.ts'
import { check, FLAWLESS } from '../support/checker.ts'
import { anOpening, aRedaction } from '../support/groups.ts'
import { freshDatabase } from '../support/server.ts'

const REFUSED = /the record is append-only/
const opened = anOpening()
const untouched = anOpening()
const { id } = opened.after
let database: Database
/** Any SQL, as somebody with the server's own password would type it. */
const run = (text: string) => database.sql.unsafe(text)

/** A redaction whose text is still there: by hand, because an append takes it away at once. */
async function written({ entries, after }: Group): Promise<void> {
  const { sql } = database
  const json = (value: unknown) => JSON.stringify(value)
  for (const { thread, seq, at, kind, by, body, salt, content, prev, hash } of entries) {
    await sql`insert into entries (thread, seq, at, kind, by, body, salt, content, prev, hash)
      values (${thread}, ${seq}, ${at}, ${kind}, ${json(by)}::text::jsonb,
        ${json(body)}::text::jsonb, ${salt}, ${content}, ${prev}, ${hash})`
  }
  const { seq, head, question } = after
  await sql`update threads set seq = ${seq}, head = ${head}, question = ${question.text},
    fold = ${json(after)}::text::jsonb where id = ${after.id}`
}

beforeAll(async () => {
  database = openDatabase(await freshDatabase())
  const writer = new Writer(database.sql, { origin: 'here' })
  await Promise.all([opened, untouched].map((group) => writer.append(group)))
  await written(aRedaction(opened.after, 1))
})
afterAll(() => database[Symbol.asyncDispose]())

describe('the database refuses', () => {
  const one = `where thread = '${untouched.after.id}' and seq = 1`
  it.each([
    ['a changed text', `update entries set body = '{"text":"改过"}' ${one}`],
    ['a changed author', `update entries set by = '{"role":"bot","id":"bot"}' ${one}`],
    ['a changed time', `update entries set at = now() ${one}`],
    ['a changed number', `update entries set seq = 9 ${one}`],
    ['a changed digest and link', `update entries set content = hash, hash = prev ${one}`],
    ['an update that changes nothing', `update entries set body = body ${one}`],
    ['an update of every entry', 'update entries set body = null, salt = null'],
    ['a removed entry', `delete from entries ${one}`],
    ['a removed record', 'delete from entries'],
    ['an emptied table', 'truncate entries'],
    ['an emptied table that takes others along', 'truncate threads, entries cascade'],
    [
      'a change by way of an insert',
      `insert into entries select * from entries ${one}
      on conflict (thread, seq) do update set body = '{}'`,
    ],
    [
      'a change by way of a merge',
      `merge into entries e using threads t on e.thread = t.id
      when matched then update set body = '{}'`,
    ],
  ])('%s', async (_, text) => {
    await expect(run(text)).rejects.toThrow(REFUSED)
  })

  it('and keeps every entry as it was', async () => {
    const { figures, ...found } = await check(database.sql, new Map())
    expect(found).toEqual(FLAWLESS)
    expect(figures.entries).toBe(5)
  })
})

describe('the door of redaction', () => {
  const named = `where thread = '${id}' and seq = 1`
  it.each([
    [
      'an entry that nobody named',
      `update entries set body = null, salt = null
      where thread = '${id}' and seq = 2`,
    ],
    [
      'the same number in another thread',
      `update entries set body = null, salt = null
      where thread = '${untouched.after.id}' and seq = 1`,
    ],
    [
      'the redaction itself',
      `update entries set body = null, salt = null
      where thread = '${id}' and seq = 3`,
    ],
    [
      'another text in place of the old one',
      `update entries set body = '{"text":"x"}',
      salt = null ${named}`,
    ],
    ['the body alone', `update entries set body = null ${named}`],
    ['the salt alone', `update entries set salt = null ${named}`],
    [
      'more than body and salt',
      `update entries set body = null, salt = null,
      by = '{"role":"system","id":"system"}' ${named}`,
    ],
    ['its removal', `delete from entries ${named}`],
  ])('stays shut for %s', async (_, text) => {
    await expect(run(text)).rejects.toThrow(REFUSED)
  })

  it('opens for body and salt of the named entry, after which chain and projection still hold', async () => {
    await run(`update entries set body = null, salt = null ${named}`)
    const [row] = await database.sql`select body, salt, content from entries
      where thread = ${id} and seq = 1`
    expect(row).toEqual({ body: null, salt: null, content: opened.entries[0]!.content })
    const { figures, ...found } = await check(database.sql, new Map())
    expect(found).toEqual(FLAWLESS)
    expect(figures.entries).toBe(5)
  })

  it('does not open a second time to put something back', async () => {
    await expect(run(`update entries set body = '{}', salt = 'x' ${named}`)).rejects.toThrow(
      REFUSED,
    )
  })
})
