import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { isUnreachable } from '../../src/db/faults.ts'
import { Caller } from '../support/caller.ts'
import { check, FLAWLESS, storedEntries } from '../support/checker.ts'
import { figures } from '../support/figures.ts'
import { aPostgres, type Postgres } from '../support/postgres.ts'
import { aProcess, endProcesses, type ServerProcess, until } from '../support/process.ts'
import { addOfficers, cookiesOf, Traffic, visitorToken } from '../support/traffic.ts'

let postgres: Postgres
let processes: ServerProcess[]
let database: Database
let traffic: Traffic
let late: Caller

beforeAll(async () => {
  postgres = await aPostgres()
  const databaseUrl = await postgres.createDatabase('shouwen')
  processes = await Promise.all([aProcess({ databaseUrl }), aProcess({ databaseUrl })])
  database = openDatabase(databaseUrl, { max: 2, name: 'test' })
  const cookies = await cookiesOf(processes[0]!.url, await addOfficers(database.db, 5))
  const urls = processes.map(
    ({ url }) =>
      () =>
        url,
  )
  traffic = await Traffic.start({ urls, cookies, visitors: 100, rate: 200, giveUpEvery: 4 })
}, 120_000)

afterAll(async () => {
  await late.stop()
  await traffic.stop()
  await database[Symbol.asyncDispose]()
  await endProcesses()
  await postgres[Symbol.asyncDispose]()
})

const told = () => [...traffic.history.values()]
const unavailable = () => told().filter(({ refusals }) => refusals.includes('unavailable')).length
const flows = (count = 300) => {
  const before = traffic.acked()
  return until('the load flows', () => traffic.acked(before) > count, 30_000)
}
const status = async (path: string) =>
  Promise.all(processes.map(async ({ url }) => (await fetch(`${url}${path}`)).status))

describe('F02 G9 kill -9 of PostgreSQL under load', () => {
  it('acknowledges nothing while it is gone, says unavailable, and keeps the servers up', async () => {
    await flows()
    postgres.kill()
    await until('it is said', () => unavailable() > 20)
    // acks that had left before the kill are read by now
    const acked = traffic.acked()
    const refused = unavailable()
    await until('it is said again and again', () => unavailable() > refused + 20)
    expect(traffic.acked(acked)).toBe(0)
    expect(await status('/healthz')).toEqual([200, 200])
    expect(await status('/readyz')).toEqual([503, 503])
    expect(processes.map(({ isAlive }) => isAlive)).toEqual([true, true])
  }, 60_000)

  it('sends away who comes meanwhile, with the word to come back', async () => {
    const url = () => processes[0]!.url
    late = new Caller({ url, history: traffic.history, token: await visitorToken(999) })
    await until('it was sent away', () => late.closes.length > 0)
    expect(late.closes[0]).toBe(1013)
    expect(late.isWelcome).toBe(false)
  })

  it('heals by itself when it is back, on the same connections of the clients', async () => {
    const before = performance.now()
    await postgres.start()
    const back = performance.now()
    await until('the database is ready', async () =>
      (await status('/readyz')).every((s) => s < 300),
    )
    await flows(100)
    figures('F02', {
      recoveryMs: Math.round(back - before),
      healedAfterMs: Math.round(performance.now() - back),
    })
    expect(traffic.callers.flatMap(({ closes }) => closes)).toEqual([])
    await until('who came meanwhile is welcome', () => late.isWelcome)
  }, 60_000)
})

describe('F03 SIGSTOP of PostgreSQL under load', () => {
  it('answers every command within the patience that it promises', async () => {
    await flows()
    const before = told().length
    postgres.signal('SIGSTOP')
    await sleep(3_000) // the fault itself
    postgres.signal('SIGCONT')
    await flows()
    const since = told().slice(before)
    const slowest = Math.max(...since.map(({ answeredAfter }) => answeredAfter ?? 0))
    figures('F03', { commands: since.length, slowestMs: Math.round(slowest) })
    expect(slowest).toBeLessThan(16_000)
  }, 60_000)
})

describe('after both', () => {
  it('nothing acknowledged is lost, nothing is there twice, nothing refused is there at all', async () => {
    await traffic.settle()
    const { figures: numbers, ...found } = await check(database.sql, traffic.history)
    figures('F02 F03', numbers)
    expect(found).toEqual(FLAWLESS)
    expect(numbers.unknown).toBe(0)
    expect(numbers.fail).toBeGreaterThan(0)
  }, 60_000)

  it('every reader of either process is at the head, without a gap or a repeat', async () => {
    expect(await traffic.converge(await storedEntries(database.sql))).toEqual([])
  }, 60_000)

  it('nothing but the absence of the database was logged as a fault', () => {
    const errors = processes
      .flatMap((one) => one.logged())
      .filter(({ level, err }) => Number(level) > 40 && !isUnreachable(err))
    expect(errors).toEqual([])
  })
})
