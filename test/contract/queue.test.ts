import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, Client as Socket } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { ANSWERED, append, aThread, byOf, connect, cookieOf, did, http, keysOf } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const queued = (client: Client) => client.frames.filter(({ type }) => type === 'queue')
const about = (client: Client, id: string) => queued(client).filter((f) => f.thread.id === id)
const ops = (client: Client, id: string) => about(client, id).map(({ op }) => op)
const told = (client: Client, id: string, op: string, n = 1) =>
  client.until(() => about(client, id).filter((f) => f.op === op)[n - 1], `${op} of ${id}`)

/** What a desk's list shows after all that a client was told. */
const shown = (client: Client) => {
  const list = new Map<string, unknown>()
  for (const { op, thread } of queued(client)) {
    if (op === 'put') list.set(thread.id, thread)
    else list.delete(thread.id)
  }
  return [...list.keys()]
}

describe('the queue', () => {
  it('starts with the 50 that are due first, in that order', async () => {
    const threads: string[] = []
    for (let i = 0; i < 53; i++) {
      server.clock.pass(60_000)
      const { thread } = await did(server, 'e0', { type: 'ask', text: ANSWERED })
      await did(server, 'e0', { type: 'escalate', thread })
      threads.push(thread)
    }
    const water = await aThread(server, 'waiting')
    const [zhao, sun, wang] = await Promise.all([
      connect(server, 'zhao'),
      connect(server, 'sun'),
      connect(server, 'wang'),
    ])
    await told(zhao, threads[49]!, 'put')
    expect(queued(zhao).map(({ thread }) => thread.id)).toEqual(threads.slice(0, 50))
    await told(sun, threads[49]!, 'put')
    expect(queued(sun)).toHaveLength(50)
    await told(wang, water, 'put')
    expect(queued(wang)).toHaveLength(1)
  })

  it('puts a thread that comes to wait, and drops it when it is claimed', async () => {
    const clients = await Promise.all(
      (['wang', 'li', 'sun'] as const).map((who) => connect(server, who)),
    )
    const zhao = await connect(server, 'zhao')
    const thread = await aThread(server, 'waiting')
    for (const client of clients) {
      const { thread: summary, ...frame } = await told(client, thread, 'put')
      expect(frame).toEqual({ type: 'queue', op: 'put' })
      expect(summary).toMatchObject({ id: thread, state: 'waiting', desk: 'water', read: 0 })
      expect(summary).toEqual((await http(server, 'wang', `/api/threads/${thread}`)).body)
    }
    await did(server, 'li', { type: 'claim', thread })
    for (const client of clients) {
      const { thread: summary } = await told(client, thread, 'drop')
      expect(summary).toMatchObject({ state: 'held', owner: { name: '李工' } })
    }
    expect(about(zhao, thread)).toEqual([])
  })

  it('puts a waiting thread again when it changes, and when it comes back', async () => {
    const sun = await connect(server, 'sun')
    const thread = await aThread(server, 'waiting')
    await did(server, 'e0', { type: 'say', thread, text: '在吗' })
    await told(sun, thread, 'put', 2)
    await did(server, 'e0', { type: 'cancel', thread })
    await told(sun, thread, 'drop')
    expect(ops(sun, thread)).toEqual(['put', 'put', 'drop'])
    const back = await aThread(server, 'held')
    const by = await byOf(server, 'wang')
    await append(server, back, { kind: 'released', by, body: { desk: 'water', reason: '停用' } })
    await told(sun, back, 'put', 2)
    expect(ops(sun, back)).toEqual(['put', 'drop', 'put'])
  })

  it('moves a routed thread from one desk to the other', async () => {
    const [wang, zhao] = await Promise.all([connect(server, 'wang'), connect(server, 'zhao')])
    const thread = await aThread(server, 'waiting')
    await told(wang, thread, 'put')
    const by = await byOf(server, 'sun')
    const to = { desk: { id: 'eia', name: '环评科' } }
    await append(server, thread, { kind: 'routed', by, body: { to, reason: '属环评' } })
    await told(zhao, thread, 'put')
    const { thread: gone } = await told(wang, thread, 'drop')
    expect(gone.id).toBe(thread)
    expect(JSON.stringify(gone)).not.toContain('清源印染')
  })

  it('tells of nothing to enterprises, curators and admins', async () => {
    const clients = await Promise.all(
      (['e0', 'qian', 'admin'] as const).map((who) => connect(server, who)),
    )
    const sun = await connect(server, 'sun')
    await told(sun, await aThread(server, 'waiting'), 'put')
    for (const client of clients) expect(queued(client)).toEqual([])
  })

  it('shows the person’s own read mark', async () => {
    const thread = await aThread(server, 'waiting')
    const [wang, li] = await Promise.all([connect(server, 'wang'), connect(server, 'li')])
    li.send({ type: 'watch', thread })
    await li.next(({ type }) => type === 'watched')
    wang.send({ type: 'read', thread, seq: 2 })
    await li.next(({ type }) => type === 'read')
    await did(server, 'wang', { type: 'note', thread, text: '。' })
    expect((await told(wang, thread, 'put', 2)).thread.read).toBe(2)
    expect((await told(await connect(server, 'wang'), thread, 'put')).thread.read).toBe(2)
  })

  it('is right in the end for whoever comes while threads come and go', async () => {
    const cookie = await cookieOf(server, 'wang')
    const work = async () => {
      for (let i = 0; i < 8; i++) {
        const thread = await aThread(server, 'waiting', 'e1')
        await Promise.all([
          did(server, 'e1', { type: 'say', thread, text: '在吗' }),
          did(server, i % 2 ? 'li' : 'wang', { type: 'claim', thread }),
        ])
      }
    }
    const working = Promise.all([work(), work()])
    const clients: Client[] = []
    for (let i = 0; i < 12; i++) clients.push(await Socket.open(server, { cookie }))
    await working
    const last = await aThread(server, 'waiting', 'e1')
    const { items } = (await http(server, 'wang', '/api/threads?view=waiting&limit=200')).body
    const waiting = items.map(({ id }: { id: string }) => id).sort()
    for (const client of clients) {
      await told(client, last, 'put')
      expect(shown(client).sort()).toEqual(waiting)
      expect(keysOf(client.frames[0]!)).toContain('me')
    }
  })
})
