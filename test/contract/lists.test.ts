import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Frame } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { ANSWERED, append, aThread, byOf, did, http, keysOf, type Who } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const list = (who: Who, query = '') => http(server, who, `/api/threads${query}`)
const ids = (answer: { body: { items: Frame[] } }) => answer.body.items.map(({ id }) => id)
const q = async (who: Who, text: string) => ids(await list(who, `?q=${encodeURIComponent(text)}`))
const ask = async (who: Who, text: string) => (await did(server, who, { type: 'ask', text })).thread

describe('a summary', () => {
  it('has the fields of the contract and no others', async () => {
    const thread = await aThread(server, 'resolved')
    await did(server, 'e0', { type: 'rate', thread, grade: 5 })
    const { body } = await http(server, 'e0', `/api/threads/${thread}`)
    expect(keysOf(body)).toEqual([
      ...['at', 'clocks', 'desk', 'enterprise', 'firstResponder', 'id', 'kind', 'openedAt'],
      ...['outcome', 'owner', 'question', 'rating', 'read', 'seq', 'state'],
    ])
    expect(body).toMatchObject({
      kind: 'consult',
      state: 'resolved',
      desk: 'water',
      rating: 5,
      owner: { id: expect.any(String), name: '王工', desk: 'water' },
    })
    for (const clock of body.clocks) {
      expect(clock).toMatchObject({
        name: expect.any(String),
        startedAt: expect.any(String),
        state: 'met',
      })
      expect(clock.startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    }
    expect((await list('e0', '?limit=1')).body.items[0]).toEqual(body)
  })

  it('shows the first 120 characters of the question, counted as people count', async () => {
    const thread = await ask('e1', '🏭'.repeat(200))
    const { question } = (await http(server, 'e1', `/api/threads/${thread}`)).body
    expect([...question]).toHaveLength(120)
    expect(question.isWellFormed()).toBe(true)
  })
})

describe('a list', () => {
  it('is walked by cursors, each thread exactly once, while new ones arrive', async () => {
    const mine: string[] = []
    for (let i = 0; i < 25; i++) {
      if (i % 3) server.clock.pass(1)
      mine.push(await ask('e3', `第${i}个问题`))
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const answer: Frame = await list('e3', `?limit=4${cursor ? `&cursor=${cursor}` : ''}`)
      expect(answer.body.items.length).toBeLessThanOrEqual(4)
      seen.push(...ids(answer as never))
      cursor = answer.body.next
      server.clock.pass(1)
      await ask('e3', '又来一个')
    } while (cursor)
    expect([...seen].sort()).toEqual([...mine].sort())
  })

  it('gives at most 200, however many are asked for, and 50 unasked', async () => {
    for (let i = 0; i < 210; i += 30) {
      await Promise.all(Array.from({ length: 30 }, () => ask('e2', '？？')))
    }
    expect((await list('e2', '?limit=1000')).body.items).toHaveLength(200)
    expect((await list('e2', '?limit=999999999999')).body.items).toHaveLength(200)
    expect((await list('e2')).body.items).toHaveLength(50)
    expect((await list('e2', '?limit=210')).body.next).toBeTypeOf('string')
  })

  it.each([
    ...['limit=0', 'limit=-1', 'limit=x', 'limit=1e3', 'limit=', 'limit=1.5'],
    ...['view=none', 'view=', 'state=open', 'state=waiting,none', 'q=%00'],
    ...['cursor=x', 'cursor=%00', `cursor=${btoa('2026|0190a000-0000-7000-8000-000000000000')}`],
    `cursor=${btoa('+275760-09-13T00:00:00Z|0190a000-0000-7000-8000-000000000000')}`,
    `cursor=${btoa("2026-11-24T00:00:00Z'; drop|0190a000-0000-7000-8000-000000000000")}`,
    `q=${'x'.repeat(300)}`,
  ])('with %s is a bad request', async (query) => {
    expect(await list('wang', `?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'bad-request' },
    })
  })

  it('filters by state, one or more', async () => {
    const [waiting, held] = [await aThread(server, 'waiting'), await aThread(server, 'held')]
    expect(ids(await list('wang', '?state=waiting&limit=200'))).toContain(waiting)
    expect(ids(await list('wang', '?state=waiting&limit=200'))).not.toContain(held)
    expect(ids(await list('wang', '?state=waiting,held&limit=200'))).toEqual(
      expect.arrayContaining([waiting, held]),
    )
  })

  it('has views: mine, waiting, overdue, desk, all', async () => {
    const [waiting, held] = [await aThread(server, 'waiting'), await aThread(server, 'held')]
    const view = async (who: Who, name: string) => ids(await list(who, `?view=${name}&limit=200`))
    expect(await view('wang', 'mine')).toContain(held)
    expect(await view('wang', 'mine')).not.toContain(waiting)
    expect(await view('li', 'mine')).toEqual([])
    expect(await view('e0', 'mine')).toEqual(expect.arrayContaining([waiting, held]))
    expect(await view('li', 'waiting')).toContain(waiting)
    expect(await view('sun', 'desk')).toEqual(expect.arrayContaining([waiting, held]))
    expect(await view('zhao', 'desk')).not.toContain(held)
    expect(await view('admin', 'desk')).toEqual([])
    expect(await view('sun', 'overdue')).not.toContain(waiting)
    server.clock.pass(3 * 3600 * 1000)
    expect(await view('sun', 'overdue')).toContain(waiting)
    expect(await view('e0', 'overdue')).toContain(waiting)
  })
})

describe('views by due time', () => {
  const orders = async (who: Who, view: string) => {
    const found: string[] = []
    const cursors: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await list(who, `?view=${view}&limit=1${cursor}`)
      found.push(...body.items.map(({ id }: Frame) => id))
      if (!body.next) return { found, cursors }
      cursors.push(atob(body.next))
      cursor = `&cursor=${encodeURIComponent(body.next)}`
    }
  }

  it('tell an enterprise nothing of sealed clocks, by order or by cursor', async () => {
    const first = await aThread(server, 'waiting', 'e2')
    server.clock.pass(60_000)
    const second = await aThread(server, 'waiting', 'e2')
    const due = new Date(server.clock.now().getTime() + 60_000).toISOString()
    await did(server, 'sun', { type: 'supervise', thread: first, text: '请抓紧', due })
    for (const view of ['waiting', 'overdue']) {
      if (view === 'overdue') server.clock.pass(9 * 24 * 3600 * 1000)
      const { found, cursors } = await orders('e2', view)
      expect(found).toEqual([second, first])
      const { body } = await list('e2', '?limit=200')
      const openedAt = body.items.map((item: Frame) => item.openedAt)
      for (const cursor of cursors) expect(openedAt).toContain(cursor.split('|')[0])
    }
    const mine = (await orders('sun', 'overdue')).found.filter((id) => [first, second].includes(id))
    expect(mine).toEqual([first, second])
  })
})

describe('q', () => {
  it('takes the wildcards of LIKE, quotes and backslashes literally', async () => {
    const thread = await ask('e1', "达标率 50%_a\\b 'x' 的问题")
    for (const text of ['50%', '_a\\b', "'x'", '50%_a\\b'])
      expect(await q('e1', text)).toEqual([thread])
    for (const text of ['5_%', '达%题', 'a%b', '50_']) expect(await q('e1', text)).toEqual([])
    expect(await q('e1', '%')).toEqual([thread])
  })

  it('finds what was said, answered and summed up, in capitals or not', async () => {
    const thread = await aThread(server, 'held', 'e1')
    await did(server, 'e1', { type: 'say', thread, text: '编号 ABC-9 的事' })
    await did(server, 'wang', { type: 'resolve', thread, outcome: 'handled', summary: '按九九办' })
    for (const text of ['abc-9', '按九九办']) expect(await q('e1', text)).toEqual([thread])
  })

  it('finds nothing of others', async () => {
    await ask('e0', '独一无二的词语')
    expect(await q('e0', '独一无二')).toHaveLength(1)
    for (const who of ['e1', 'wang'] as const) expect(await q(who, '独一无二')).toEqual([])
  })

  it('tells a curator no number that is masked for them', async () => {
    const thread = await ask('e0', '请回电 13912345678，编号甲乙丙')
    await did(server, 'e0', { type: 'cancel', thread })
    expect(await q('qian', '编号甲乙丙')).toEqual([thread])
    for (const part of ['13912345678', '1391234', '5678']) expect(await q('qian', part)).toEqual([])
    expect(await q('qian', '清源印染')).toEqual([])
    expect(await q('admin', '1391234')).toEqual([thread])
  })
})

describe('entries', () => {
  it('come in order, page by page, and next leads on until there is no more', async () => {
    const thread = await aThread(server, 'held')
    const by = await byOf(server, 'wang')
    const said = { kind: 'said', by, body: { text: '。' } } as const
    await append(server, thread, ...Array.from({ length: 250 }, () => said))
    const seqs: number[] = []
    let after: number | undefined = 0
    while (after !== undefined) {
      const path = `/api/threads/${thread}/entries?after=${after}&limit=100`
      const { body } = await http(server, 'wang', path)
      seqs.push(...body.items.map(({ seq }: Frame) => seq))
      after = body.next
    }
    expect(seqs).toEqual(seqs.map((_, i) => i + 1))
    expect(seqs).toHaveLength(254)
    const far = await http(server, 'wang', `/api/threads/${thread}/entries?after=99999999999`)
    expect(far).toMatchObject({ status: 200, body: { items: [] } })
  })
})

describe('a list by due time', () => {
  it('is walked exactly once too, unscheduled ones among them', async () => {
    const all: string[] = []
    for (let i = 0; i < 9; i++) {
      if (i === 6) server.clock.pass(400 * 24 * 3600 * 1000)
      const { thread } = await did(server, 'e0', { type: 'ask', text: ANSWERED })
      await did(server, 'e0', { type: 'escalate', thread })
      all.push(thread)
    }
    const { clocks } = (await http(server, 'e0', `/api/threads/${all[8]}`)).body
    expect(clocks[0]).toMatchObject({ state: 'unscheduled' })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const path = `?view=waiting&state=waiting&limit=2${cursor ? `&cursor=${cursor}` : ''}`
      const answer: Frame = await list('zhao', path)
      seen.push(...ids(answer as never))
      cursor = answer.body.next
    } while (cursor)
    expect(seen).toEqual(expect.arrayContaining(all))
    expect(new Set(seen).size).toBe(seen.length)
  })
})
