import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Caller, type CallerOptions, type History } from '../support/caller.ts'
import { check, FLAWLESS, storedEntries } from '../support/checker.ts'
import { figures } from '../support/figures.ts'
import { until } from '../support/process.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { worded } from '../support/traffic.ts'
import { aWire, type Wire } from '../support/wire.ts'

let server: TestServer
let wire: Wire
const history: History = new Map()
const callers: Caller[] = []

beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  wire = await aWire(server.url)
})
afterEach(async () => {
  wire.thaw()
  const { figures: numbers, ...found } = await check(server.database.sql, history)
  expect(found).toEqual(FLAWLESS)
  expect(numbers.unknown).toBe(0)
  expect(callers.flatMap(({ feed }) => feed.violations)).toEqual([])
  await Promise.all(callers.splice(0).map((caller) => caller.stop()))
})
afterAll(async () => {
  await wire[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

async function joined(options: Partial<CallerOptions>): Promise<Caller> {
  const url = () => wire.url
  const caller = new Caller({ url, origin: server.url, history, ...options })
  callers.push(caller)
  await until('it is welcome', () => caller.isWelcome)
  return caller
}
const enterprise = async (who = 0, more: Partial<CallerOptions> = {}) =>
  joined({ token: await server.token(who), ...more })
/** On a wire of his own, which nothing happens to. */
const officer = async (name: string) =>
  joined({ cookie: await server.cookie(name), url: () => server.url })

/** A thread that wang holds. */
async function aHeldThread(chen: Caller, wang: Caller): Promise<string> {
  const asked = await chen.tell(
    worded({ type: 'ask', text: '我们公司上中水回用系统有政策补贴吗？' }),
  )
  const { thread } = asked.acks[0]!
  await chen.tell(worded({ type: 'escalate', thread, note: '找人' }))
  await wang.tell({ type: 'claim', thread })
  return thread
}
const says = (who: Caller, thread: string, count: number) =>
  Array.from({ length: count }, (_, n) =>
    who.tell(worded({ type: 'say', thread, text: `第${n}句` })),
  )
async function isAtHead(caller: Caller, thread: string): Promise<void> {
  const head = async () => (await storedEntries(server.database.sql)).get(thread)!.length
  await until('it is at the head', async () => caller.feed.cursor(thread) === (await head()))
}

describe('F04 a network that is cut', () => {
  it('lets a client resume without a gap, and its unanswered commands be stored once', async () => {
    const [chen, wang] = [await enterprise(), await officer('wang')]
    const thread = await aHeldThread(chen, wang)
    await isAtHead(chen, thread)
    wire.freeze()
    const told = says(chen, thread, 5)
    await Promise.all(says(wang, thread, 250))
    const missed = chen.feed.cursor(thread)
    wire.cut()
    wire.thaw()
    await Promise.all(told)
    await isAtHead(chen, thread)
    expect(chen.connections).toBe(2)
    figures('F04', { resumedEntries: chen.feed.cursor(thread) - missed })
  }, 60_000)

  it('delivers what was held back when it thaws, without a new connection', async () => {
    const [chen, wang] = [await enterprise(), await officer('wang')]
    const thread = await aHeldThread(chen, wang)
    wire.freeze()
    const told = says(chen, thread, 5)
    await Promise.all(says(wang, thread, 50))
    wire.thaw()
    await Promise.all(told)
    await isAtHead(chen, thread)
    expect(chen.connections).toBe(1)
  })

  it('lets nobody lose an order of entries over twenty cuts in the middle of a talk', async () => {
    const [chen, wang] = [await enterprise(), await officer('wang')]
    const thread = await aHeldThread(chen, wang)
    for (let n = 0; n < 20; n++) {
      const told = [...says(chen, thread, 5), ...says(wang, thread, 5)]
      wire.cut()
      await Promise.all(told)
    }
    await isAtHead(chen, thread)
    await isAtHead(wang, thread)
    expect(chen.connections).toBeGreaterThan(15)
  }, 60_000)
})

describe('F05 a peer that is gone without a word', () => {
  it('loses its place within a minute, and its thread goes on', async () => {
    const [chen, wang] = [await enterprise(1), await officer('wang')]
    const thread = await aHeldThread(chen, wang)
    const { sessions } = server.running.sockets
    const before = sessions.size
    wire.halfOpen()
    await until('it is back on a new connection', () => chen.connections === 2 && chen.isWelcome)
    expect(sessions.size).toBe(before + 1)
    server.clock.pass(61_000)
    await until(
      'the dead one is gone',
      () => chen.isWelcome && wang.isWelcome && sessions.size <= 2,
    )
    await Promise.all([...says(chen, thread, 3), ...says(wang, thread, 3)])
    await isAtHead(chen, thread)
  }, 30_000)
})

describe('F06 a reset in the middle of a message', () => {
  it.each(['up', 'down'] as const)(
    'stores each command once when the way %s breaks twenty times',
    async (way) => {
      const [chen, wang] = [await enterprise(2), await officer('wang')]
      const thread = await aHeldThread(chen, wang)
      for (let n = 0; n < 20; n++) {
        await until('it is welcome', () => chen.isWelcome)
        wire.resetDuring(way)
        await Promise.all(says(chen, thread, 3))
      }
      await isAtHead(chen, thread)
      expect(chen.connections).toBeGreaterThan(15)
      const retried = [...history.values()].filter(({ tries }) => tries > 1).length
      figures(`F06 ${way}`, { connections: chen.connections, retried })
    },
    60_000,
  )
})

describe('F09 everything sent twice', () => {
  it('is stored once, shown once and acknowledged twice in the same way', async () => {
    const [chen, wang] = [await enterprise(3, { copies: 2 }), await officer('wang')]
    const thread = await aHeldThread(chen, wang)
    const told = await Promise.all(says(chen, thread, 30))
    const asked = await Promise.all(
      Array.from({ length: 10 }, () => chen.tell(worded({ type: 'ask', text: '再问一个' }))),
    )
    const all = [...told, ...asked]
    await until('each has two acks', () => all.every(({ acks }) => acks.length === 2))
    expect(all.filter(({ acks: [one, two] }) => one!.seq !== two!.seq)).toEqual([])
    expect(new Set(asked.map(({ acks }) => acks[0]!.thread)).size).toBe(10)
    await isAtHead(chen, thread)
  })
})
