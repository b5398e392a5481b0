import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { Caller, type History } from '../support/caller.ts'
import { check, FLAWLESS } from '../support/checker.ts'
import { figures } from '../support/figures.ts'
import { aProcess, endProcesses, type ServerProcess, until } from '../support/process.ts'
import { freshDatabase } from '../support/server.ts'
import { addOfficers, cookiesOf, visitorToken, worded } from '../support/traffic.ts'

const OFFICERS = 20
const ROUNDS = 10
let database: Database
let processes: ServerProcess[]
let officers: Caller[]
let visitor: Caller
const history: History = new Map()

beforeAll(async () => {
  const databaseUrl = await freshDatabase()
  processes = await Promise.all([aProcess({ databaseUrl }), aProcess({ databaseUrl })])
  database = openDatabase(databaseUrl, { max: 2, name: 'test' })
  const names = await addOfficers(database.db, OFFICERS)
  const cookies = await cookiesOf(processes[0]!.url, names)
  const at = (n: number) => () => processes[n]!.url
  // every officer has a place at both processes
  officers = [0, 1].flatMap((n) =>
    cookies.map((cookie) => new Caller({ url: at(n), history, cookie })),
  )
  visitor = new Caller({ url: at(0), history, token: await visitorToken(1) })
  const all = [visitor, ...officers]
  await until('all are welcome', () => all.every(({ isWelcome }) => isWelcome), 30_000)
}, 120_000)

afterAll(async () => {
  await Promise.all([visitor, ...officers].map((caller) => caller.stop()))
  await database[Symbol.asyncDispose]()
  await endProcesses()
})

async function aWaitingThread(): Promise<string> {
  const { acks } = await visitor.tell(worded({ type: 'ask', text: '转人工' }))
  const { thread } = acks[0]!
  await visitor.tell(worded({ type: 'escalate', thread, note: '找人' }))
  return thread
}

const claimedIn = (thread: string) =>
  database.sql`select by->>'id' as by from entries where thread = ${thread} and kind = 'claimed'`

async function raceOf(claimants: readonly Caller[]): Promise<number> {
  const thread = await aWaitingThread()
  const started = performance.now()
  const told = await Promise.all(claimants.map((one) => one.tell({ type: 'claim', thread })))
  const took = performance.now() - started
  const winners = told.filter(({ outcome }) => outcome === 'ok')
  const losers = told.filter(({ outcome }) => outcome === 'fail')
  expect(winners).toHaveLength(1)
  expect(losers.map(({ refusals }) => refusals)).toEqual(
    Array(claimants.length - 1).fill(['already-claimed']),
  )
  expect(await claimedIn(thread)).toEqual([{ by: winners[0]!.by }])
  return took
}

describe('G5 twenty officers who claim one waiting thread at once', () => {
  it('give it to exactly one of them within one process', async () => {
    const took = []
    for (let round = 0; round < ROUNDS; round++)
      took.push(await raceOf(officers.slice(0, OFFICERS)))
    figures('G5 one process', { rounds: ROUNDS, slowestMs: Math.round(Math.max(...took)) })
  }, 60_000)

  it('give it to exactly one of them over two processes on one database', async () => {
    const took = []
    const half = OFFICERS / 2
    // ten of them here, the other ten there
    const spread = [...officers.slice(0, half), ...officers.slice(OFFICERS + half)]
    for (let round = 0; round < ROUNDS; round++) took.push(await raceOf(spread))
    figures('G5 two processes', { rounds: ROUNDS, slowestMs: Math.round(Math.max(...took)) })
  }, 60_000)

  it('are told, each of them, what the record says in the end', async () => {
    const { figures: numbers, ...found } = await check(database.sql, history)
    expect(found).toEqual(FLAWLESS)
    expect(numbers).toMatchObject({ threads: 2 * ROUNDS, unknown: 0, unavailable: 0 })
    const logged = processes
      .flatMap((one) => one.logged())
      .filter(({ level }) => Number(level) > 30)
    expect(logged).toEqual([])
  })
})
