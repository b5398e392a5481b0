import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Draft } from '../../src/record/chain.ts'
import { SYSTEM } from '../../src/record/rules/rule.ts'
import type { Frame } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { append, aThread, byOf, connect, did, http, KEYS, keysOf, person } from './support.ts'

let server: TestServer
let by: { role: 'officer'; id: string; name: string }
let to: Record<'person', { id: string; name: string }>
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  by = (await byOf(server, 'wang')) as typeof by
  to = { person: await person(server, 'li') }
})
afterAll(() => server[Symbol.asyncDispose]())

const DUE = '2026-11-25T02:00:00.000Z'
const sha = (text: string) => createHash('sha256').update(text).digest('hex')

/** Sealed for the enterprise, and the words in it that must not leave. */
const SEALED: [string, () => Draft][] = [
  ['noted', () => ({ kind: 'noted', by, body: { text: '机密' } })],
  ['opinion-asked', () => ({ kind: 'opinion-asked', by, body: { to, text: '机密' } })],
  ['opinion-given', () => ({ kind: 'opinion-given', by, body: { text: '机密', public: false } })],
  ['supervised', () => ({ kind: 'supervised', by, body: { text: '机密' } })],
  ['handover-offered', () => ({ kind: 'handover-offered', by, body: { to, reason: '机密' } })],
  ['handover-declined', () => ({ kind: 'handover-declined', by, body: { reason: '机密' } })],
  ['handover-withdrawn', () => ({ kind: 'handover-withdrawn', by, body: {} })],
  ['handover-lapsed', () => ({ kind: 'handover-lapsed', by: SYSTEM, body: {} })],
  [
    'corrected, of a sealed one',
    () => ({ kind: 'corrected', by, body: { seq: 4, text: '机密', sealed: true } }),
  ],
  [
    'overdue, of a sealed clock',
    () => ({ kind: 'overdue', by, body: { clock: 'handover', dueAt: DUE, sealed: true } }),
  ],
  [
    'redacted, of a sealed one',
    () => ({ kind: 'redacted', by, body: { seq: 4, ground: '机密', kept: {}, sealed: true } }),
  ],
]
const OPEN: [string, () => Draft][] = [
  [
    'opinion-given in public',
    () => ({ kind: 'opinion-given', by, body: { text: '公', public: true } }),
  ],
  ['assigned', () => ({ kind: 'assigned', by, body: { to } })],
  ['handover-accepted', () => ({ kind: 'handover-accepted', by, body: { desk: 'water' } })],
  ['corrected', () => ({ kind: 'corrected', by, body: { seq: 4, text: '公' } })],
  ['overdue', () => ({ kind: 'overdue', by, body: { clock: 'resolution', dueAt: DUE } })],
  [
    'clock-paused',
    () => ({ kind: 'clock-paused', by, body: { clock: 'resolution', ground: 'survey' } }),
  ],
]

/** The newest entry as somebody gets it over HTTP and over a socket, which must be the same. */
async function shown(who: 'e0' | 'wang' | 'qian', thread: string, seq: number): Promise<Frame> {
  const path = `/api/threads/${thread}/entries?after=${seq - 1}`
  const [entry] = (await http(server, who, path)).body.items
  const client = await connect(server, who, { resume: { [thread]: seq - 1 } })
  const { type, ...frame } = await client.next((f) => f.seq === seq && f.type === 'entry')
  client.close()
  expect(type).toBe('entry')
  expect(frame).toEqual(entry)
  return entry
}

describe('a sealed entry', () => {
  it.each(SEALED)('%s has exactly the sealed fields for the enterprise', async (_, make) => {
    const thread = await aThread(server, 'held')
    const live = await connect(server, 'e0')
    const seq = await append(server, thread, make())
    const entry = await shown('e0', thread, seq)
    expect(keysOf(entry)).toEqual(KEYS.sealed)
    expect(entry).toMatchObject({ kind: 'sealed', thread, seq })
    const frame = await live.entry(thread, 'sealed', seq)
    expect(frame).toEqual({ type: 'entry', ...entry })
    const record = await http(server, 'e0', `/api/threads/${thread}/record`)
    expect(record.text).not.toContain('机密')
    live.close()
  })

  it.each(SEALED)('%s stands open before the officers of the desk', async (name, make) => {
    const thread = await aThread(server, 'held')
    const draft = make()
    const seq = await append(server, thread, draft)
    const entry = await shown('wang', thread, seq)
    expect(keysOf(entry)).toEqual(KEYS.open)
    expect(entry).toMatchObject({ kind: name.split(',')[0], body: draft.body })
  })

  it('is sealed before a curator too, once the thread is resolved', async () => {
    const thread = await aThread(server, 'held')
    const seq = await append(server, thread, { kind: 'noted', by, body: { text: '机密' } })
    await did(server, 'wang', { type: 'resolve', thread, outcome: 'handled', summary: '办结' })
    expect(keysOf(await shown('qian', thread, seq))).toEqual(KEYS.sealed)
    expect(keysOf(await shown('qian', thread, seq + 1))).toEqual(KEYS.masked)
  })

  it('is not found by q of an enterprise or a curator, and is by an officer’s', async () => {
    const thread = await aThread(server, 'held')
    await append(server, thread, { kind: 'noted', by, body: { text: '暗号七七' } })
    await did(server, 'wang', { type: 'resolve', thread, outcome: 'handled', summary: '办结' })
    const found = async (who: 'e0' | 'wang' | 'qian') =>
      (await http(server, who, `/api/threads?q=${encodeURIComponent('暗号七七')}`)).body.items
    expect(await found('e0')).toEqual([])
    expect(await found('qian')).toEqual([])
    expect(await found('wang')).toMatchObject([{ id: thread }])
  })

  it('starts clocks that stand in no summary of the enterprise, and late ones are not listed', async () => {
    const thread = await aThread(server, 'held')
    const limit = { number: 1, unit: 'hours', ground: '办法', version: '1' } as const
    const startedAt = server.clock.now().toISOString()
    const clock = { n: 1, startedAt, dueAt: startedAt, limit, calendar: 'c' }
    const clocks = [{ name: 'handover', ...clock }] as const
    const body = { to, reason: '转', clocks: [...clocks] }
    await append(server, thread, { kind: 'handover-offered', by, body })
    server.clock.pass(1)
    const names = async (who: 'e0' | 'wang') =>
      (await http(server, who, `/api/threads/${thread}`)).body.clocks.map((c: Frame) => c.name)
    expect(await names('wang')).toContain('handover')
    expect(await names('e0')).toEqual(['first-reply', 'resolution'])
    const late = async (who: 'e0' | 'wang') =>
      (await http(server, who, '/api/threads?view=overdue')).body.items.map((t: Frame) => t.id)
    expect(await late('wang')).toContain(thread)
    expect(await late('e0')).not.toContain(thread)
  })
})

describe('an open entry', () => {
  it.each(OPEN)('%s has exactly the open fields for the enterprise', async (_, make) => {
    const thread = await aThread(server, 'held')
    const seq = await append(server, thread, make())
    const entry = await shown('e0', thread, seq)
    expect(keysOf(entry)).toEqual(KEYS.open)
    expect(entry.content).toBeUndefined()
  })

  it('carries the name of an enterprise’s person beside it, and nobody else’s', async () => {
    const thread = await aThread(server, 'held')
    const { items } = (await http(server, 'wang', `/api/threads/${thread}/entries`)).body
    for (const entry of items as Frame[]) {
      const isPerson = entry.by.role === 'enterprise'
      expect(keysOf(entry)).toEqual(isPerson ? [...KEYS.open, 'name'].sort() : KEYS.open)
      expect(keysOf(entry.by)).toEqual(isPerson ? ['id', 'role'] : ['id', 'name', 'role'])
      if (isPerson) expect(entry.name).toBe('陈晓敏')
    }
  })

  it('hashes to what the contract says, name left out, and links to the one before', async () => {
    const thread = await aThread(server, 'resolved')
    const { items } = (await http(server, 'e0', `/api/threads/${thread}/record`)).body
    let prev = '0'.repeat(64)
    let at = ''
    for (const e of items as Frame[]) {
      const said = { thread: e.thread, seq: e.seq, at: e.at, kind: e.kind, by: e.by }
      const content = e.content ?? sha(canonicalize({ ...said, body: e.body, salt: e.salt })!)
      expect(e).toMatchObject({ prev, hash: sha(prev + content) })
      expect(e.salt ?? '0'.repeat(32)).toMatch(/^[0-9a-f]{32}$/)
      expect(e.at >= at).toBe(true)
      prev = e.hash
      at = e.at
    }
    expect(items.map(({ seq }: Frame) => seq)).toEqual(items.map((_: Frame, i: number) => i + 1))
  })
})
