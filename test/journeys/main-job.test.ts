import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const enterprise = async (who?: number) => Client.open(server, { token: await server.token(who) })
const officer = async (name: string) => Client.open(server, { cookie: await server.cookie(name) })

describe('a question', () => {
  it('is answered at once with the curated text and its basis', async () => {
    const chen = await enterprise()
    const ack = await chen.tell({ type: 'ask', text: '调换辅材需重新办理环评手续吗？' })
    expect(ack).toMatchObject({ type: 'ack', seq: 1 })
    const answered = await chen.entry(ack.thread, 'answered')
    expect(answered.body).toMatchObject({ faq: 'eia-material-change', version: 1 })
    expect(answered.body.basis[0].title).toContain('法典')
    expect(answered.by).toEqual({ role: 'bot', id: 'bot', name: '机器解答' })
  })

  it('goes from the enterprise to an officer, to its resolution and its rating', async () => {
    const [chen, wang] = await Promise.all([enterprise(), officer('wang')])
    const { thread } = await chen.tell({
      type: 'ask',
      text: '我们公司上中水回用系统有政策补贴吗？',
    })
    await chen.tell({ type: 'escalate', thread, note: '想问本市有没有' })
    const escalated = await chen.entry(thread, 'escalated')
    expect(escalated.body).toMatchObject({ reason: 'asked', desk: 'water' })
    expect(escalated.body.promise.text).toContain('10:30')
    await wang.next((f) => f.type === 'queue' && f.op === 'put' && f.thread.id === thread)
    expect(await wang.tell({ type: 'claim', thread })).toMatchObject({ type: 'ack' })
    const claimed = await chen.entry(thread, 'claimed')
    expect(claimed).toMatchObject({ by: { name: '王工', role: 'officer' }, body: { first: true } })
    await wang.tell({ type: 'say', thread, text: '您好，本市目前没有专项补贴。' })
    const said = await chen.entry(thread, 'said')
    expect(said.body.clocks).toMatchObject([{ name: 'first-reply', metAt: expect.any(String) }])
    await wang.tell({ type: 'note', thread, text: '内部：去年有一批' })
    expect(await chen.entry(thread, 'sealed')).toEqual({
      type: 'entry',
      thread,
      seq: expect.any(Number),
      at: expect.any(String),
      kind: 'sealed',
      content: expect.any(String),
      prev: expect.any(String),
      hash: expect.any(String),
    })
    await wang.tell({ type: 'resolve', thread, outcome: 'answered', summary: '已答复' })
    await chen.entry(thread, 'resolved')
    expect(await chen.tell({ type: 'rate', thread, grade: 5 })).toMatchObject({ type: 'ack' })
    expect(await chen.tell({ type: 'rate', thread, grade: 5 })).toMatchObject({
      code: 'wrong-state',
    })
    await chen.tell({ type: 'reopen', thread, text: '还有一个问题' })
    expect((await wang.entry(thread, 'reopened')).body.owner.name).toBe('王工')
  })
})
