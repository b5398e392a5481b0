import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { Caller, type History } from '../support/caller.ts'
import { check, FLAWLESS, marked, storedEntries } from '../support/checker.ts'
import type { Told } from '../support/client.ts'
import { figures } from '../support/figures.ts'
import { aProcess, endProcesses, type ServerProcess, until } from '../support/process.ts'
import { freshDatabase } from '../support/server.ts'
import { addOfficers, cookiesOf, seeded, visitorToken, worded } from '../support/traffic.ts'

const ENTERPRISES = 4
const OFFICERS = 6
const THREADS = 6
const COMMANDS = 60
let database: Database
let processes: ServerProcess[]
/** Everybody has a socket at both processes. */
let enterprises: Caller[][]
let officers: Caller[][]
const history: History = new Map()

beforeAll(async () => {
  const databaseUrl = await freshDatabase()
  processes = await Promise.all([aProcess({ databaseUrl }), aProcess({ databaseUrl })])
  database = openDatabase(databaseUrl, { max: 2, name: 'test' })
  const names = await addOfficers(database.db, OFFICERS)
  const cookies = await cookiesOf(processes[0]!.url, names)
  const urls = processes.map(
    ({ url }) =>
      () =>
        url,
  )
  const tokens = await Promise.all(Array.from({ length: ENTERPRISES }, (_, n) => visitorToken(n)))
  enterprises = tokens.map((token) => urls.map((url) => new Caller({ url, history, token })))
  officers = cookies.map((cookie) => urls.map((url) => new Caller({ url, history, cookie })))
  await until('all are welcome', () => everybody().every(({ isWelcome }) => isWelcome), 30_000)
}, 120_000)

afterAll(async () => {
  await Promise.all(everybody().map((caller) => caller.stop()))
  await database[Symbol.asyncDispose]()
  await endProcesses()
})

const everybody = () => [...enterprises, ...officers].flat()

async function aThread(of: Caller): Promise<string> {
  const { acks } = await of.tell(worded({ type: 'ask', text: '转人工' }))
  return acks[0]!.thread
}

const enterpriseMoves = (thread: string): Told[] => [
  { type: 'say', thread, text: '再说一句' },
  { type: 'say', thread, text: '补充' },
  { type: 'reopen', thread, text: '还没办完' },
  { type: 'escalate', thread, note: '找人' },
]
const officerMoves = (thread: string): Told[] => [
  { type: 'claim', thread },
  { type: 'claim', thread },
  { type: 'say', thread, text: '答复' },
  { type: 'note', thread, text: '内部' },
  { type: 'resolve', thread, outcome: 'handled', summary: '办结' },
]

/** A bounded number of random commands of one caller at random processes, two at a time. */
async function play(sockets: Caller[], moves: (thread: string) => Told[], of: Play): Promise<void> {
  const { threads, random } = of
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)]!
  for (let n = 0; n < COMMANDS / 2; n++) {
    const two = [0, 1].map(() => worded(pick(moves(pick(threads)))))
    await Promise.all(two.map((command) => pick(sockets).tell(command)))
  }
}
interface Play {
  threads: readonly string[]
  random: () => number
}

describe('G6 G11 F19 two processes on the same threads', () => {
  it('keep one order, one owner and one first responder, and nobody sees a fault of ours', async () => {
    const own = new Map<Caller[], string[]>()
    for (const sockets of enterprises) own.set(sockets, [])
    for (let n = 0; n < THREADS; n++) {
      const sockets = enterprises[n % ENTERPRISES]!
      own.get(sockets)!.push(await aThread(sockets[0]!))
    }
    const threads = [...own.values()].flat()
    for (const caller of officers.flat()) for (const thread of threads) caller.feed.watch(thread)
    const started = performance.now()
    await Promise.all([
      ...[...own].map(([sockets, ofTheirs], i) =>
        play(sockets, enterpriseMoves, { threads: ofTheirs, random: seeded(i) }),
      ),
      ...officers.map((sockets, i) =>
        play(sockets, officerMoves, { threads, random: seeded(100 + i) }),
      ),
    ])
    const took = Math.round(performance.now() - started)
    const { figures: numbers, ...found } = await check(database.sql, history)
    figures('G6', { ...numbers, took, ...refusals() })
    expect(found).toEqual(FLAWLESS)
    expect(numbers).toMatchObject({ unknown: 0, unavailable: 0 })
    expect(logged()).toEqual([])
    expect(await firstResponders(threads)).toEqual(threads.map(() => 1))
  }, 60_000)

  it('bring every reader of either process to the same end', async () => {
    const stored = await storedEntries(database.sql)
    const isThere = ({ feed }: Caller) =>
      feed.threads.every((id) => feed.cursor(id) === stored.get(id)?.length)
    await until('every reader is at the head', () => everybody().every(isThere))
    expect(everybody().flatMap(({ feed }) => feed.violations)).toEqual([])
  })

  it('store a command that both get at the same instant once, and give the same ack twice', async () => {
    for (let round = 0; round < 20; round++) {
      const [here, there] = enterprises[round % ENTERPRISES]!
      const thread = here!.feed.threads[0]!
      const id = randomUUID()
      const text = marked('两边都收到', id)
      const asks = round % 2 === 0
      const command: Told = asks ? { type: 'ask', id, text } : { type: 'reopen', id, thread, text }
      const said: Told = asks ? command : await sayable(thread, command)
      const invoked = await Promise.all([here!.tell(said), there!.tell(said)])
      await until('both acks are there', () => invoked[0]!.acks.length === 2)
      expect(invoked[0]!.acks[1]).toEqual(invoked[0]!.acks[0])
    }
    const { figures: numbers, ...found } = await check(database.sql, history)
    figures('same id twice', numbers)
    expect(found).toEqual(FLAWLESS)
  }, 60_000)

  it('let a conflict in one thread disturb no other', async () => {
    const [here] = enterprises[0]!
    const hot = await aThread(here!)
    const quiet = await Promise.all(enterprises.map(([caller]) => aThread(caller!)))
    const before = Date.now()
    const all = await Promise.all([
      ...officers.flat().map((one) => one.tell(worded({ type: 'note', thread: hot, text: '挤' }))),
      ...quiet.flatMap((thread, i) =>
        [0, 1, 2, 3, 4].map(() =>
          enterprises[i]![1]!.tell(worded({ type: 'say', thread, text: '不受影响' })),
        ),
      ),
    ])
    expect(all.map(({ outcome }) => outcome)).toEqual(all.map(() => 'ok'))
    const slowest = Math.round(Math.max(...all.map(({ answeredAfter }) => answeredAfter!)))
    figures('conflict', { commands: all.length, slowestMs: slowest, tookMs: Date.now() - before })
    const { figures: _, ...found } = await check(database.sql, history)
    expect(found).toEqual(FLAWLESS)
  }, 60_000)
})

/** In whatever state the thread is now, something that the enterprise may say. */
async function sayable(thread: string, reopen: Told): Promise<Told> {
  const [row] = await database.sql`select state from threads where id = ${thread}`
  return row!.state === 'resolved' ? reopen : ({ ...reopen, type: 'say' } as Told)
}

const logged = () =>
  processes.flatMap((one) => one.logged()).filter(({ level }) => Number(level) > 30)

function refusals(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const code of [...history.values()].flatMap((one) => one.refusals)) {
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

/** How many officers a thread has ever called its first responder. */
async function firstResponders(threads: readonly string[]): Promise<number[]> {
  const rows = await database.sql`
    select thread, count(*)::int as n from entries
    where kind = 'claimed' and (body->>'first')::boolean group by thread`
  return threads.map((id) => rows.find(({ thread }) => thread === id)?.n ?? 0)
}
