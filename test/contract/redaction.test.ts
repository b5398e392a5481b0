import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { check, FLAWLESS } from '../support/checker.ts'
import type { Frame } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, did, http, KEYS, keysOf, person, tell, type Who } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const redact = (thread: string, seq: number) =>
  tell(server, 'admin', { type: 'redact', thread, seq, ground: '含个人信息' })
const entryOf = async (who: Who, thread: string, seq: number): Promise<Frame> =>
  (await http(server, who, `/api/threads/${thread}/entries?after=${seq - 1}&limit=1`)).body.items[0]

async function aFile(): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([`%PDF-1.7\n${'x'.repeat(100)}`]), '身份证.pdf')
  return (await http(server, 'e0', '/api/files', { body: form })).body.id
}

describe('a redaction', () => {
  it('takes the text from record, summary, search and files, and leaves the digest', async () => {
    const secret = '张三丰的手机尾号七七四九'
    const file = await aFile()
    const { thread } = await did(server, 'e0', { type: 'ask', text: secret, files: [file] })
    await did(server, 'zhao', { type: 'claim', thread })
    const before = await entryOf('zhao', thread, 1)
    expect((await http(server, 'zhao', `/api/files/${file}`)).status).toBe(200)

    const { status, body } = await redact(thread, 1)
    expect(status).toBe(200)
    const after = await entryOf('zhao', thread, 1)
    // the name stands beside it, as it does beside any entry of an enterprise
    expect(keysOf(after)).toEqual([...KEYS.redacted, 'name'].sort())
    expect(after).toMatchObject({ prev: before.prev, hash: before.hash, by: before.by })
    const redacted = await entryOf('e0', thread, body.seq)
    expect(redacted.body).toMatchObject({ seq: 1, ground: '含个人信息' })
    expect(redacted.body.kept).toMatchObject({ kind: 'consult' })
    for (const who of ['e0', 'zhao', 'admin'] as const) {
      for (const path of ['', '/entries', '/record']) {
        const { text } = await http(server, who, `/api/threads/${thread}${path}`)
        expect(text).not.toMatch(/张三丰|身份证\.pdf/)
      }
      const found = await http(server, who, `/api/threads?q=${encodeURIComponent('七七四九')}`)
      expect(found.body.items).toEqual([])
      expect((await http(server, who, `/api/files/${file}`)).status).toBe(404)
    }
    const [row] = await server.database.sql`select count(*)::int as n from file_chunks
      where file = ${file}`
    expect(row).toEqual({ n: 0 })
  })

  it('keeps what state and clocks need, so that the projection is still the fold', async () => {
    const thread = await aThread(server, 'held')
    const li = (await person(server, 'li')).id
    const seqs: number[] = []
    const say = async (who: Who, command: Record<string, unknown>) =>
      seqs.push((await did(server, who, { ...command, thread } as Parameters<typeof did>[2])).seq)
    await say('e0', { type: 'say', text: '手机一三八' })
    await say('wang', { type: 'consult', to: li, text: '一三八怎么看' })
    await say('wang', { type: 'offer', to: li, reason: '一三八的事' })
    await did(server, 'li', { type: 'accept', thread })
    await say('sun', { type: 'supervise', text: '一三八抓紧' })
    await say('li', { type: 'say', text: '一三八您好' })
    await say('li', { type: 'resolve', outcome: 'handled', summary: '一三八已办' })
    await say('e0', { type: 'rate', grade: 1, comment: '一三八不满意' })
    const before = (await http(server, 'li', `/api/threads/${thread}`)).body
    for (const seq of seqs) expect((await redact(thread, seq)).status).toBe(200)
    const after = (await http(server, 'li', `/api/threads/${thread}`)).body
    const { seq, at, read, ...state } = before
    expect(after).toMatchObject(state)
    const record = await http(server, 'admin', `/api/threads/${thread}/record`)
    expect(record.text).not.toContain('一三八')
    const { figures: _, ...found } = await check(server.database.sql, new Map())
    expect(found).toEqual({ ...FLAWLESS, lost: [], unexpected: [] })
  })

  it('takes the same words from the entry that repeats them', async () => {
    const thread = await aThread(server, 'held')
    const li = (await person(server, 'li')).id
    const offered = await did(server, 'wang', { type: 'offer', thread, to: li, reason: '张三的事' })
    const accepted = await did(server, 'li', { type: 'accept', thread })
    const other = await did(server, 'li', { type: 'note', thread, text: '张三来过' })
    expect((await entryOf('li', thread, accepted.seq + 1)).body.text).toBe('张三的事')
    expect((await redact(thread, accepted.seq + 1)).status).toBe(200)
    for (const seq of [offered.seq, accepted.seq + 1]) {
      expect(await entryOf('li', thread, seq)).not.toHaveProperty('body')
    }
    expect((await entryOf('li', thread, other.seq)).body.text).toBe('张三来过')
    expect((await redact(thread, offered.seq)).status).toBe(400)
  })

  it('takes the comment of a rating from the entry that it reopened', async () => {
    const thread = await aThread(server, 'resolved')
    const comment = '张三说罐区着火了，快来人'
    const rated = await did(server, 'e0', { type: 'rate', thread, grade: 1, comment })
    expect((await entryOf('wang', thread, rated.seq + 1)).body.text).toBe(comment)
    expect((await redact(thread, rated.seq)).status).toBe(200)
    const { text } = await http(server, 'admin', `/api/threads/${thread}/record`)
    expect(text).not.toContain('张三')
  })

  it('leaves sealed what was sealed, and open what was open', async () => {
    const thread = await aThread(server, 'held')
    const li = (await person(server, 'li')).id
    const noted = (await did(server, 'wang', { type: 'note', thread, text: '内部' })).seq
    await did(server, 'wang', { type: 'consult', thread, to: li, text: '？' })
    const shared = await did(server, 'li', { type: 'opine', thread, text: '公开', public: true })
    const hidden = await did(server, 'li', { type: 'opine', thread, text: '内部' })
    const of = async (seq: number) =>
      (await did(server, 'wang', { type: 'correct', thread, seq, text: '更正' })).seq
    const corrected = await of(noted)
    const open = await of(shared.seq)
    const ground = [corrected, hidden.seq, noted, open, shared.seq]
    const shown = () =>
      Promise.all(ground.map(async (seq) => (await entryOf('e0', thread, seq)).kind))
    const kinds = ['sealed', 'sealed', 'sealed', 'corrected', 'opinion-given']
    expect(await shown()).toEqual(kinds)
    const by = []
    for (const seq of ground) by.push((await redact(thread, seq)).body.seq)
    expect(await shown()).toEqual(kinds)
    const redactions = by.map(async (seq) => (await entryOf('e0', thread, seq)).kind)
    expect(await Promise.all(redactions)).toEqual([
      ...Array.from({ length: 3 }, () => 'sealed'),
      'redacted',
      'redacted',
    ])
  })

  it('is refused of what has no words, is gone already, or does not exist', async () => {
    const thread = await aThread(server, 'held')
    const { seq } = await did(server, 'e0', { type: 'say', thread, text: '一' })
    expect((await redact(thread, seq)).status).toBe(200)
    for (const no of [seq, seq + 1, seq - 1, seq + 9]) {
      expect((await redact(thread, no)).body.code).toBe('bad-request')
    }
  })

  it('leaves a record file that still verifies', async () => {
    const thread = await aThread(server, 'resolved')
    await redact(thread, 1)
    const { verifyRecord } = await import('../../src/record/verify.ts')
    for (const who of ['e0', 'wang'] as const) {
      const { body } = await http(server, who, `/api/threads/${thread}/record`)
      expect(verifyRecord(body)).toMatchObject({ intact: true })
    }
  })
})
