import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, type TestServer } from '../support/server.ts'
import { did, http, tell } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const bodies = async (thread: string, kind: string) => {
  const { body } = await http(server, 'e0', `/api/threads/${thread}/entries`)
  return body.items.filter((entry: { kind: string }) => entry.kind === kind)
}
const aFile = async () => {
  const body = new FormData()
  body.set('file', new Blob([new TextEncoder().encode('%PDF-1.4\n%%EOF')]), '附件.pdf')
  return (await http(server, 'e0', '/api/files', { body })).body.id as string
}

describe('where a question goes', () => {
  it('is the desk that its entry names, before the desk of its topic', async () => {
    const text = '再生水增值税能退多少？'
    const { thread } = await did(server, 'e0', { type: 'ask', text })
    await did(server, 'e0', { type: 'escalate', thread })
    expect((await bodies(thread, 'escalated'))[0].body.desk).toBe('water')
  })

  it('goes by the newest words where only files come behind them', async () => {
    const text = '我们公司上中水回用系统有政策补贴吗？'
    const { thread } = await did(server, 'e0', { type: 'ask', text })
    await did(server, 'e0', { type: 'say', thread, files: [await aFile()] })
    expect((await bodies(thread, 'escalated'))[0].body).toMatchObject({
      reason: 'case',
      desk: 'water',
    })
  })
})

describe('two questions with one file at once', () => {
  it('one is taken, and the other is told at once that the file is not to be had', async () => {
    const files = [await aFile()]
    const from = performance.now()
    const told = await Promise.all(
      ['甲', '乙'].map((text) => tell(server, 'e0', { type: 'ask', text: `请看${text}`, files })),
    )
    expect(told.map(({ status }) => status).sort()).toEqual([200, 404])
    expect(performance.now() - from).toBeLessThan(5_000)
  })
})

describe('the seals of a year that no database knows', () => {
  it('are a bad request', async () => {
    const { status, body } = await http(server, 'sun', '/api/seals?from=0000-01-01')
    expect([status, body.code]).toEqual([400, 'bad-request'])
  })
})
