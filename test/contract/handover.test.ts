import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client, Frame } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, connect, did, http, person, tell, type Who } from './support.ts'

let server: TestServer
let ids: Record<'wang' | 'li' | 'zhao' | 'sun', string>
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  const of = async (who: string) => (await person(server, who)).id
  ids = { wang: await of('wang'), li: await of('li'), zhao: await of('zhao'), sun: await of('sun') }
})
afterAll(() => server[Symbol.asyncDispose]())

const summary = async (thread: string, who: Who = 'admin') =>
  (await http(server, who, `/api/threads/${thread}`)).body
const codeOf = async (who: Who, command: Record<string, unknown>) => {
  const { status, body } = await tell(server, who, command as Parameters<typeof tell>[2])
  return status === 200 ? 'ack' : body.code
}
const stateOf = async (thread: string, name: string, who?: Who) =>
  (await summary(thread, who)).clocks.find((clock: Frame) => clock.name === name)?.state
const kinds = (client: Client, thread: string) => client.entries(thread).map(({ kind }) => kind)

describe('a handover', () => {
  it('goes to a person of another desk, with the thread, and leaves the first responder', async () => {
    const thread = await aThread(server, 'held')
    const [chen, zhao, wang] = await Promise.all([
      connect(server, 'e0'),
      connect(server, 'zhao'),
      connect(server, 'wang'),
    ])
    const offer = { type: 'offer', thread, to: ids.zhao, reason: '要看环评' } as const
    expect(await wang.tell(offer)).toMatchObject({ type: 'ack' })
    const offered = await zhao.entry(thread, 'handover-offered')
    expect(offered.body).toMatchObject({
      to: { person: { id: ids.zhao, name: '赵工', desk: 'eia' } },
      reason: '要看环评',
      clocks: [{ name: 'handover', n: 1, limit: { number: 2, unit: 'working-hours' } }],
    })
    expect(await summary(thread)).toMatchObject({ owner: { id: ids.wang }, desk: 'water' })
    expect(await zhao.tell({ type: 'accept', thread })).toMatchObject({ type: 'ack' })
    const accepted = await chen.entry(thread, 'handover-accepted')
    expect(accepted).toMatchObject({ by: { id: ids.zhao, name: '赵工' }, body: { desk: 'eia' } })
    expect(accepted.body.clocks).toBeUndefined()
    // its reason stands behind it, for the bureau alone
    const reason = { kind: 'noted', body: { text: '要看环评' } }
    expect(await zhao.entry(thread, 'noted', accepted.seq + 1)).toMatchObject(reason)
    expect(await chen.entry(thread, 'sealed', accepted.seq + 1)).not.toHaveProperty('body')
    expect(await summary(thread)).toMatchObject({
      owner: { id: ids.zhao },
      firstResponder: { id: ids.wang },
      desk: 'eia',
    })
    expect(await stateOf(thread, 'handover', 'zhao')).toBe('met')
    expect(await stateOf(thread, 'handover', 'e0')).toBeUndefined()
    // his screen is stale: nothing changes, and it says so
    const before = (await summary(thread)).seq
    for (const command of [
      { type: 'say', text: '我来答' },
      { type: 'resolve', outcome: 'handled', summary: '办结' },
      { type: 'offer', to: ids.li, reason: '转' },
      { type: 'withdraw' },
      { type: 'pause', clock: 'resolution', ground: 'survey' },
      { type: 'notice', items: ['表'], steps: [], window: '一楼', limit: '五日' },
    ]) {
      const no = await wang.tell({ ...command, thread } as Parameters<Client['tell']>[0])
      expect(no).toMatchObject({ type: 'refused', code: 'not-owner', thread })
    }
    expect((await summary(thread)).seq).toBe(before)
    expect(await codeOf('wang', { type: 'note', thread, text: '供参考' })).toBe('ack')
  })

  it('to a desk is accepted by one of its officers, and one’s “no” ends nothing', async () => {
    const thread = await aThread(server, 'held')
    const zhao = await connect(server, 'zhao')
    await did(server, 'wang', { type: 'offer', thread, to: 'eia', reason: '归环评' })
    await zhao.entry(thread, 'handover-offered')
    await did(server, 'zhao', { type: 'decline', thread, reason: '我在外面' })
    expect(await stateOf(thread, 'handover')).toBe('running')
    expect(await codeOf('wang', { type: 'offer', thread, to: ids.li, reason: '转' })).toBe(
      'wrong-state',
    )
    await did(server, 'zhao', { type: 'accept', thread })
    expect(await summary(thread)).toMatchObject({ owner: { id: ids.zhao }, desk: 'eia' })
    expect(await codeOf('zhao', { type: 'accept', thread })).toBe('not-offered')
  })

  it('that a person declines ends, and may be offered again', async () => {
    const thread = await aThread(server, 'held')
    const [chen, zhao] = [await connect(server, 'e0'), await connect(server, 'zhao')]
    const offer = { type: 'offer', thread, to: ids.zhao, reason: '转' } as const
    await did(server, 'wang', offer)
    await zhao.entry(thread, 'handover-offered')
    await did(server, 'zhao', { type: 'decline', thread, reason: '不归我' })
    expect(await stateOf(thread, 'handover', 'wang')).toBe('ended')
    // with the offer his sight ends, on his socket too
    await zhao.next((f) => f.type === 'refused' && f.thread === thread && f.code === 'not-found')
    expect(await codeOf('zhao', { type: 'accept', thread })).toBe('not-found')
    await did(server, 'wang', offer)
    await did(server, 'wang', { type: 'withdraw', thread })
    expect(await codeOf('wang', { type: 'withdraw', thread })).toBe('not-offered')
    await did(server, 'wang', { type: 'say', thread, text: '还是我来' })
    await chen.entry(thread, 'said')
    expect(kinds(chen, thread)).toEqual(['sealed', 'sealed', 'sealed', 'sealed', 'said'])
  })

  it('goes to nobody who is not there: oneself, one’s own desk, a supervisor, a stranger', async () => {
    const thread = await aThread(server, 'held')
    for (const to of [ids.wang, 'water', ids.sun, 'nobody', 'archive', '\u0001']) {
      expect(await codeOf('wang', { type: 'offer', thread, to, reason: '转' })).toBe('bad-request')
    }
    for (const to of [ids.wang, 'water', 'nobody']) {
      expect(await codeOf('wang', { type: 'consult', thread, to, text: '？' })).toBe('bad-request')
    }
    expect(
      await codeOf('wang', { type: 'resolve', thread, outcome: 'handled', summary: '。' }),
    ).toBe('ack')
  })

  it('stands in the way of a resolution', async () => {
    const thread = await aThread(server, 'held')
    await did(server, 'wang', { type: 'offer', thread, to: ids.li, reason: '转' })
    const resolve = { type: 'resolve', thread, outcome: 'handled', summary: '办结' }
    expect(await codeOf('wang', resolve)).toBe('wrong-state')
    await did(server, 'wang', { type: 'withdraw', thread })
    expect(await codeOf('wang', resolve)).toBe('ack')
  })
})

describe('the first responder', () => {
  it('is told of every breach, reminder and bad rating, whoever holds it by then', async () => {
    const tells = async (say: (thread: string) => Promise<unknown>, kind: string, days = 0) => {
      const thread = await aThread(server, 'held')
      await did(server, 'wang', { type: 'offer', thread, to: ids.zhao, reason: '转' })
      await did(server, 'zhao', { type: 'accept', thread })
      // before anybody connects: nobody's socket is silent for days
      server.clock.pass(days * 24 * 3_600_000)
      const wang = await connect(server, 'wang')
      expect(wang.frames[0]!.threads.map(({ id }: Frame) => id)).not.toContain(thread)
      await did(server, 'zhao', { type: 'say', thread, text: '您好' })
      await say(thread)
      expect((await wang.entry(thread, kind)).kind).toBe(kind)
      expect(kinds(wang, thread)).not.toContain('said')
      wang.close()
    }
    await tells((thread) => did(server, 'e0', { type: 'remind', thread }), 'reminded')
    await tells(async (thread) => {
      await did(server, 'zhao', { type: 'resolve', thread, outcome: 'handled', summary: '。' })
      await did(server, 'e0', { type: 'rate', thread, grade: 1 })
    }, 'rated')
    await tells(() => server.running.clockwork.turn(), 'overdue', 10)
  })
})

describe('an opinion', () => {
  it('is asked of a desk and given inside the thread, signed, while the owner stays', async () => {
    const thread = await aThread(server, 'held')
    const [chen, zhao, wang] = await Promise.all([
      connect(server, 'e0'),
      connect(server, 'zhao'),
      connect(server, 'wang'),
    ])
    await did(server, 'wang', { type: 'consult', thread, to: 'eia', text: '要重新环评吗？' })
    const asked = await zhao.entry(thread, 'opinion-asked')
    expect(asked.body).toEqual({
      to: { desk: { id: 'eia', name: '环评科' } },
      text: '要重新环评吗？',
    })
    await zhao.tell({ type: 'opine', thread, text: '内部看法' })
    await zhao.tell({ type: 'opine', thread, text: '不用重新环评', public: true })
    const open = await chen.entry(thread, 'opinion-given')
    expect(open).toMatchObject({
      by: { name: '赵工' },
      body: { text: '不用重新环评', public: true },
    })
    await wang.entry(thread, 'opinion-given', open.seq)
    expect(kinds(chen, thread)).toEqual(['sealed', 'sealed', 'opinion-given'])
    expect(JSON.stringify(chen.frames)).not.toContain('内部看法')
    expect(await summary(thread)).toMatchObject({ owner: { id: ids.wang }, desk: 'water' })
    // it answers no promise to the enterprise
    expect(await stateOf(thread, 'first-reply')).toBe('running')
    expect(await codeOf('zhao', { type: 'say', thread, text: '您好' })).toBe('not-owner')
    expect(await codeOf('wang', { type: 'opine', thread, text: '我' })).toBe('not-offered')
  })

  it('may be asked of the desk’s supervisor, who gives none unasked', async () => {
    const thread = await aThread(server, 'held')
    expect(await codeOf('sun', { type: 'opine', thread, text: '我看' })).toBe('not-allowed')
    await did(server, 'wang', { type: 'consult', thread, to: ids.sun, text: '？' })
    expect(await codeOf('sun', { type: 'opine', thread, text: '我看' })).toBe('ack')
  })
})
