import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import {
  append,
  aThread,
  byOf,
  connect,
  did,
  person,
  seqsOf,
  tell,
  upTo,
  WATER,
} from './support.ts'

/** Two processes on one database, and one clock. */
let here: TestServer
let there: TestServer
beforeAll(async () => {
  here = await aServer({ env: { RATE_LIMITS: 'off' } })
  const { databaseUrl, clock } = here
  there = await aServer({ env: { RATE_LIMITS: 'off' }, databaseUrl, clock })
})
afterAll(async () => {
  await there[Symbol.asyncDispose]()
  await here[Symbol.asyncDispose]()
})

const ops = (client: Client, id: string) =>
  client.frames.filter((f) => f.type === 'queue' && f.thread.id === id).map(({ op }) => op)

describe('another process', () => {
  it('tells an enterprise from 1 what its person asks elsewhere', async () => {
    const chen = await connect(there, 'e0')
    const { thread } = await did(here, 'e0', { type: 'ask', text: WATER })
    await chen.until(() => chen.entries(thread)[1])
    await did(here, 'e0', { type: 'escalate', thread })
    await chen.entry(thread, 'escalated')
    expect(seqsOf(chen.entries(thread))).toEqual([1, 2, 3])
  })

  it('puts into the queue and drops from it what it never knew before', async () => {
    const old = await aThread(here, 'waiting')
    const clients = await Promise.all([connect(there, 'li'), connect(there, 'sun')])
    for (const client of clients) await client.until(() => ops(client, old)[0])
    await did(here, 'wang', { type: 'claim', thread: old })
    const fresh = await aThread(here, 'waiting')
    for (const client of clients) await client.until(() => ops(client, fresh)[0])
    await did(here, 'wang', { type: 'claim', thread: fresh })
    for (const client of clients) {
      await client.until(() => ops(client, fresh)[1])
      expect([ops(client, old), ops(client, fresh)]).toEqual([
        ['put', 'drop'],
        ['put', 'drop'],
      ])
    }
  })

  it('tells an officer of a thread from the entry that made it concern him', async () => {
    const thread = await aThread(here, 'waiting')
    const [wang, zhao] = [await connect(there, 'wang'), await connect(there, 'zhao')]
    const { seq } = await did(here, 'wang', { type: 'claim', thread })
    await wang.entry(thread, 'claimed')
    const by = await byOf(here, 'wang')
    const to = { person: await person(here, 'zhao') }
    await append(here, thread, { kind: 'opinion-asked', by, body: { to, text: '？' } })
    await zhao.entry(thread, 'opinion-asked')
    await did(here, 'e0', { type: 'say', thread, text: '在吗' })
    await Promise.all([wang.entry(thread, 'said'), zhao.entry(thread, 'said')])
    expect(seqsOf(wang.entries(thread))).toEqual([seq, seq + 1, seq + 2])
    expect(seqsOf(zhao.entries(thread))).toEqual([seq + 1, seq + 2])
  })

  it('tells news though it has just read the thread to refuse a command', async () => {
    const thread = await aThread(here, 'held')
    const chen = await connect(there, 'e0')
    for (let i = 0; i < 20; i++) {
      const [{ seq }] = await Promise.all([
        did(here, 'wang', { type: 'say', thread, text: `${i}` }),
        tell(there, 'li', { type: 'claim', thread }),
        tell(there, 'li', { type: 'resolve', thread, outcome: 'handled', summary: '。' }),
      ])
      await chen.entry(thread, 'said', seq)
    }
    expect(seqsOf(chen.entries(thread))).toHaveLength(20)
  })

  it('shows one gapless order to everybody while both write at once', async () => {
    const thread = await aThread(here, 'held')
    const readers = await Promise.all([
      ...[here, there].map((server) => connect(server, 'e0', { resume: { [thread]: 0 } })),
      ...[here, there].map((server) => connect(server, 'wang', { resume: { [thread]: 0 } })),
    ])
    const write = async (server: TestServer, who: 'e0' | 'wang') => {
      for (let i = 0; i < 40; i++) await did(server, who, { type: 'say', thread, text: `${i}` })
    }
    await Promise.all([
      write(here, 'e0'),
      write(there, 'e0'),
      write(here, 'wang'),
      write(there, 'wang'),
    ])
    const head = 4 + 160
    for (const reader of readers) {
      await reader.until(() => reader.entries(thread).find(({ seq }) => seq === head))
      expect(seqsOf(reader.entries(thread))).toEqual(upTo(head))
    }
    const bodies = readers.map((reader) =>
      reader
        .entries(thread)
        .map(({ hash }) => hash)
        .join(),
    )
    expect(new Set(bodies).size).toBe(1)
  })

  it('acks a command that was done elsewhere with the first ack', async () => {
    const id = randomUUID()
    const first = await did(here, 'e1', { type: 'ask', text: WATER, id })
    expect(await did(there, 'e1', { type: 'ask', text: '别的', id })).toEqual(first)
    const both = await Promise.all(
      Array.from({ length: 10 }, (_, i) => {
        const again = { type: 'say', thread: first.thread, text: `${i}`, id: id.replace(/^./, '0') }
        return did(i % 2 ? here : there, 'e1', again as Parameters<typeof did>[2])
      }),
    )
    expect(new Set(both.map(({ seq }) => seq)).size).toBe(1)
  })

  it('lets one of twenty claims win, wherever they are made', async () => {
    const thread = await aThread(here, 'waiting')
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        tell(i % 2 ? here : there, i % 3 ? 'li' : 'wang', { type: 'claim', thread }),
      ),
    )
    const codes = outcomes.map(({ status, body }) => (status === 200 ? 'ack' : body.code)).sort()
    expect(codes).toEqual(['ack', ...Array.from({ length: 19 }, () => 'already-claimed')])
  })

  it('shows there who types here, and how far somebody has read', async () => {
    const thread = await aThread(here, 'held')
    const [chen, wang] = [await connect(there, 'e0'), await connect(here, 'wang')]
    wang.send({ type: 'read', thread, seq: 2 })
    wang.send({ type: 'typing', thread })
    const by = { role: 'officer', id: expect.any(String), name: '王工' }
    expect(await chen.next(({ type }) => type === 'read')).toEqual({
      type: 'read',
      thread,
      seq: 2,
      by,
    })
    expect(await chen.next(({ type }) => type === 'typing')).toEqual({ type: 'typing', thread, by })
    chen.send({ type: 'typing', thread })
    await wang.next(({ type }) => type === 'typing')
    expect(chen.frames.filter(({ type }) => type === 'typing')).toHaveLength(1)
  })
})
