import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, connect, EMERGENCY, http, tell } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

describe('what is easily overlooked', () => {
  it('takes an emergency in the note of a second escalation as words of its own', async () => {
    const thread = await aThread(server, 'waiting')
    const client = await connect(server, 'e0', { resume: { [thread]: 0 } })
    await client.tell({ type: 'escalate', thread, note: EMERGENCY })
    const said = await client.entry(thread, 'said')
    expect(said.body).toMatchObject({ text: EMERGENCY, urgent: true, card: expect.any(String) })
  })

  it('binds a file to one of two messages that carry it at once, and refuses the other', async () => {
    const [one, two] = [await aThread(server, 'waiting'), await aThread(server, 'waiting')]
    const form = new FormData()
    form.set('file', new Blob(['%PDF-1.7\n1 0 obj\n<<>>\nendobj\n']), 'a.pdf')
    const { body } = await http(server, 'e0', '/api/files', { body: form })
    const say = (thread: string) => tell(server, 'e0', { type: 'say', thread, files: [body.id] })
    const answers = await Promise.all([say(one), say(two)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
  })

  it('shows a curator nobody’s typing and nobody’s reading', async () => {
    const thread = await aThread(server, 'resolved')
    const qian = await connect(server, 'qian')
    qian.send({ type: 'watch', thread })
    await qian.next((frame) => frame.type === 'watched')
    const [wang, sun] = [await connect(server, 'wang'), await connect(server, 'sun')]
    sun.send({ type: 'watch', thread })
    await sun.next((frame) => frame.type === 'watched')
    wang.send({ type: 'typing', thread })
    await sun.next((frame) => frame.type === 'typing')
    qian.send({ type: 'ping' })
    await qian.next((frame) => frame.type === 'pong')
    expect(qian.frames.filter(({ type }) => type === 'typing')).toEqual([])
  })

  it('does not let a judgement keep a closed thread open for reopening', async () => {
    const thread = await aThread(server, 'closed')
    const day = 24 * 60 * 60 * 1000
    server.clock.pass(20 * day)
    const { body } = await http(server, 'e0', `/api/threads/${thread}/entries`)
    const answer = body.items.find(({ kind }: { kind: string }) => kind === 'answered')
    if (answer) await tell(server, 'e0', { type: 'judge', thread, seq: answer.seq, helpful: true })
    await tell(server, 'wang', { type: 'note', thread, text: '看过了' })
    server.clock.pass(11 * day)
    expect((await tell(server, 'e0', { type: 'reopen', thread, text: '再问' })).status).toBe(409)
  })

  it.each(['0000-01-01T00:00:00Z', '2026-01-01T00:00:00+23:59'])(
    'refuses the cursor time %s as malformed',
    async (key) => {
      const cursor = btoa(`${key}|0198f000-0000-7000-8000-000000000001`)
      const { status, body } = await http(
        server,
        'wang',
        `/api/threads?cursor=${encodeURIComponent(cursor)}`,
      )
      expect([status, body.code]).toEqual([400, 'bad-request'])
    },
  )

  it('gives a known id its ack over the socket even where the type is unknown', async () => {
    const client = await connect(server, 'e0')
    const ack = await client.tell({ type: 'ask', text: '您好' })
    const again = await client.tell({ type: 'dance', id: ack.id } as never)
    expect(again).toEqual(ack)
  })
})
