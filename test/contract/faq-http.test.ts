import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, type TestServer } from '../support/server.ts'
import { ANSWERED, did, EMERGENCY, http, keysOf, WATER, type Who } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const search = (who: Who | null, q: string, more = '') =>
  http(server, who, `/api/faq/search?q=${encodeURIComponent(q)}${more}`)
const count = async () => {
  const { sql } = server.database
  const [row] = await sql`select count(*)::int as n from entries`
  return row!.n as number
}
const QUESTIONS = [
  ANSWERED,
  WATER,
  EMERGENCY,
  '你好',
  '处罚决定书收到了怎么办',
  '食堂油烟',
  '补贴',
  'asdf',
]
const KIND = { answer: 'answered', choose: 'offered', reply: 'replied', escalate: 'escalated' }

describe('search', () => {
  it.each(QUESTIONS)(
    'makes the decision that ask would make, and stores nothing: %s',
    async (q) => {
      const before = await count()
      const { status, body } = await search(null, q)
      expect([status, await count()]).toEqual([200, before])
      const { thread } = await did(server, 'e0', { type: 'ask', text: q })
      const { items } = (await http(server, 'e0', `/api/threads/${thread}/entries`)).body
      const decided = items[1]
      expect(decided.kind).toBe(KIND[body.decision as keyof typeof KIND])
      expect(decided.body.reason).toBe(body.reason)
      if (body.decision === 'answer') {
        const [hit, ...more] = body.hits
        expect(more).toEqual([])
        expect(keysOf(hit)).toEqual(['answer', 'basis', 'id', 'question', 'score', 'version'])
        const { faq, version, answer, basis } = decided.body
        expect({ id: faq, version, answer, basis }).toMatchObject({
          id: hit.id,
          version: hit.version,
          answer: hit.answer,
          basis: hit.basis,
        })
        expect(decided.body.confidence).toBe(body.confidence)
      } else if (body.decision === 'choose') {
        expect(body.hits.map(({ id }: { id: string }) => id)).toEqual(
          decided.body.choices.map(({ id }: { id: string }) => id),
        )
        expect(body.hits.length).toBeLessThanOrEqual(4)
      } else expect(body.hits).toEqual([])
      if (body.decision === 'reply') expect(decided.body.text).toBe(body.text)
    },
  )

  it('explains itself to staff only', async () => {
    for (const who of [null, 'e0'] as const) {
      expect(await search(who, WATER, '&explain=1')).toMatchObject({
        status: 403,
        body: { code: 'not-allowed' },
      })
      expect((await search(who, WATER, '&explain=0')).body).not.toHaveProperty('explain')
    }
    for (const who of ['wang', 'qian', 'admin'] as const) {
      const { explain } = (await search(who, EMERGENCY, '&explain=1')).body
      expect(explain.rules).toContainEqual({ id: expect.any(String), reason: 'emergency' })
      expect(explain.candidates.length).toBeLessThanOrEqual(10)
      expect(keysOf(explain)).toEqual(['candidates', 'rules', 'second', 'thresholds', 'why'])
      expect(explain.why).toMatchObject({ code: 'emergency', rule: explain.rules[0].id })
    }
    expect((await search('wang', WATER)).body).not.toHaveProperty('explain')
  })

  it('describes the explanation in the OpenAPI document', async () => {
    const { body } = await http(server, null, '/openapi.json')
    const { schema } = body.paths['/api/faq/search'].get.responses[200].content['application/json']
    const text = JSON.stringify(schema)
    for (const field of ['why', 'thresholds', 'second', 'differences', 'signals', 'features']) {
      expect(text).toContain(`"${field}"`)
    }
  })

  it.each(['', '&limit=0', '&limit=x', '&limit=-1', '&explain=yes'])(
    'with a query that is not well formed is a bad request: %s',
    async (more) => {
      const answer =
        more === '' ? await http(server, null, '/api/faq/search') : await search(null, WATER, more)
      expect(answer).toMatchObject({ status: 400, body: { code: 'bad-request' } })
    },
  )

  it('of nothing, of NUL, or of more than a message may hold is a bad request', async () => {
    for (const q of ['', '  ', 'a\u0000', '环'.repeat(4001)]) {
      expect((await search(null, q)).status, JSON.stringify(q.slice(0, 9))).toBe(400)
    }
  })

  it.each([
    ['as many letters as a message may hold', '𠮷'.repeat(4000)],
    ['regular expressions', '(a+)+$ .*.*.* [[:alpha:]] \\d{1,999}'],
    ['wildcards', '*'.repeat(500)],
    ['hundreds of words', Array.from({ length: 800 }, (_, i) => `w${i}`).join(' ')],
    ['prototypes', '__proto__ constructor hasOwnProperty toString'],
  ])('of %s is answered soon', async (_, q) => {
    const started = performance.now()
    expect((await search(null, q)).status).toBe(200)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})

describe('suggest', () => {
  it('gives anyone up to five questions while typing', async () => {
    const { status, body } = await http(server, null, '/api/faq/suggest?q=环评')
    expect(status).toBe(200)
    expect(body.length).toBeGreaterThan(0)
    expect(body.length).toBeLessThanOrEqual(5)
    for (const one of body) expect(keysOf(one)).toEqual(['id', 'question'])
  })

  it('gives nothing for nothing', async () => {
    expect((await http(server, null, '/api/faq/suggest?q=')).body).toEqual([])
    expect((await http(server, null, '/api/faq/suggest')).status).toBe(400)
  })
})

describe('a guest', () => {
  it('may use nothing but these two', async () => {
    for (const path of ['/api/threads', '/api/directory', '/api/files/x', '/api/session']) {
      expect((await http(server, null, path)).body.code).toBe('not-signed-in')
    }
    const ask = { type: 'ask', id: crypto.randomUUID(), text: '？' }
    expect((await http(server, null, '/api/commands', { body: ask })).status).toBe(401)
  })
})
