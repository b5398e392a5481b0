import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, connect, http } from './support.ts'

let server: TestServer
let thread: string
let chen: Client
let colleague: Client
let wang: Client
let li: Client
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  thread = await aThread(server, 'held')
  const token = await server.token({ enterprise: 0, sub: 'colleague', name: '同事' })
  chen = await connect(server, 'e0')
  colleague = await Client.open(server, { token })
  wang = await connect(server, 'wang')
  li = await connect(server, 'li')
  li.send({ type: 'watch', thread })
  await li.next(({ type }) => type === 'watched')
})
afterAll(() => server[Symbol.asyncDispose]())

const signs = (client: Client) =>
  client.frames.filter(({ type }) => type === 'typing' || type === 'read')
/** Signs are told at once: after an answered ping everything before it was told. */
const pinged = async (...clients: Client[]) => {
  for (const client of clients) {
    const n = client.frames.filter(({ type }) => type === 'pong').length
    client.send({ type: 'ping' })
    await client.until(() => client.frames.filter(({ type }) => type === 'pong')[n])
  }
}
const everybody = () => [chen, colleague, wang, li]
const forget = () => {
  for (const client of everybody()) client.frames.length = 0
}
const readOf = async (who: 'e0' | 'wang') =>
  (await http(server, who, `/api/threads/${thread}`)).body.read

describe('typing', () => {
  it('of the owner is shown to the enterprise and to officers who look on, not to himself', async () => {
    forget()
    wang.send({ type: 'typing', thread })
    await chen.next(({ type }) => type === 'typing')
    await pinged(...everybody())
    const by = { role: 'officer', id: expect.any(String), name: '王工' }
    for (const client of [chen, colleague, li]) {
      expect(signs(client)).toEqual([{ type: 'typing', thread, by }])
    }
    expect(signs(wang)).toEqual([])
  })

  it('of an enterprise’s person is shown to officers only', async () => {
    forget()
    chen.send({ type: 'typing', thread })
    await wang.next(({ type }) => type === 'typing')
    await pinged(...everybody())
    const by = { role: 'enterprise', id: expect.any(String) }
    for (const client of [wang, li]) expect(signs(client)).toEqual([{ type: 'typing', thread, by }])
    expect([...signs(chen), ...signs(colleague)]).toEqual([])
  })

  it('of an officer who is not the owner is not shown to the enterprise', async () => {
    forget()
    li.send({ type: 'typing', thread })
    await wang.next(({ type }) => type === 'typing')
    await pinged(...everybody())
    expect([...signs(chen), ...signs(colleague), ...signs(li)]).toEqual([])
  })
})

describe('read', () => {
  it('is kept for the person, shown in the summary, and told to those who look on', async () => {
    forget()
    wang.send({ type: 'read', thread, seq: 3 })
    const sign = await chen.next(({ type }) => type === 'read')
    expect(sign).toEqual({
      type: 'read',
      thread,
      seq: 3,
      by: { role: 'officer', id: expect.any(String), name: '王工' },
    })
    expect([await readOf('wang'), await readOf('e0')]).toEqual([3, 0])
    const again = await connect(server, 'wang')
    const [summary] = again.frames[0]!.threads
    expect(summary).toMatchObject({ id: thread, read: 3 })
  })

  it('only ever rises, and a mark that does not rise is told to nobody', async () => {
    forget()
    wang.send({ type: 'read', thread, seq: 1 })
    wang.send({ type: 'read', thread, seq: 3 })
    wang.send({ type: 'read', thread, seq: 4 })
    await chen.next(({ type }) => type === 'read')
    await pinged(...everybody())
    expect(signs(chen).map(({ seq }) => seq)).toEqual([4])
    expect(await readOf('wang')).toBe(4)
  })

  it.each([
    ['beyond the head', 99, 'bad-request'],
    ['far beyond the head', 2 ** 40, 'bad-request'],
    ['of nothing', 0, 'bad-request'],
    ['of half an entry', 1.5, 'bad-request'],
  ])('%s is a bad request', async (_, seq, code) => {
    forget()
    chen.send({ type: 'read', thread, seq })
    expect(await chen.next(({ type }) => type === 'refused')).toMatchObject({ code, thread })
  })

  it('and typing in a thread of others are not-found', async () => {
    const [lin, zhao] = await Promise.all([connect(server, 'e1'), connect(server, 'zhao')])
    for (const client of [lin, zhao]) {
      client.send({ type: 'read', thread, seq: 1 })
      client.send({ type: 'typing', thread })
      await client.until(() => client.frames.filter(({ code }) => code === 'not-found')[1])
    }
    forget()
    await pinged(...everybody())
    expect(everybody().flatMap(signs)).toEqual([])
  })
})
