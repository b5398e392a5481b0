import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { perform } from '../../src/actions/perform.ts'
import type { Services } from '../../src/actions/services.ts'
import type { StaffCaller } from '../../src/protocol/caller.ts'
import { isRefusal } from '../../src/protocol/refusals.ts'
import { loadThread } from '../../src/record/record-store.ts'
import { isFor } from '../../src/record/sight.ts'
import { aThread } from '../contract/support.ts'
import { check, FLAWLESS } from '../support/checker.ts'
import { figures } from '../support/figures.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { addOfficers } from '../support/traffic.ts'

const OFFICERS = 50
const THREADS = 50
/** Commands of each officer. */
const COMMANDS = 40

let servers: [TestServer, TestServer]
let officers: StaffCaller[]
beforeAll(async () => {
  const here = await aServer({ env: { RATE_LIMITS: 'off' } })
  const { databaseUrl, clock, database } = here
  servers = [here, await aServer({ env: { RATE_LIMITS: 'off' }, databaseUrl, clock })]
  await addOfficers(database.db, OFFICERS)
  await database.sql`update staff set desk = 'eia' where role = 'officer' and username ~ '[13579]$'`
  const rows = await database.sql`select id, name, desk from staff
    where role = 'officer' and username not in ('wang', 'li', 'zhao') order by username`
  officers = rows.map(({ id, name, desk }) => ({
    role: 'officer',
    id,
    name,
    desk,
    desks: [desk],
    session: id,
    expiresAt: new Date('2030-01-01'),
  }))
}, 60_000)
afterAll(async () => {
  for (const server of [...servers].reverse()) await server[Symbol.asyncDispose]()
})

/** The same for the same seed, so that a failure can be had again. */
function dice(seed: number) {
  let state = seed + 1
  return (n: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % n
  }
}

const WORDS = { text: '您好', reason: '转', outcome: 'handled', summary: '办结' }
const TYPES = [
  'claim',
  'claim',
  'offer',
  'offer',
  'accept',
  'accept',
  'decline',
  'withdraw',
].concat('say', 'say', 'note', 'resolve', 'pause', 'resume')

/** Threads on which somebody thinks, by what this process last saw, that they may do it. */
function aptFor(
  type: string,
  who: StaffCaller,
  { threads: seen }: Services,
  ids: readonly string[],
): string[] {
  return ids.filter((id) => {
    const thread = seen.last(id)
    if (!thread) return false
    if (type === 'claim') return thread.state === 'waiting'
    if (type === 'accept' || type === 'decline') return isFor(thread.offer?.to, who.id, who.desks)
    return thread.owner?.id === who.id
  })
}

describe('fifty officers on fifty threads at once, at two processes,', () => {
  const outcomes = new Map<string, number>()
  let threads: string[]

  it('are each told yes or no, and never of a fault of the database', async () => {
    threads = await Promise.all(
      Array.from({ length: THREADS }, () => aThread(servers[0], 'waiting')),
    )
    const started = performance.now()
    await Promise.all(
      officers.map(async (who, i) => {
        const roll = dice(i)
        for (let n = 0; n < COMMANDS; n++) {
          const { services } = servers[roll(2)]!.running
          const type = TYPES[roll(TYPES.length)]!
          const to = roll(4) === 0 ? 'eia' : officers[roll(OFFICERS)]!.id
          const paused = { clock: 'resolution', ground: 'survey' }
          const apt = roll(4) > 0 ? aptFor(type, who, services, threads) : []
          const thread = apt[roll(apt.length || 1)] ?? threads[roll(THREADS)]!
          const command = { type, id: randomUUID(), thread, to, ...paused, ...WORDS }
          const done = await perform(services, command, who)
          const outcome = `${type} ${isRefusal(done) ? done.refused : 'ack'}`
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        }
      }),
    )
    const seconds = (performance.now() - started) / 1000
    figures('handover race', { commands: OFFICERS * COMMANDS, seconds: Math.round(seconds) })
    expect([...outcomes.keys()].filter((outcome) => /unavailable/.test(outcome))).toEqual([])
    // a race in which nothing happens proves nothing
    for (const type of ['claim', 'offer', 'accept', 'say', 'resolve']) {
      expect(outcomes.get(`${type} ack`), type).toBeGreaterThan(0)
    }
    figures('handover race', Object.fromEntries([...outcomes].sort()))
    expect(outcomes.get('claim ack')).toBe(
      (await servers[0].database.sql`select 1 from entries where kind = 'claimed'`).length,
    )
  }, 120_000)

  it('leave records with one owner at a time and one first responder for ever', async () => {
    const { figures: _, ...found } = await check(servers[0].database.sql, new Map())
    expect(found).toEqual(FLAWLESS)
    for (const id of threads) {
      const thread = await loadThread(servers[0].running.services.db, id)
      if (thread?.state === 'waiting') continue
      const [first] = await servers[0].database.sql`select by->>'id' as id from entries
        where thread = ${id} and kind = 'claimed' order by seq limit 1`
      expect(thread?.firstResponder?.id).toBe(first?.id)
    }
  })

  it('are looked after by both clockworks at once, each entry once', async () => {
    servers[0].clock.pass(9 * 24 * 3_600_000)
    const turns = () => Promise.all(servers.map(({ running }) => running.clockwork.turn()))
    for (let i = 0; i < 3; i++) await turns()
    const { sql } = servers[0].database
    const twice = await sql`select thread, kind, body->>'clock' as clock, body->>'n' as n, count(*)
      from entries where by->>'role' = 'system' and kind in ('overdue', 'closed')
      group by 1, 2, 3, 4 having count(*) > 1`
    expect(twice).toEqual([])
    const [made] = await sql`select count(*)::int as n from entries
      where by->>'role' = 'system' and kind in ('overdue', 'closed')`
    expect(made?.n).toBeGreaterThan(THREADS / 3)
    const [asleep] = await sql`select count(*)::int as n from threads
      where wake_at <= ${servers[0].clock.now().toISOString()}`
    expect(asleep?.n).toBe(0)
    const { figures: _, ...found } = await check(sql, new Map())
    expect(found).toEqual(FLAWLESS)
  }, 60_000)
})
