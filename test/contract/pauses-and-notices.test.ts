import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Frame } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, connect, did, http, tell, type Who } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const HOUR = 3_600_000
const codeOf = async (who: Who, command: Record<string, unknown>) => {
  const { status, body } = await tell(server, who, command as Parameters<typeof tell>[2])
  return status === 200 ? 'ack' : body.code
}
const clockOf = async (thread: string, name: string, who: Who = 'e0') =>
  (await http(server, who, `/api/threads/${thread}`)).body.clocks.find(
    (clock: Frame) => clock.name === name,
  )
async function aFile(): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([`%PDF-1.7\n${'x'.repeat(100)}`]), '台账.pdf')
  return (await http(server, 'e0', '/api/files', { body: form })).body.id
}
const pause = (thread: string, clock = 'resolution', ground = 'materials') => ({
  type: 'pause',
  thread,
  clock,
  ground,
})

describe('a pause', () => {
  it('stands before the enterprise’s eyes, and gives back the time that was left', async () => {
    const thread = await aThread(server, 'held')
    const chen = await connect(server, 'e0')
    const before = await clockOf(thread, 'resolution')
    await did(server, 'wang', pause(thread, 'resolution', 'survey') as never)
    const paused = await chen.entry(thread, 'clock-paused')
    expect(paused.body).toMatchObject({ clock: 'resolution', ground: 'survey' })
    expect(Date.parse(paused.body.until)).toBeGreaterThan(server.clock.now().getTime())
    expect((await clockOf(thread, 'resolution')).state).toBe('paused')
    expect((await clockOf(thread, 'first-reply')).state).toBe('running')
    expect(await codeOf('wang', pause(thread))).toBe('wrong-state')
    server.clock.pass(HOUR)
    const { seq } = await did(server, 'wang', { type: 'resume', thread, clock: 'resolution' })
    // an hour without a word has ended the socket
    const after = `/api/threads/${thread}/entries?after=${seq - 1}`
    const [resumed] = (await http(server, 'e0', after)).body.items
    const [clock] = resumed.body.clocks
    expect(clock.pauses).toEqual([{ from: paused.at, to: resumed.at, ground: 'survey' }])
    expect(Date.parse(clock.dueAt) - Date.parse(before.dueAt)).toBeGreaterThanOrEqual(HOUR)
    expect(await codeOf('wang', { type: 'resume', thread, clock: 'resolution' })).toBe(
      'wrong-state',
    )
  })

  it('for materials ends with files from the enterprise, in the same append', async () => {
    const thread = await aThread(server, 'held')
    await did(server, 'wang', { type: 'say', thread, text: '请补台账' })
    await did(server, 'wang', pause(thread) as never)
    await did(server, 'e0', { type: 'say', thread, text: '马上' })
    expect((await clockOf(thread, 'resolution')).state).toBe('paused')
    const { seq } = await did(server, 'e0', { type: 'say', thread, files: [await aFile()] })
    const { items } = (await http(server, 'e0', `/api/threads/${thread}/entries?after=${seq - 1}`))
      .body
    expect(items.map(({ kind }: Frame) => kind)).toEqual(['said', 'clock-resumed'])
    expect(items[1]).toMatchObject({ by: { role: 'system' }, body: { clock: 'resolution' } })
    expect((await clockOf(thread, 'resolution')).state).toBe('running')
  })

  it('on another ground goes on whatever the enterprise sends', async () => {
    const thread = await aThread(server, 'held')
    await did(server, 'wang', pause(thread, 'resolution', 'expert-review') as never)
    await did(server, 'e0', { type: 'say', thread, files: [await aFile()] })
    expect((await clockOf(thread, 'resolution')).state).toBe('paused')
  })

  it('is not for what is late, not for what does not run, and not for an answer that is owed', async () => {
    const thread = await aThread(server, 'held')
    expect(await codeOf('wang', pause(thread, 'call-back'))).toBe('wrong-state')
    await did(server, 'e0', { type: 'remind', thread })
    await did(server, 'sun', { type: 'supervise', thread, text: '抓紧' })
    expect(await codeOf('wang', pause(thread, 'reminder'))).toBe('wrong-state')
    expect(await codeOf('wang', pause(thread, 'supervision'))).toBe('wrong-state')
    expect(await codeOf('wang', pause(thread, 'resolution', 'holiday'))).toBe('bad-request')
    server.clock.pass(20 * 24 * HOUR)
    expect(await codeOf('wang', pause(thread))).toBe('wrong-state')
  })
})

describe('a one-time notice', () => {
  const notice = (thread: string, more = {}) => ({
    type: 'notice',
    thread,
    items: ['申请表', '监测报告'],
    steps: ['网上提交', '窗口核验'],
    window: '一楼 3 号窗口',
    limit: '五个工作日',
    ...more,
  })

  it('lists everything once, and is a first reply; the second one needs a reason', async () => {
    const thread = await aThread(server, 'held')
    const chen = await connect(server, 'e0')
    await did(server, 'wang', notice(thread) as never)
    const given = await chen.entry(thread, 'notice-given')
    const { type: _, thread: __, ...said } = notice(thread)
    expect(given.body).toMatchObject({ ...said, clocks: [{ name: 'first-reply' }] })
    expect((await clockOf(thread, 'first-reply')).state).toBe('met')
    expect(await codeOf('wang', notice(thread))).toBe('bad-request')
    expect(await codeOf('wang', notice(thread, { reason: '' }))).toBe('bad-request')
    expect(await codeOf('wang', notice(thread, { reason: '漏列一项' }))).toBe('ack')
  })
})

describe('a correction', () => {
  it('is a new entry that points at the old one, and makes the thread unread again', async () => {
    const thread = await aThread(server, 'held')
    const { seq } = await did(server, 'wang', { type: 'say', thread, text: '不用办' })
    const chen = await connect(server, 'e0', { resume: { [thread]: seq } })
    chen.send({ type: 'read', thread, seq })
    await did(server, 'wang', { type: 'correct', thread, seq, text: '要办' })
    const corrected = await chen.entry(thread, 'corrected')
    expect(corrected.body).toEqual({ seq, text: '要办' })
    const summary = (await http(server, 'e0', `/api/threads/${thread}`)).body
    expect([summary.read, summary.seq]).toEqual([seq, corrected.seq])
    const { items } = (await http(server, 'e0', `/api/threads/${thread}/entries?after=${seq - 1}`))
      .body
    expect(items[0].body.text).toBe('不用办')
    expect(await codeOf('sun', { type: 'correct', thread, seq, text: '要办，见附件' })).toBe('ack')
    expect(await codeOf('wang', { type: 'correct', thread, seq: corrected.seq, text: '？' })).toBe(
      'bad-request',
    )
    expect(await codeOf('wang', { type: 'correct', thread, seq: 999, text: '？' })).toBe(
      'bad-request',
    )
  })

  it('of one’s own words is for everybody, of others’ only for those who answer for them', async () => {
    const thread = await aThread(server, 'held')
    const mine = (await did(server, 'e0', { type: 'say', thread, text: '三吨' })).seq
    const note = (await did(server, 'li', { type: 'note', thread, text: '查过' })).seq
    expect(await codeOf('wang', { type: 'correct', thread, seq: mine, text: '五吨' })).toBe(
      'not-allowed',
    )
    expect(await codeOf('wang', { type: 'correct', thread, seq: note, text: '没查' })).toBe(
      'not-allowed',
    )
    expect(await codeOf('e0', { type: 'correct', thread, seq: mine, text: '五吨' })).toBe('ack')
    expect(await codeOf('li', { type: 'correct', thread, seq: note, text: '没查' })).toBe('ack')
    const { items } = (await http(server, 'e0', `/api/threads/${thread}/entries?after=${note}`))
      .body
    expect(items.map(({ kind }: Frame) => kind)).toEqual(['corrected', 'sealed'])
  })

  it('that tells of an emergency raises the alarm as any words of an enterprise do', async () => {
    const thread = await aThread(server, 'held')
    const { seq } = await did(server, 'e0', { type: 'say', thread, text: '味道有点大' })
    const text = '更正：车间氨气泄漏了，有人晕倒'
    await did(server, 'e0', { type: 'correct', thread, seq, text })
    const summary = (await http(server, 'wang', `/api/threads/${thread}`)).body
    expect(summary.urgent).toBe(true)
  })

  it('of a machine’s answer is the curator’s too', async () => {
    const { thread } = await did(server, 'e0', {
      type: 'ask',
      text: '调换辅材需重新办理环评手续吗？',
    })
    await did(server, 'e0', { type: 'escalate', thread })
    await did(server, 'zhao', { type: 'claim', thread })
    const said = (await did(server, 'zhao', { type: 'say', thread, text: '您好' })).seq
    await did(server, 'zhao', { type: 'resolve', thread, outcome: 'answered', summary: '。' })
    expect(await codeOf('qian', { type: 'correct', thread, seq: 2, text: '以新条文为准' })).toBe(
      'ack',
    )
    expect(await codeOf('qian', { type: 'correct', thread, seq: said, text: '？' })).toBe(
      'not-allowed',
    )
  })
})
