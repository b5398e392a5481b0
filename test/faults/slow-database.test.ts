import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { Caller, type History, type Invoked } from '../support/caller.ts'
import { check, FLAWLESS } from '../support/checker.ts'
import { figures } from '../support/figures.ts'
import { until } from '../support/process.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { worded } from '../support/traffic.ts'

const VISITORS = 12
const history: History = new Map()
let server: TestServer
let visitors: Caller[]
const threads = new Map<Caller, string>()

beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  const url = () => server.url
  visitors = await Promise.all(
    Array.from({ length: VISITORS }, async (_, n) => {
      const token = await server.token({ enterprise: n % 4, sub: `visitor-${n}` })
      return new Caller({ url, history, token, persistent: false })
    }),
  )
  await until('all are welcome', () => visitors.every(({ isWelcome }) => isWelcome))
  for (const visitor of visitors) {
    const { acks } = await visitor.tell(worded({ type: 'ask', text: '转人工' }))
    threads.set(visitor, acks[0]!.thread)
  }
})
afterAll(async () => {
  await Promise.all(visitors.map((visitor) => visitor.stop()))
  await server[Symbol.asyncDispose]()
})

/** Each says three things in its thread, at once: the second waits for the first. */
const everybodySays = () =>
  Promise.all(
    visitors.flatMap((visitor) =>
      [1, 2, 3].map((n) => {
        const thread = threads.get(visitor)!
        return visitor.tell(worded({ type: 'say', thread, text: `第${n}句` }))
      }),
    ),
  )
const outcomes = (told: Invoked[]) => [...new Set(told.map(({ outcome }) => outcome))]

describe('F20 a database that is slow, and not dead', () => {
  it('has every command refused in time, and none of them done later', async () => {
    const sql = await server.database.sql.reserve()
    await sql`begin`
    await sql`lock table entries in access exclusive mode`
    let isHeld = true
    const letGo = async () => {
      if (isHeld) await sql`rollback`
      if (isHeld) sql.release()
      isHeld = false
    }
    onTestFinished(letGo)
    const told = await everybodySays()
    const slowest = Math.max(...told.map(({ answeredAfter }) => answeredAfter!))
    figures('F20', { commands: told.length, slowestMs: Math.round(slowest) })
    expect(outcomes(told)).toEqual(['fail'])
    expect(told.every(({ refusals }) => refusals.join() === 'unavailable')).toBe(true)
    expect(slowest).toBeLessThan(14_500)
    await letGo()
    // whatever was still on its way would be there by the time that others are
    expect(outcomes(await everybodySays())).toEqual(['ok'])
    const { figures: _, ...found } = await check(server.database.sql, history)
    expect(found).toEqual(FLAWLESS)
  }, 60_000)

  it('has its queue empty and its readers at the head afterwards', async () => {
    const { writer } = server.running.services
    expect([writer.waiting, writer.flights]).toEqual([0, 0])
    const isThere = async (visitor: Caller) => {
      const thread = threads.get(visitor)!
      const [row] = await server.database.sql`select seq from threads where id = ${thread}`
      return visitor.feed.cursor(thread) === row!.seq
    }
    for (const visitor of visitors) await until('it is at the head', () => isThere(visitor))
    expect(visitors.flatMap(({ feed }) => feed.violations)).toEqual([])
  })
})
