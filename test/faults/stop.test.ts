import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/db.ts'
import { check, FLAWLESS, storedEntries } from '../support/checker.ts'
import { opened, postmastersOf } from '../support/embedded.ts'
import { figures } from '../support/figures.ts'
import {
  aDataFolder,
  aProcess,
  aStart,
  endProcesses,
  type ServerProcess,
  until,
} from '../support/process.ts'
import { cookiesOf, Traffic, visitorToken } from '../support/traffic.ts'

const dataDir = aDataFolder()
const pidFile = join(dataDir, 'shouwen.pid')
let server: ServerProcess
let traffic: Traffic

beforeAll(async () => {
  server = await aProcess({ dataDir })
  const cookies = await cookiesOf(server.url, ['wang', 'li', 'zhao'])
  const urls = [() => server.url]
  traffic = await Traffic.start({ urls, cookies, visitors: 60, rate: 150 })
}, 60_000)
afterAll(async () => {
  await traffic.stop()
  await endProcesses()
})

const messages = () => server.logged().map(({ msg }) => msg)
const flows = () => {
  const before = traffic.acked()
  return until('the load flows', () => traffic.acked(before) > 200, 30_000)
}

/** Knocks where there is no socket, and never closes its side. */
async function aRudePeer(): Promise<void> {
  const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => {})
  socket.write(
    'GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  )
  await new Promise((resolve) => socket.once('data', resolve))
}

describe('F21 SIGTERM under load', () => {
  it('writes its pid for whoever has to send it', () => {
    expect(readFileSync(pidFile, 'utf8')).toBe(`${server.pid}\n`)
  })

  it('says bye, closes with 1001, ends with 0, and stops its PostgreSQL last', async () => {
    await flows()
    await aRudePeer()
    const before = performance.now()
    server.kill('SIGTERM')
    const ended = await server.ended
    figures('F21', { stoppedAfterMs: Math.round(performance.now() - before) })
    expect(ended).toEqual({ code: 0, signal: null })
    await until('everybody heard', () => traffic.callers.every(({ closes }) => closes.length > 0))
    const farewells = traffic.callers.map(({ byes, closes }) => [byes[0], closes[0]])
    expect(farewells).toEqual(traffic.callers.map(() => ['going-away', 1001]))
    expect(existsSync(pidFile)).toBe(false)
    expect(messages().slice(-2)).toEqual(['stopping', 'embedded PostgreSQL stopped'])
    expect(postmastersOf(dataDir)).toEqual([])
    expect(server.logged().filter(({ level }) => Number(level) > 30)).toEqual([])
  }, 60_000)

  it('loses nothing acknowledged, and everybody goes on with the next process', async () => {
    server = await aProcess({ dataDir, port: server.port })
    await until('everybody is back', () => traffic.callers.every(({ isWelcome }) => isWelcome))
    await flows()
    await traffic.settle()
    const embedded = await opened(dataDir)
    const database = openDatabase(embedded.url, { max: 1 })
    const { figures: numbers, ...found } = await check(database.sql, traffic.history)
    const violations = await traffic.converge(await storedEntries(database.sql))
    await database[Symbol.asyncDispose]()
    await embedded.stop()
    figures('F21', numbers)
    expect(found).toEqual(FLAWLESS)
    expect(violations).toEqual([])
    expect(numbers.unknown).toBe(0)
  }, 60_000)

  it('gives a command that was acknowledged before the stop its first ack', async () => {
    const done = [...traffic.history.values()]
      .filter(({ outcome }) => outcome === 'ok')
      .slice(0, 20)
    const at = (by: string) => traffic.callers.find(({ me }) => me.id === by)!
    for (const { id, by, acks } of done) {
      const again = { type: 'say', thread: acks[0]!.thread, text: '换了内容也一样', id } as const
      const { acks: all } = await at(by).tell(again)
      expect(all.at(-1)).toEqual(acks[0])
    }
    const token = await visitorToken(0)
    const first = [...traffic.history.values()].find(({ by }) => by === traffic.visitors[0]!.me.id)!
    const response = await fetch(`${server.url}/api/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'ask', id: first.id.toUpperCase(), text: '又来一次' }),
    })
    expect(await response.json()).toMatchObject(first.acks[0]!)
  }, 60_000)
})

describe('SIGTERM during the start', () => {
  it('ends with 0 and leaves no PostgreSQL behind', async () => {
    const folder = aDataFolder()
    const start = aStart({ dataDir: folder })
    await until('PostgreSQL runs', () => postmastersOf(folder).length > 0, 30_000)
    start.kill('SIGTERM')
    expect(await start.ended).toEqual({ code: 0, signal: null })
    expect(postmastersOf(folder)).toEqual([])
    expect(existsSync(join(folder, 'shouwen.pid'))).toBe(false)
  }, 60_000)
})
