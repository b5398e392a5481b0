import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Caller, type History } from '../support/caller.ts'
import { check, FLAWLESS } from '../support/checker.ts'
import { figures } from '../support/figures.ts'
import { until } from '../support/process.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { worded } from '../support/traffic.ts'

const history: History = new Map()
let here: TestServer
let there: TestServer
let chen: Caller
let zhao: Caller
let thread: string

beforeAll(async () => {
  const env = { RATE_LIMITS: 'off' }
  here = await aServer({ env })
  there = await aServer({ env, databaseUrl: here.databaseUrl, clock: here.clock })
  chen = new Caller({ url: () => here.url, history, token: await here.token() })
  zhao = new Caller({ url: () => there.url, history, cookie: await there.cookie('zhao') })
  await until('both are welcome', () => chen.isWelcome && zhao.isWelcome)
  const asked = await chen.tell(worded({ type: 'ask', text: '转人工' }))
  thread = asked.acks[0]!.thread
  zhao.feed.watch(thread)
})
afterAll(async () => {
  await Promise.all([chen, zhao].map((caller) => caller.stop()))
  await there[Symbol.asyncDispose]()
  await here[Symbol.asyncDispose]()
})

/** Ends the connections on which the processes listen to each other. */
const breakListening = () => here.database.sql`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and query ilike 'listen %'`
const head = async () => {
  const [row] = await here.database.sql`select seq from threads where id = ${thread}`
  return Number(row!.seq)
}

describe('F02 a broken connection between two processes', () => {
  it('keeps no reader of the other process waiting for what passed meanwhile', async () => {
    const took: number[] = []
    for (let round = 0; round < 10; round++) {
      const broken = await breakListening()
      expect(broken).toHaveLength(2)
      // no more is written: nothing else brings it to light
      await chen.tell(worded({ type: 'say', thread, text: '趁线断了说的' }))
      const from = performance.now()
      const last = await head()
      await until('the other process tells it', () => zhao.feed.cursor(thread) === last, 5_000)
      took.push(performance.now() - from)
      await until('both listen again', async () => (await listening()) === 2)
    }
    figures('broken LISTEN', { rounds: took.length, slowestMs: Math.round(Math.max(...took)) })
    expect([...chen.feed.violations, ...zhao.feed.violations]).toEqual([])
    const { figures: _, ...found } = await check(here.database.sql, history)
    expect(found).toEqual(FLAWLESS)
  }, 60_000)
})

async function listening(): Promise<number> {
  const [row] = await here.database.sql`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and query ilike 'listen %'`
  return Number(row!.n)
}
