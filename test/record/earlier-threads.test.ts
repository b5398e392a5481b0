import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fold } from '../../src/record/evolve.ts'
import { loadEntries, loadThread } from '../../src/record/record-store.ts'
import type { Thread } from '../../src/record/thread.ts'
import { aThread, did, http } from '../contract/support.ts'
import { aServer, type TestServer } from '../support/server.ts'

/** Fields that folds did not always have, as `asThread` knows them. */
const LATER = [
  'topic',
  'noticed',
  'alerted',
  'alert',
  'standing',
] as const satisfies (keyof Thread)[]

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

/** A thread as an earlier version stored it, read by a process that has not seen it before. */
async function earlier(id: string): Promise<void> {
  await server.database.sql`
    update threads set fold = fold - ${[...LATER]}::text[] where id = ${id}`
  const [row] = await server.database.sql`select fold from threads where id = ${id}`
  for (const field of LATER) expect(row!.fold).not.toHaveProperty(field)
}

async function another() {
  return aServer({
    env: { RATE_LIMITS: 'off' },
    databaseUrl: server.databaseUrl,
    clock: server.clock,
  })
}

describe('a thread that an earlier version stored', () => {
  it('is read, listed and printed in every state', async () => {
    const stages = ['answering', 'waiting', 'held', 'resolved', 'closed'] as const
    const ids = await Promise.all(stages.map((stage) => aThread(server, stage)))
    for (const id of ids) await earlier(id)
    await using now = await another()
    for (const [i, id] of ids.entries()) {
      const { body } = await http(now, 'e0', `/api/threads/${id}`)
      expect(body).toMatchObject({ id, state: stages[i] })
      expect((await http(now, 'e0', `/api/threads/${id}/confirmation`)).status).toBe(200)
    }
    const { body } = await http(now, 'e0', '/api/threads?view=all&limit=200')
    expect(body.items.map((one: { id: string }) => one.id).sort()).toEqual([...ids].sort())
  })

  it('takes the next command, after which its row is as its entries fold', async () => {
    const id = await aThread(server, 'waiting')
    await earlier(id)
    await using now = await another()
    await did(now, 'wang', { type: 'claim', thread: id })
    await did(now, 'wang', { type: 'say', thread: id, text: '您好' })
    const { db } = now.database
    const stored = await loadThread(db, id)
    const { topic: _, ...folded } = fold(await loadEntries(db, id, { limit: 100 }))!
    expect(stored).toMatchObject(folded)
  })

  it('is noticed to be late by the clockwork, once', async () => {
    const id = await aThread(server, 'held')
    await earlier(id)
    server.clock.pass(2 * 3_600_000)
    await using now = await another()
    await now.running.clockwork.turn()
    await now.running.clockwork.turn()
    const { body } = await http(now, 'e0', `/api/threads/${id}/entries?limit=200`)
    const late = body.items.filter(
      ({ kind, body: said }: { kind: string; body: { clock?: string } }) =>
        kind === 'overdue' && said.clock === 'first-reply',
    )
    expect(late).toHaveLength(1)
  })
})
