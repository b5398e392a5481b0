import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import type { Group } from '../../src/record/group.ts'
import { Unavailable, Writer, type WriterOptions } from '../../src/record/writer.ts'
import { check, FLAWLESS } from '../support/checker.ts'
import { aCommand, aNote, anOpening } from '../support/groups.ts'
import { until } from '../support/process.ts'
import { freshDatabase } from '../support/server.ts'

let database: Database
let other: Database
/** Connections whose statements end after 300 ms. */
let hasty: Database

beforeAll(async () => {
  const url = await freshDatabase()
  database = openDatabase(url)
  other = openDatabase(url, { name: 'another' })
  hasty = openDatabase(url, { statementTimeout: 300 })
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await other[Symbol.asyncDispose]()
  await hasty[Symbol.asyncDispose]()
})

const aWriter = (options: Partial<WriterOptions> = {}, { sql } = database) =>
  new Writer(sql, { origin: 'here', ...options })

/** Somebody else holds this lock until he is told to let go. */
async function held(statement: string, end = 'commit') {
  const sql = await other.sql.reserve()
  await sql.unsafe('begin')
  await sql.unsafe(statement)
  let isHeld = true
  const letGo = async () => {
    if (!isHeld) return
    isHeld = false
    await sql.unsafe(end)
    sql.release()
  }
  onTestFinished(letGo)
  return letGo
}
const heldEntries = () => held('lock table entries in access exclusive mode')

const outcome = (work: Promise<{ as: string }>) =>
  work.then(
    ({ as }) => as,
    (error: unknown) => (error instanceof Unavailable ? 'unavailable' : String(error)),
  )
const isStored = async ({ after, was }: Group) => {
  const [row] = await database.sql`select from entries where thread = ${after.id} and seq > ${was}`
  return row !== undefined
}
const areStored = (groups: Group[]) => Promise.all(groups.map(isStored))

describe('the queue of the writer', () => {
  it('refuses what it has no room for, stores none of that, and heals', async () => {
    const writer = aWriter({ maxBatch: 1, maxFlights: 1, maxWaiting: 3 })
    const letGo = await heldEntries()
    const first = anOpening()
    const flying = outcome(writer.append(first))
    await until('one is under way', () => writer.flights === 1)
    const groups = Array.from({ length: 8 }, () => anOpening())
    const told = groups.map((group) => outcome(writer.append(group)))
    const refused = await Promise.all(told.slice(3))
    expect(refused).toEqual(Array(5).fill('unavailable'))
    await letGo()
    expect(await Promise.all([flying, ...told.slice(0, 3)])).toEqual(Array(4).fill('won'))
    expect(await areStored(groups)).toEqual([...Array(3).fill(true), ...Array(5).fill(false)])
    expect(await outcome(writer.append(groups[7]!))).toBe('won')
  })

  it('stores nothing later of what it called unavailable because the database was too slow', async () => {
    const writer = aWriter({ maxBatch: 1, maxFlights: 1, patience: 400 }, hasty)
    const letGo = await heldEntries()
    const groups = Array.from({ length: 4 }, () => anOpening())
    const told = await Promise.all(groups.map((group) => outcome(writer.append(group))))
    expect(told).toEqual(Array(4).fill('unavailable'))
    await letGo()
    const next = anOpening()
    expect(await outcome(writer.append(next))).toBe('won')
    expect(await areStored([...groups, next])).toEqual([false, false, false, false, true])
  })

  it('says what was stored before the database went away as stored', async () => {
    const writer = aWriter({}, hasty)
    const command = aCommand()
    const there = anOpening()
    await writer.append(there)
    const letGo = await held(`select from threads where id = '${there.after.id}' for update`)
    // one command cannot share a statement with itself: the note waits for the lock alone
    const [stored, late] = [anOpening(command), aNote(there.after, command)]
    const told = await Promise.all([stored, late].map((group) => outcome(writer.append(group))))
    await letGo()
    expect(told).toEqual(['won', 'unavailable'])
    expect(await areStored([stored, late])).toEqual([true, false])
  })
})

describe('groups that share a statement', () => {
  it('lets one that PostgreSQL refuses fall alone', async () => {
    const writer = aWriter()
    const groups = [anOpening(), anOpening(aCommand(), 'nul \u0000'), anOpening()]
    const told = await Promise.all(groups.map((group) => writer.append(group)))
    expect(told.map(({ as }) => as)).toEqual(['won', 'failed', 'won'])
    expect(await areStored(groups)).toEqual([true, false, true])
  })

  it('lets one that another writer was faster with lose alone, and never in part', async () => {
    const [here, there] = [aWriter(), aWriter({ origin: 'there' }, other)]
    const opened = anOpening()
    await here.append(opened)
    await there.append(aNote(opened.after))
    const others = Array.from({ length: 20 }, () => anOpening())
    const groups = [...others.slice(0, 10), aNote(opened.after), ...others.slice(10)]
    const told = await Promise.all(groups.map((group) => outcome(here.append(group))))
    expect(told).toEqual([...Array(10).fill('won'), 'lost', ...Array(10).fill('won')])
  })

  it('gives one command one group and the same ack, whichever of two writers is faster', async () => {
    const [here, there] = [aWriter(), aWriter({ origin: 'there' }, other)]
    for (let round = 0; round < 20; round++) {
      const command = aCommand()
      const [a, b] = [anOpening(command), anOpening(command)]
      const told = await Promise.all([here.append(a), there.append(b)])
      expect(told.map(({ as }) => as).sort()).toEqual(['known', 'won'])
      const winner = told[0].as === 'won' ? a : b
      const known = told.find(({ as }) => as === 'known')
      expect(known).toEqual({ as: 'known', thread: winner.after.id, seq: 1 })
    }
  })

  it('G11 keeps two writers with the same commands in opposite order from a deadlock', async () => {
    const [here, there] = [aWriter(), aWriter({ origin: 'there' }, other)]
    const commands = Array.from({ length: 20 }, aCommand)
    const middle = commands[10]!
    // both get as far as the middle one, each from its own end
    const letGo = await held(
      `insert into commands values ('${middle.caller}', '${middle.id}', '${middle.id}', 1, now())`,
      'rollback',
    )
    const before = await deadlocks()
    const told = Promise.all([
      ...commands.map((command) => outcome(here.append(anOpening(command)))),
      ...commands.toReversed().map((command) => outcome(there.append(anOpening(command)))),
    ])
    await until('both wait', async () => {
      const [row] = await database.sql`
        select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      return row!.n === 2
    })
    await letGo()
    expect((await told).toSorted()).toEqual([...Array(20).fill('known'), ...Array(20).fill('won')])
    expect((await deadlocks()) - before).toBe(0)
  })

  it('leaves a record without a flaw', async () => {
    const { figures, ...found } = await check(database.sql, new Map())
    expect(found).toEqual(FLAWLESS)
    expect(figures.entries).toBeGreaterThan(100)
  })
})

async function deadlocks(): Promise<number> {
  await database.sql`select pg_stat_force_next_flush()`
  const [row] = await database.sql`
    select deadlocks::int as n from pg_stat_database where datname = current_database()`
  return row!.n
}

describe('a group whose caller has stopped waiting', () => {
  it('is not stored when PostgreSQL comes to it late', async () => {
    const writer = aWriter()
    const first = anOpening()
    expect(await outcome(writer.append(first))).toBe('won')
    const letGo = await held(`select from threads where id = '${first.after.id}' for update`)
    const late = { ...aNote(first.after), until: performance.now() + 300 }
    const answer = outcome(writer.append(late))
    await until('the caller stops waiting', () => performance.now() > late.until)
    await letGo()
    expect(await answer).toBe('unavailable')
    expect(await isStored(late)).toBe(false)
    expect(await outcome(writer.append(aNote(first.after)))).toBe('won')
  })

  it('does not make its neighbours late', async () => {
    const writer = aWriter()
    const [first, second] = [anOpening(), anOpening()]
    await Promise.all([writer.append(first), writer.append(second)])
    const letGo = await held(`select from threads where id = '${first.after.id}' for update`)
    const hasty = { ...aNote(first.after), until: performance.now() + 300 }
    const patient = { ...aNote(second.after), until: performance.now() + 60_000 }
    const answers = Promise.all([outcome(writer.append(hasty)), outcome(writer.append(patient))])
    await until('the hasty caller stops waiting', () => performance.now() > hasty.until)
    await letGo()
    expect(await answers).toEqual(['unavailable', 'won'])
  })
})
