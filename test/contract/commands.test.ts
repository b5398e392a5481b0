import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Told } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import {
  CHOICES,
  commandOf,
  NO,
  prepared as prepare,
  SETUP,
  STAGES,
  TABLE,
  WS,
} from './command-table.ts'
import { connect, did, http, person, type Stage, tell, type Who } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())
const prepared = (stage: Stage) => prepare(server, stage)

const outcome = ({ status, body }: { status: number; body: { code?: string } }) =>
  status === 200 ? 'ack' : (body.code ?? String(status))

describe('every command in every state by everybody', () => {
  const shared = new Map<Stage, Awaited<ReturnType<typeof prepared>>>()
  let li: string
  beforeAll(async () => {
    li = (await person(server, 'li')).id
    await Promise.all(STAGES.map(async (stage) => shared.set(stage, await prepared(stage))))
  })

  it.each(Object.entries(TABLE))('%s', async (type, rows) => {
    const seen: Record<string, string[]> = {}
    for (const [who, row] of Object.entries(rows)) {
      seen[who] = await Promise.all(
        STAGES.map(async (stage, i) => {
          if (row[i] !== 'ack') {
            return outcome(await tell(server, who as Who, commandOf(type, shared.get(stage)!, li)))
          }
          const ready = await prepared(stage)
          for (const [by, before] of SETUP[type]?.(li) ?? []) {
            await did(server, by, { ...before, thread: ready.thread } as Told)
          }
          return outcome(await tell(server, who as Who, commandOf(type, ready, li)))
        }),
      )
    }
    expect(seen).toEqual(rows)
  })

  it('is refused without leaving a trace', async () => {
    const lengths: Record<Stage, number> = {
      answering: 2,
      waiting: 1,
      held: 1,
      resolved: 1,
      closed: 1,
      withdrawn: 0,
    }
    for (const [stage, { thread, answer }] of shared) {
      const { body } = await http(server, 'e0', `/api/threads/${thread}`)
      expect([stage, body.seq]).toEqual([stage, answer + lengths[stage] - 1])
    }
  })

  it('is answered over the socket as over HTTP', async () => {
    for (const [who, type, stage] of [
      ['e0', 'claim', 'waiting'],
      ['e1', 'say', 'held'],
      ['li', 'say', 'held'],
      ['li', 'claim', 'held'],
      ['sun', 'resolve', 'waiting'],
      ['li', 'offer', 'held'],
      ['wang', 'accept', 'held'],
      ['wang', 'assign', 'held'],
      ['e1', 'remind', 'held'],
      ['sun', 'redact', 'closed'],
    ] as const) {
      const client = await connect(server, who)
      const command = commandOf(type, shared.get(stage)!, li)
      const no = await client.tell(command)
      const { body } = await tell(server, who, command)
      expect(no).toEqual({
        type: 'refused',
        id: expect.any(String),
        thread: shared.get(stage)!.thread,
        code: body.code,
        message: body.message,
      })
      client.close()
    }
  })

  it.each(['wang', 'li', 'zhao', 'sun', 'qian', 'admin'] as const)(
    'ask is not for %s',
    async (who) => {
      expect(outcome(await tell(server, who, { type: 'ask', text: '？' }))).toBe(NO)
    },
  )
})

describe('what a command makes', () => {
  const states = async (thread: string) => (await http(server, 'e0', `/api/threads/${thread}`)).body

  it('leads from state to state as the contract draws it', async () => {
    const { thread } = await prepared('answering')
    const say = async (who: Who, command: Record<string, unknown>) => {
      await did(server, who, { ...command, thread } as Told)
      return (await states(thread)).state
    }
    expect(await say('e0', { type: 'escalate', note: '' })).toBe('waiting')
    expect(await say('li', { type: 'claim' })).toBe('held')
    expect(await say('li', { type: 'resolve', outcome: 'answered', summary: '好' })).toBe(
      'resolved',
    )
    expect(await say('e0', { type: 'reopen', text: '不对' })).toBe('held')
    expect(await say('li', { type: 'resolve', outcome: 'handled', summary: '好' })).toBe('resolved')
    expect(await states(thread)).toMatchObject({
      outcome: 'handled',
      owner: { name: '李工', desk: 'water' },
      firstResponder: { name: '李工' },
    })
  })

  it('lets an enterprise choose any of the newest choices, and none of them', async () => {
    const { thread } = await prepared('answering')
    const choose = async (faq: string | null) =>
      outcome(await tell(server, 'e0', { type: 'choose', thread, faq }))
    expect(await choose('reuse-subsidy')).toBe('bad-request')
    expect(await choose(CHOICES[0]!.id)).toBe('ack')
    expect(await choose(CHOICES[0]!.id)).toBe('ack')
    expect(await choose(null)).toBe('ack')
    expect((await states(thread)).state).toBe('waiting')
  })

  it('acks a second escalate with the number of the first', async () => {
    const { thread } = await prepared('answering')
    const first = await did(server, 'e0', { type: 'escalate', thread })
    const again = await did(server, 'e0', { type: 'escalate', thread })
    expect(again.seq).toBe(first.seq)
    await did(server, 'wang', { type: 'claim', thread })
    expect((await did(server, 'e0', { type: 'escalate', thread })).seq).toBe(first.seq)
    expect((await states(thread)).seq).toBe(first.seq + 1)
  })

  it('rates a resolution once, and again after the next one', async () => {
    const { thread } = await prepared('resolved')
    const rate = async (grade: number) =>
      outcome(await tell(server, 'e0', { type: 'rate', thread, grade, comment: '' }))
    expect([await rate(3), await rate(5)]).toEqual(['ack', WS])
    await did(server, 'e0', { type: 'reopen', thread, text: '？' })
    await did(server, 'wang', { type: 'resolve', thread, outcome: 'handled', summary: '。' })
    expect(await rate(5)).toBe('ack')
    expect((await states(thread)).rating).toBe(5)
  })

  it('neither rates nor reopens what was withdrawn long ago, or was never resolved', async () => {
    const withdrawn = await prepared('withdrawn')
    const { thread } = await prepared('resolved')
    const rating = { type: 'rate', grade: 5 } as const
    expect(outcome(await tell(server, 'e0', { ...rating, thread: withdrawn.thread }))).toBe(WS)
    server.clock.pass(31 * 24 * 3600 * 1000)
    expect(outcome(await tell(server, 'e0', { ...rating, thread }))).toBe(WS)
    expect(outcome(await tell(server, 'e0', { type: 'reopen', thread, text: '？' }))).toBe(WS)
  })
})
