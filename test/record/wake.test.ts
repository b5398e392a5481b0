import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aThread, did, http } from '../contract/support.ts'
import { check, FLAWLESS } from '../support/checker.ts'
import { aServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const wakeOf = async (thread: string) => {
  const [row] = await server.database.sql`select wake_at from threads where id = ${thread}`
  return row?.wake_at === null ? null : new Date(String(row?.wake_at)).getTime()
}
const dueOf = async (thread: string, name: string): Promise<number> => {
  const { clocks } = (await http(server, 'admin', `/api/threads/${thread}`)).body
  return Date.parse(clocks.find((clock: { name: string }) => clock.name === name).dueAt)
}

describe('the time at which a thread is looked at', () => {
  it('is when half of the first promise is gone, for what nobody has taken', async () => {
    const thread = await aThread(server, 'waiting')
    const due = await dueOf(thread, 'first-reply')
    expect(await wakeOf(thread)).toBe((server.clock.now().getTime() + due) / 2)
  })

  it('is just after the first promise is broken, for what is held', async () => {
    const thread = await aThread(server, 'held')
    await did(server, 'wang', { type: 'say', thread, text: '您好' })
    server.clock.pass(60 * 60_000)
    await server.running.clockwork.turn()
    expect(await wakeOf(thread)).toBe((await dueOf(thread, 'resolution')) + 1)
  })

  it('stays where it is when a message puts off what is due, and is set right by the look', async () => {
    const thread = await aThread(server, 'held')
    const before = await wakeOf(thread)
    await did(server, 'wang', { type: 'say', thread, text: '您好' })
    expect(await wakeOf(thread)).toBe(before)
    server.clock.pass(before! - server.clock.now().getTime())
    await server.running.clockwork.turn()
    expect(await wakeOf(thread)).toBe((await dueOf(thread, 'resolution')) + 1)
    const { items } = (await http(server, 'wang', `/api/threads/${thread}/entries`)).body
    expect(items.at(-1).kind).toBe('said')
  })

  it('never comes for what is closed', async () => {
    const thread = await aThread(server, 'resolved')
    server.clock.pass(8 * 24 * 3_600_000)
    await server.running.clockwork.turn()
    expect(await wakeOf(thread)).toBeNull()
  })
})

describe('a thread that an earlier version stored', () => {
  it('is looked at once, and has from then on what this one keeps of it', async () => {
    // of no topic, as all were
    const { thread } = await did(server, 'e1', { type: 'ask', text: '你好' })
    await did(server, 'e1', { type: 'escalate', thread })
    const { sql } = server.database
    await sql`update threads set wake_at = opened_at, fold = fold - 'topic' - 'noticed' - 'alerted'
      where id = ${thread}`
    const other = await aServer({ databaseUrl: server.databaseUrl, clock: server.clock })
    await other.running.clockwork.turn()
    await other[Symbol.asyncDispose]()
    const half = 15 * 60_000
    expect(await wakeOf(thread)).toBe((await dueOf(thread, 'first-reply')) - half)
    const [row] = await sql`select fold->'noticed' as noticed, fold->'alerted' as alerted,
      fold ? 'topic' as topic from threads where id = ${thread}`
    expect(row).toEqual({ noticed: [], alerted: [], topic: true })
    const { figures: _, ...found } = await check(sql, new Map())
    expect(found).toEqual(FLAWLESS)
  })
})
