import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { figures } from '../support/figures.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { fileOf, reported, reportsOf } from './support.ts'

const THREADS = 12_000
/** What one thread's facts take at least, were they kept. */
const FACTS = 1_000
const DAY = { from: '2026-11-24', to: '2026-11-24' }

let server: TestServer
beforeAll(async () => {
  server = await aServer()
  await fill()
}, 120_000)
afterAll(() => server[Symbol.asyncDispose]())

/** Threads in bulk: asked, sent to a person, claimed. Their chain is not what is read here. */
async function fill(): Promise<void> {
  const firm = { uscc: '91330199MA2F7K4X27', name: '清源印染有限公司', district: '临江区' }
  const bodies = [
    ['asked', 'enterprise', { text: '问'.repeat(300), enterprise: firm, kind: 'consult' }],
    ['escalated', 'bot', { reason: 'asked', desk: 'water' }],
    ['claimed', 'officer', { first: true }],
  ] as const
  const { sql } = server.database
  for (const [i, [kind, role, body]] of bodies.entries()) {
    await sql`
      insert into entries (thread, seq, at, kind, "by", body, salt, content, prev, hash)
      select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ${i + 1}::int,
        '2026-11-24T00:00:00Z'::timestamptz + n * interval '1 second', ${kind}::text::entry_kind,
        ${JSON.stringify({ role, id: role, name: '王工' })}::text::jsonb,
        ${JSON.stringify(body)}::text::jsonb, '', '', n || 'p' || ${i}::int, n || 'h' || ${i}::int
      from generate_series(1, ${THREADS}) n`
  }
  server.clock.pass(8 * 3_600_000)
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const inHand = () => {
  collect()
  return process.memoryUsage().heapUsed
}

describe('many threads', () => {
  it('stream as rows that nobody keeps, no further than somebody reads', async () => {
    const before = inHand()
    let [rows, most, longest] = [-1, 0, 0]
    const { total, pieces } = await fileOf(server, DAY)
    expect(total).toBe(THREADS)
    for await (const { done, bytes } of pieces) {
      const text = new TextDecoder().decode(bytes)
      rows += text.split('\r\n').length - 1
      expect(done).toBe(rows)
      longest = Math.max(longest, text.length)
      if (rows % 3_000 < 50) most = Math.max(most, inHand() - before)
    }
    figures('streaming', { rows, most, longest })
    expect(rows).toBe(THREADS)
    expect(longest).toBeLessThan(64 * 1024)
    expect(most).toBeLessThan(THREADS * FACTS)
  }, 120_000)

  it('hold no connection while their reader is elsewhere', async () => {
    const { sql } = server.database
    const { pieces: open } = await fileOf(server, DAY)
    for (let i = 0; i < 3; i++) await open.next()
    const [busy] = await sql`
      select count(*)::int as n from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`
    expect(busy!.n).toBe(0)
    await open.return(undefined)
  })

  it('are counted two reports at a time, and a third is told when to come again', async () => {
    const reports = reportsOf(server)
    const first = [reports.figures(DAY), reports.figures(DAY)]
    expect(await reports.figures(DAY)).toEqual({ refused: 'too-fast', retryAfter: 5 })
    for (const found of await Promise.all(first)) {
      expect(found).toMatchObject({ total: { threads: THREADS } })
    }
    expect((await reported(server, DAY)).total.threads).toBe(THREADS)
  }, 120_000)

  it('are given up on where they take too long', async () => {
    const found = await reportsOf(server, { patience: 0 }).figures(DAY)
    expect(found).toEqual({ refused: 'unavailable', detail: 'period' })
  })
})
