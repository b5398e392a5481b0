import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { check, FLAWLESS, storedEntries } from '../support/checker.ts'
import { figures } from '../support/figures.ts'
import { aProcess, endProcesses, type ServerProcess, until } from '../support/process.ts'
import { freshDatabase } from '../support/server.ts'
import { addOfficers, cookiesOf, Traffic } from '../support/traffic.ts'

let databaseUrl: string
let database: Database
let server: ServerProcess
let names: string[]

beforeAll(async () => {
  databaseUrl = await freshDatabase()
  server = await aProcess({ databaseUrl })
  database = openDatabase(databaseUrl, { max: 2, name: 'test' })
  names = await addOfficers(database.db, 5)
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await endProcesses()
})

async function killAndStartAgain(): Promise<void> {
  server.kill('SIGKILL')
  await server.ended
  server = await aProcess({ databaseUrl, port: server.port })
}

describe('F01 kill -9 of the server under load', () => {
  it('G1 G2 G3 G8 loses nothing acknowledged and stores nothing twice, twice over', async () => {
    const cookies = await cookiesOf(server.url, names)
    const urls = [() => server.url]
    const traffic = await Traffic.start({ urls, cookies, visitors: 100, rate: 200 })
    const firstReadyAfter = server.readyAfter
    const readyAfter: number[] = []
    for (let round = 1; round <= 2; round++) {
      const before = traffic.acked()
      await until('the load flows', () => traffic.acked(before) > 400)
      await killAndStartAgain()
      readyAfter.push(server.readyAfter)
      const isBack = () => traffic.callers.every(({ isWelcome }) => isWelcome)
      await until('everybody is back', isBack)
    }
    await traffic.settle()
    const { figures: numbers, ...found } = await check(database.sql, traffic.history)
    const violations = await traffic.converge(await storedEntries(database.sql))
    figures('F01', { ...numbers, readyAfter: [firstReadyAfter, ...readyAfter].join('/') })
    await traffic.stop()
    expect(found).toEqual(FLAWLESS)
    expect(violations).toEqual([])
    expect(numbers).toMatchObject({ fail: expect.any(Number), unknown: 0 })
    expect(numbers.retried).toBeGreaterThan(0)
    // 5 s, or where others keep the machine busy, no longer than it took them before
    expect(Math.max(...readyAfter)).toBeLessThan(Math.max(5_000, 3 * firstReadyAfter))
  }, 120_000)
})
