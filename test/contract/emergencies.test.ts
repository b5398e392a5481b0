import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Frame } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, connect, did, EMERGENCY, http, kindsOf } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const entries = async (thread: string): Promise<Frame[]> =>
  (await http(server, 'e0', `/api/threads/${thread}/entries?limit=200`)).body.items
const summary = async (thread: string) => (await http(server, 'e0', `/api/threads/${thread}`)).body
const red = { urgent: true, card: expect.stringContaining('119') }

describe('words of an emergency', () => {
  it('in a question escalate at once, with the card', async () => {
    const { thread } = await did(server, 'e0', { type: 'ask', text: EMERGENCY })
    const [asked, escalated] = await entries(thread)
    expect(kindsOf([asked!, escalated!])).toEqual(['asked', 'escalated'])
    expect(escalated!.body).toMatchObject({ reason: 'emergency', ...red })
    expect(await summary(thread)).toMatchObject({ urgent: true, state: 'waiting' })
  })

  it.each(['waiting', 'held'] as const)(
    'said in %s carry the card and turn it urgent',
    async (stage) => {
      const thread = await aThread(server, stage)
      expect(await summary(thread)).not.toHaveProperty('urgent')
      const { seq } = await did(server, 'e0', { type: 'say', thread, text: EMERGENCY })
      expect((await entries(thread))[seq - 1]).toMatchObject({ kind: 'said', body: red })
      expect(await summary(thread)).toMatchObject({ urgent: true, state: stage })
    },
  )

  it('said in answering escalate it', async () => {
    const thread = await aThread(server, 'answering')
    const { seq } = await did(server, 'e0', { type: 'say', thread, text: EMERGENCY })
    const [said, escalated] = (await entries(thread)).slice(seq - 1)
    expect(said!.kind).toBe('said')
    expect(escalated).toMatchObject({ kind: 'escalated', body: { reason: 'emergency', ...red } })
  })

  it('in the note of an escalation count as well', async () => {
    const thread = await aThread(server, 'answering')
    const { seq } = await did(server, 'e0', { type: 'escalate', thread, note: EMERGENCY })
    expect((await entries(thread))[seq - 1]!.body).toMatchObject({ note: EMERGENCY, ...red })
  })

  it.each(['resolved', 'closed'] as const)('said in %s reopen it', async (stage) => {
    const thread = await aThread(server, stage)
    const { seq } = await did(server, 'e0', { type: 'say', thread, text: EMERGENCY })
    const [reopened] = (await entries(thread)).slice(seq - 1)
    expect(reopened).toMatchObject({ kind: 'reopened', body: { text: EMERGENCY, ...red } })
    expect(await summary(thread)).toMatchObject({ urgent: true, state: 'held' })
  })

  it('in the comment of a rating reopen it behind the rating', async () => {
    const thread = await aThread(server, 'resolved')
    const rating = { type: 'rate', thread, grade: 4, comment: EMERGENCY } as const
    const { seq } = await did(server, 'e0', rating)
    const [rated, reopened] = (await entries(thread)).slice(seq - 1)
    expect(rated).toMatchObject({ kind: 'rated', body: { grade: 4, comment: EMERGENCY } })
    expect(reopened).toMatchObject({ kind: 'reopened', body: { text: EMERGENCY, ...red } })
    expect(await summary(thread)).toMatchObject({ urgent: true, state: 'held', rating: 4 })
  })

  it('said where reopening is over are a new question, and the ack names it', async () => {
    const thread = await aThread(server, 'closed')
    server.clock.pass(31 * 24 * 3600 * 1000)
    const chen = await connect(server, 'e0')
    const ack = await chen.tell({ type: 'say', thread, text: EMERGENCY })
    expect(ack).toMatchObject({ type: 'ack', seq: 1 })
    expect(ack.thread).not.toBe(thread)
    await chen.entry(ack.thread, 'escalated')
    expect(await summary(ack.thread)).toMatchObject({ urgent: true, state: 'waiting' })
    expect((await summary(thread)).state).toBe('closed')
  })

  it('of staff are words like any other', async () => {
    const thread = await aThread(server, 'held')
    const { seq } = await did(server, 'wang', { type: 'say', thread, text: EMERGENCY })
    expect((await entries(thread))[seq - 1]!.body).not.toHaveProperty('card')
    expect(await summary(thread)).not.toHaveProperty('urgent')
  })
})
