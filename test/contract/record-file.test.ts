import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRecords, verifyRecord } from '../../src/record/verify.ts'
import type { Frame } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, did, http, keysOf, seqsOf, upTo } from './support.ts'

let server: TestServer
let thread: string
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  thread = await aThread(server, 'held')
  await did(server, 'wang', { type: 'note', thread, text: '内部' })
  await did(server, 'wang', { type: 'say', thread, text: '您好' })
})
afterAll(() => server[Symbol.asyncDispose]())

const record = (who: 'e0' | 'wang' | 'admin') => http(server, who, `/api/threads/${thread}/record`)
const verified = (text: string) => readRecords(JSON.parse(text))!.map(verifyRecord)

describe('the record file', () => {
  it.each(['e0', 'wang', 'admin'] as const)(
    'of %s is whole, in order and verifies',
    async (who) => {
      const { body, text, headers } = await record(who)
      expect(keysOf(body).filter((key) => key !== 'seals')).toEqual(['items', 'thread', 'v'])
      expect(body).toMatchObject({ v: 1, thread })
      expect(seqsOf(body.items)).toEqual(upTo(6))
      expect(verified(text)).toEqual([
        { intact: true, thread, entries: 6, head: body.items.at(-1).hash },
      ])
      expect(headers.get('content-disposition')).toContain('attachment')
    },
  )

  it('has the same hashes for everybody, sealed or open', async () => {
    const [theirs, ours] = await Promise.all([record('e0'), record('wang')])
    const hashes = ({ body }: typeof ours) => body.items.map(({ hash }: Frame) => hash)
    expect(hashes(theirs)).toEqual(hashes(ours))
    expect(theirs.body.items[4].kind).toBe('sealed')
    expect(ours.body.items[4].kind).toBe('noted')
  })

  it.each([
    ['a word changed', (items: Frame[]) => (items[5]!.body.text = '你好'), 6],
    ['a time changed', (items: Frame[]) => (items[2]!.at = '2026-11-24T02:00:00.001Z'), 3],
    ['an author changed', (items: Frame[]) => (items[3]!.by.name = '李工'), 4],
    ['a sealed digest changed', (items: Frame[]) => (items[4]!.content = '0'.repeat(64)), 5],
    ['an entry removed', (items: Frame[]) => items.splice(2, 1), 3],
    ['two entries swapped', (items: Frame[]) => items.push(...items.splice(1, 1)), 2],
    ['a field added to the body', (items: Frame[]) => (items[0]!.body.x = 1), 1],
  ])('with %s is tampered with, and the entry is named', async (_, change, seq) => {
    const { body } = await record('e0')
    change(body.items)
    expect(verified(JSON.stringify(body))).toMatchObject([{ intact: false, seq }])
  })

  it('verifies with a person’s name beside an entry changed, for it is no part of it', async () => {
    const { body } = await record('e0')
    body.items[0].name = '另一个人'
    expect(verified(JSON.stringify(body))).toMatchObject([{ intact: true }])
  })
})
