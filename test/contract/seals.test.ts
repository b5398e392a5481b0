import { createHash, createPublicKey, verify } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nightAfter, sealThrough } from '../support/seals.ts'
import { aServer, TestClock, type TestServer } from '../support/server.ts'
import { aThread, did, http, keysOf } from './support.ts'

let server: TestServer
let threads: string[]
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  threads = [await aThread(server, 'held'), await aThread(server, 'waiting')]
  await sealThrough(server, '2026-11-24')
  server.clock.pass(24 * 3_600_000)
  await did(server, 'wang', { type: 'say', thread: threads[0]!, text: '您好' })
  await sealThrough(server, '2026-11-25')
})
afterAll(() => server[Symbol.asyncDispose]())

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const canonical = (value: object) => JSON.stringify(value, Object.keys(value).sort())
const seals = async (query = '') => (await http(server, 'sun', `/api/seals${query}`)).body
const proof = (who: 'e0' | 'wang', day: string, thread: string) =>
  http(server, who, `/api/seals/${day}/proof?thread=${thread}`)

describe('the seals', () => {
  it('are listed by day, each chained to the one before and signed by the published key', async () => {
    const { text: pem, headers } = await http(server, null, '/api/seals/key')
    expect(headers.get('content-type')).toBe('application/x-pem-file')
    expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    expect(pem).not.toContain('PRIVATE')
    const key = createPublicKey(pem)
    expect(key.asymmetricKeyType).toBe('ed25519')
    const listed = await seals()
    expect(listed.map(({ day, n }: { day: string; n: number }) => [day, n])).toEqual([
      ['2026-11-24', 2],
      ['2026-11-25', 1],
    ])
    let prev = '0'.repeat(64)
    for (const seal of listed) {
      expect(keysOf(seal)).toEqual(['day', 'n', 'prev', 'root', 'signature'])
      expect(seal.prev).toBe(prev)
      const { signature, ...signed } = seal
      const bytes = Buffer.from(canonical(signed))
      expect(verify(null, bytes, key, Buffer.from(signature, 'base64'))).toBe(true)
      prev = sha256(canonical(seal)).toString('hex')
    }
  })

  it('can be asked for by their days', async () => {
    const dates = async (query: string) =>
      (await seals(query)).map(({ day }: { day: string }) => day)
    expect(await dates('?from=2026-11-25')).toEqual(['2026-11-25'])
    expect(await dates('?to=2026-11-24')).toEqual(['2026-11-24'])
    expect(await dates('?from=2026-11-26')).toEqual([])
    for (const query of ['?from=yesterday', '?to=2026-02-30', '?from=']) {
      const { status, body } = await http(server, 'admin', `/api/seals${query}`)
      expect([query, status, body.code]).toEqual([query, 400, 'bad-request'])
    }
  })

  it('prove to whoever sees a thread what its head was', async () => {
    const [held = '', waiting = ''] = threads
    const [seal] = await seals()
    for (const [who, thread] of [
      ['e0', held],
      ['wang', held],
      ['e0', waiting],
    ] as const) {
      const { body } = await proof(who, '2026-11-24', thread)
      expect(keysOf(body)).toEqual(['index', 'leaf', 'path', 'seal'])
      expect(body.seal).toEqual(seal)
      const { body: record } = await http(server, who, `/api/threads/${thread}/record`)
      const [, seq] = body.leaf.split(':')
      expect(body.leaf).toBe(`${thread}:${seq}:${record.items[seq - 1].hash}`)
      const leaf = sha256(Buffer.from([0]), body.leaf)
      const sibling = Buffer.from(body.path[0], 'hex')
      const pair = body.index === 0 ? [leaf, sibling] : [sibling, leaf]
      expect(sha256(Buffer.from([1]), ...pair).toString('hex')).toBe(seal.root)
    }
  })

  it.each([
    ['a day whose seal does not cover the thread', '2026-11-25', () => threads[1], 404],
    ['a day without a seal', '2026-11-23', () => threads[0], 404],
    ['no day', 'today', () => threads[0], 400],
    ['a day that no calendar has', '2026-02-30', () => threads[0], 400],
    ['no thread', '2026-11-24', () => '', 400],
    ['a thread of nobody', '2026-11-24', () => crypto.randomUUID(), 404],
    ['what is no id of ours', '2026-11-24', () => 'x%00', 404],
  ])('have no proof for %s', async (_, day, thread, status) => {
    expect((await proof('e0', day, thread() ?? '')).status).toBe(status)
  })

  it('stand in the record file, as many as cover the thread', async () => {
    const days = async (thread: string) =>
      (await http(server, 'e0', `/api/threads/${thread}/record`)).body.seals.map(
        ({ seal }: { seal: { day: string } }) => seal.day,
      )
    expect(await days(threads[0]!)).toEqual(['2026-11-24', '2026-11-25'])
    expect(await days(threads[1]!)).toEqual(['2026-11-24'])
  })

  it('are made by a server that starts after missed nights, with the key that it kept', async () => {
    const { databaseUrl } = server
    await did(server, 'wang', { type: 'say', thread: threads[0]!, text: '还在办' })
    server.clock.pass(24 * 3_600_000)
    await did(server, 'wang', { type: 'say', thread: threads[0]!, text: '快了' })
    const before = await seals()
    const clock = new TestClock(nightAfter('2026-12-03').toISOString())
    await using late = await aServer({ env: { RATE_LIMITS: 'off' }, databaseUrl, clock })
    const all = async () => (await http(late, 'sun', '/api/seals')).body
    await expect.poll(async () => (await all()).length, { timeout: 10_000 }).toBe(3)
    const [first, second, third] = await all()
    expect([first, second]).toEqual(before)
    expect(third).toMatchObject({ day: '2026-11-26', n: 1 })
    const keys = [late, server].map(async (one) => (await http(one, null, '/api/seals/key')).text)
    const [here, there] = await Promise.all(keys)
    expect(here).toBe(there)
  })
})
