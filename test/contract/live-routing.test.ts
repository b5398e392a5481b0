import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import {
  append,
  aThread,
  byOf,
  connect,
  did,
  kindsOf,
  person,
  seqsOf,
  upTo,
  WATER,
} from './support.ts'

let server: TestServer
let by: Awaited<ReturnType<typeof byOf>>
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  by = await byOf(server, 'wang')
})
afterAll(() => server[Symbol.asyncDispose]())

/** Waits until everything that was fed before has reached this client. */
const settled = async (client: Client) => {
  const { thread, seq } = await did(server, 'e3', { type: 'ask', text: WATER })
  client.send({ type: 'watch', thread, after: seq })
  await client.next((f) => f.thread === thread && (f.type === 'watched' || f.type === 'refused'))
}

describe('an enterprise’s socket, without watch,', () => {
  it('gets what comes after summary.seq of the threads in welcome', async () => {
    const thread = await aThread(server, 'held')
    const chen = await connect(server, 'e0')
    const { seq } = chen.frames[0]!.threads.find(({ id }: { id: string }) => id === thread)
    await did(server, 'wang', { type: 'say', thread, text: '您好' })
    await did(server, 'wang', { type: 'note', thread, text: '内部' })
    await chen.entry(thread, 'sealed')
    expect(seqsOf(chen.entries(thread))).toEqual([seq + 1, seq + 2])
  })

  it('gets from 1 what this person asks, on whatever socket or by HTTP', async () => {
    const [one, two] = await Promise.all([connect(server, 'e0'), connect(server, 'e0')])
    const { thread } = await one.tell({ type: 'ask', text: WATER })
    const byHttp = await did(server, 'e0', { type: 'ask', text: WATER })
    for (const client of [one, two]) {
      for (const id of [thread, byHttp.thread]) {
        await client.until(() => client.entries(id)[1])
        expect(seqsOf(client.entries(id))).toEqual([1, 2])
        expect(client.entries(id)[0]).toMatchObject({ kind: 'asked', name: '陈晓敏' })
      }
    }
  })

  it('gets the whole of a thread whose first entries came before its welcome was sent', async () => {
    const token = await server.token(1)
    for (let i = 0; i < 10; i++) {
      const client = await Client.open(server, { token, hello: false })
      client.send({ type: 'hello', v: 1, token })
      const { thread } = await did(server, 'e1', { type: 'ask', text: WATER })
      const welcome = await client.next(({ type }) => type === 'welcome')
      expect(client.frames[0]).toBe(welcome)
      const named = welcome.threads.find(({ id }: { id: string }) => id === thread)
      await did(server, 'e1', { type: 'judge', thread, seq: 2, helpful: true })
      await client.entry(thread, 'judged')
      expect(seqsOf(client.entries(thread))).toEqual(upTo(3, (named?.seq ?? 0) + 1))
      client.close()
    }
  })

  it('gets nothing of what a colleague asks until it watches', async () => {
    const colleague = await Client.open(server, {
      token: await server.token({ enterprise: 0, sub: 'colleague', name: '同事' }),
    })
    const { thread } = await did(server, 'e0', { type: 'ask', text: WATER })
    await settled(colleague)
    expect(colleague.entries(thread)).toEqual([])
    colleague.send({ type: 'watch', thread, after: 0 })
    await colleague.entry(thread, 'asked')
    await did(server, 'e0', { type: 'escalate', thread })
    await colleague.entry(thread, 'escalated')
    expect(seqsOf(colleague.entries(thread))).toEqual([1, 2, 3])
  })

  it('gets nothing any more after unwatch, whatever happens to the thread', async () => {
    const thread = await aThread(server, 'held')
    const chen = await connect(server, 'e0')
    chen.send({ type: 'unwatch', thread })
    await settled(chen)
    await did(server, 'wang', { type: 'resolve', thread, outcome: 'handled', summary: '。' })
    await did(server, 'e0', { type: 'reopen', thread, text: '？' })
    await settled(chen)
    expect(chen.entries(thread)).toEqual([])
  })
})

describe('an officer’s socket, without watch,', () => {
  it('gets a thread from the entry by which he owns it', async () => {
    const thread = await aThread(server, 'waiting')
    const wang = await connect(server, 'wang')
    await did(server, 'e0', { type: 'say', thread, text: '在吗' })
    const { seq } = await did(server, 'wang', { type: 'claim', thread })
    await wang.entry(thread, 'claimed')
    await did(server, 'e0', { type: 'say', thread, text: '在吗' })
    await wang.entry(thread, 'said')
    expect(seqsOf(wang.entries(thread))).toEqual([seq, seq + 1])
  })

  it('gets nothing of a thread of his desk that another one holds', async () => {
    const li = await connect(server, 'li')
    const thread = await aThread(server, 'held')
    await did(server, 'wang', { type: 'say', thread, text: '您好' })
    await settled(li)
    expect(li.entries(thread)).toEqual([])
  })

  it.each([
    ['offered it', 'person', 'handover-offered'],
    ['offered it with his desk', 'desk', 'handover-offered'],
    ['asked about it', 'person', 'opinion-asked'],
    ['asked about it with his desk', 'desk', 'opinion-asked'],
  ] as const)('gets a thread from the entry by which he is %s', async (_, whom, kind) => {
    const thread = await aThread(server, 'held')
    const zhao = await connect(server, 'zhao')
    const to =
      whom === 'desk'
        ? { desk: { id: 'eia', name: '环评科' } }
        : { person: await person(server, 'zhao') }
    const body = { to, reason: '转', text: '？' }
    const seq = await append(server, thread, { kind, by, body } as Parameters<typeof append>[2])
    await zhao.entry(thread, kind)
    await did(server, 'wang', { type: 'say', thread, text: '您好' })
    await zhao.entry(thread, 'said')
    expect(seqsOf(zhao.entries(thread))).toEqual([seq, seq + 1])
    const again = await connect(server, 'zhao')
    expect(again.frames[0]!.threads.map(({ id }: { id: string }) => id)).toContain(thread)
  })

  it('gets a thread that comes back to him though it was closed when he came', async () => {
    const thread = await aThread(server, 'closed')
    const wang = await connect(server, 'wang')
    expect(wang.frames[0]!.threads.map(({ id }: { id: string }) => id)).not.toContain(thread)
    const { seq } = await did(server, 'e0', { type: 'reopen', thread, text: '还有' })
    await wang.entry(thread, 'reopened')
    expect(seqsOf(wang.entries(thread))).toEqual([seq])
  })

  it('gets what he was welcomed with, and nothing twice', async () => {
    const thread = await aThread(server, 'held')
    const wang = await connect(server, 'wang')
    wang.send({ type: 'hello', v: 1 })
    await wang.until(() => wang.frames.filter(({ type }) => type === 'welcome')[1])
    for (let i = 0; i < 5; i++) await did(server, 'e0', { type: 'say', thread, text: `${i}` })
    await wang.until(() => wang.entries(thread)[4])
    expect(kindsOf(wang.entries(thread))).toEqual(Array.from({ length: 5 }, () => 'said'))
    expect(new Set(seqsOf(wang.entries(thread))).size).toBe(5)
  })
})

describe('supervisors, curators and admins', () => {
  it.each(['sun', 'qian', 'admin'] as const)('get no entries until they watch: %s', async (who) => {
    const client = await connect(server, who)
    expect(client.frames[0]).toMatchObject({ type: 'welcome', threads: [] })
    const thread = await aThread(server, 'resolved')
    await settled(client)
    expect(client.entries(thread)).toEqual([])
    client.send({ type: 'watch', thread, after: 0 })
    await client.next((f) => f.type === 'watched' && f.thread === thread)
    expect(client.entries(thread).length).toBeGreaterThan(3)
  })
})
