import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Draft } from '../../src/record/chain.ts'
import type { Client } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { append, aThread, byOf, connect, did, person, seqsOf, upTo } from './support.ts'

let server: TestServer
let by: Awaited<ReturnType<typeof byOf>>
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  by = await byOf(server, 'wang')
})
afterAll(() => server[Symbol.asyncDispose]())

const said = (n: number): Draft[] =>
  Array.from({ length: n }, (_, i) => ({ kind: 'said', by, body: { text: `第${i}句` } }) as const)
/** A held thread of `n` entries. */
async function aLongThread(n: number): Promise<string> {
  const thread = await aThread(server, 'held')
  const { seq } = await did(server, 'wang', { type: 'note', thread, text: '。' })
  if (n > seq) await append(server, thread, ...said(n - seq))
  return thread
}
const watched = (client: Client, thread: string) =>
  client.frames.filter((f) => f.type === 'watched' && f.thread === thread)
const nth = (client: Client, thread: string, n: number) =>
  client.until(() => watched(client, thread)[n - 1], `watched number ${n}`)

describe('a replay', () => {
  it.each(['watch', 'resume'])(
    'by %s sends 200 entries, then watched; the client asks again',
    async (how) => {
      const thread = await aLongThread(450)
      const client = await connect(
        server,
        'wang',
        how === 'resume' ? { resume: { [thread]: 0 } } : {},
      )
      if (how === 'watch') client.send({ type: 'watch', thread, after: 0 })
      expect(await nth(client, thread, 1)).toEqual({ type: 'watched', thread, seq: 200, head: 450 })
      expect(seqsOf(client.entries(thread))).toEqual(upTo(200))
      client.send({ type: 'watch', thread, after: 200 })
      expect(await nth(client, thread, 2)).toEqual({ type: 'watched', thread, seq: 400, head: 450 })
      client.send({ type: 'watch', thread, after: 400 })
      expect(await nth(client, thread, 3)).toEqual({ type: 'watched', thread, seq: 450, head: 450 })
      await append(server, thread, ...said(2))
      await client.entry(thread, 'said', 452)
      expect(seqsOf(client.entries(thread))).toEqual(upTo(452))
    },
  )

  it('of exactly one page meets the head at once', async () => {
    const thread = await aLongThread(200)
    const client = await connect(server, 'wang', { resume: { [thread]: 0 } })
    expect(await nth(client, thread, 1)).toEqual({ type: 'watched', thread, seq: 200, head: 200 })
  })

  it('from the head sends nothing but watched', async () => {
    const thread = await aLongThread(6)
    const client = await connect(server, 'e0', { resume: { [thread]: 6 } })
    expect(await nth(client, thread, 1)).toEqual({ type: 'watched', thread, seq: 6, head: 6 })
    expect(client.entries(thread)).toEqual([])
  })

  it('says a head that has grown meanwhile, and sends nothing live before they meet', async () => {
    const thread = await aLongThread(250)
    const client = await connect(server, 'wang', { resume: { [thread]: 0 } })
    await nth(client, thread, 1)
    await append(server, thread, ...said(1))
    client.send({ type: 'watch', thread, after: 200 })
    expect(await nth(client, thread, 2)).toMatchObject({ seq: 251, head: 251 })
    expect(seqsOf(client.entries(thread))).toEqual(upTo(251))
  })

  it('meets what others write at full speed without gap or repeat', async () => {
    const thread = await aLongThread(700)
    let isWriting = true
    let head = 700
    const writer = (async () => {
      while (isWriting) {
        const { seq } = await did(server, 'wang', { type: 'say', thread, text: '还在写' })
        head = seq
      }
    })()
    const clients = await Promise.all([
      ...Array.from({ length: 4 }, () => connect(server, 'e0', { resume: { [thread]: 0 } })),
      connect(server, 'wang', { resume: { [thread]: 350 } }),
    ])
    for (const client of clients) {
      for (let n = 1; ; n++) {
        const { seq, head } = await nth(client, thread, n)
        if (seq === head) break
        client.send({ type: 'watch', thread, after: seq })
      }
    }
    isWriting = false
    await writer
    for (const client of clients) {
      await client.until(() => client.entries(thread).find(({ seq }) => seq === head))
      const [first] = seqsOf(client.entries(thread))
      expect(seqsOf(client.entries(thread))).toEqual(upTo(head, first))
    }
  })
})

describe('watch', () => {
  it('without after is live only', async () => {
    const thread = await aLongThread(10)
    const client = await connect(server, 'li')
    client.send({ type: 'watch', thread })
    expect(await nth(client, thread, 1)).toEqual({ type: 'watched', thread, seq: 10, head: 10 })
    await append(server, thread, ...said(1))
    await client.entry(thread, 'said', 11)
    expect(seqsOf(client.entries(thread))).toEqual([11])
  })

  it.each([99, 2 ** 40])(
    'after %i, beyond the head, is a bad request that names the thread',
    async (after) => {
      const thread = await aLongThread(6)
      const watching = await connect(server, 'e0')
      watching.send({ type: 'watch', thread, after })
      const no = await watching.next(({ type }) => type === 'refused')
      expect(no).toEqual({
        type: 'refused',
        code: 'bad-request',
        thread,
        message: expect.any(String),
      })
      // what it followed before it asked goes on
      await append(server, thread, ...said(1))
      await watching.entry(thread, 'said', 7)
      const resuming = await connect(server, 'e0', { resume: { [thread]: after } })
      expect(await resuming.next(({ type }) => type === 'refused')).toMatchObject({
        code: 'bad-request',
        thread,
      })
    },
  )

  it('of a thread that is not the caller’s, or of none, is not-found with the thread', async () => {
    const thread = await aLongThread(6)
    const client = await connect(server, 'e1', { resume: { [thread]: 1, x: 0 } })
    for (const id of ['0190a000-0000-7000-8000-000000000000', thread.toUpperCase()]) {
      client.send({ type: 'watch', thread: id, after: 0 })
    }
    await client.until(() => client.frames.filter(({ type }) => type === 'refused')[3])
    expect(
      client.frames
        .filter(({ type }) => type === 'refused')
        .every(({ code, thread }) => code === 'not-found' && thread !== undefined),
    ).toBe(true)
    await append(server, thread, ...said(1))
    expect(client.frames.some(({ type }) => type === 'entry')).toBe(false)
  })

  it('twice replays twice, one after the other', async () => {
    const thread = await aLongThread(20)
    const client = await connect(server, 'li')
    client.send({ type: 'watch', thread, after: 0 })
    client.send({ type: 'watch', thread, after: 10 })
    await nth(client, thread, 2)
    expect(seqsOf(client.entries(thread))).toEqual([...upTo(20), ...upTo(20, 11)])
  })

  it('ends with unwatch, also while it replays, and also where it was never asked for', async () => {
    const [thread, own] = [await aLongThread(200), await aLongThread(6)]
    const [li, chen] = await Promise.all([connect(server, 'li'), connect(server, 'e0')])
    li.send({ type: 'watch', thread, after: 0 })
    li.send({ type: 'unwatch', thread })
    chen.send({ type: 'unwatch', thread: own })
    await Promise.all([li, chen].map((client) => client.tell({ type: 'ask', text: '' })))
    await append(server, thread, ...said(1))
    await append(server, own, ...said(1))
    for (const client of [li, chen]) {
      client.send({ type: 'watch', thread: own, after: 7 })
      await nth(client, own, 1)
    }
    expect(watched(li, thread)).toEqual([])
    expect(chen.entries(own)).toEqual([])
  })

  it('is limited to 100 threads a socket, however fast they are asked for', async () => {
    const client = await connect(server, 'e2')
    const threads: string[] = []
    for (let i = 0; i < 101; i++) {
      threads.push((await did(server, 'e2', { type: 'ask', text: `第${i}个问题` })).thread)
    }
    for (const thread of threads) client.send({ type: 'watch', thread, after: 0 })
    const no = await client.next(({ type }) => type === 'refused')
    expect(no).toMatchObject({ code: 'bad-request', thread: threads[100] })
    await client.until(() => client.frames.filter(({ type }) => type === 'watched')[99])
    client.send({ type: 'unwatch', thread: threads[0]! })
    client.send({ type: 'watch', thread: threads[100]!, after: 0 })
    await nth(client, threads[100]!, 1)
  })
})

describe('sight', () => {
  it('that is lost is told once, and nothing of the thread comes any more', async () => {
    const thread = await aLongThread(6)
    const to = { person: await person(server, 'zhao') }
    await append(server, thread, { kind: 'handover-offered', by, body: { to, reason: '转' } })
    const zhao = await connect(server, 'zhao')
    zhao.send({ type: 'watch', thread, after: 0 })
    await nth(zhao, thread, 1)
    await append(server, thread, { kind: 'handover-withdrawn', by, body: {} })
    const no = await zhao.next(({ type }) => type === 'refused')
    expect(no).toEqual({ type: 'refused', thread, code: 'not-found', message: expect.any(String) })
    await append(server, thread, ...said(2))
    await zhao.tell({ type: 'note', thread, text: '。' })
    expect(seqsOf(zhao.entries(thread))).toEqual(upTo(7))
    zhao.send({ type: 'watch', thread, after: 7 })
    await zhao.until(() => zhao.frames.filter(({ code }) => code === 'not-found')[2])
  })

  it('of a curator ends when a resolved thread is reopened', async () => {
    const thread = await aThread(server, 'resolved')
    const qian = await connect(server, 'qian', { resume: { [thread]: 0 } })
    const { seq } = await nth(qian, thread, 1)
    await did(server, 'e0', { type: 'reopen', thread, text: '还有' })
    await qian.next((f) => f.type === 'refused' && f.thread === thread && f.code === 'not-found')
    expect(seqsOf(qian.entries(thread))).toEqual(upTo(seq))
  })
})
