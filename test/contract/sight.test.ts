import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { ANSWERED, append, aThread, byOf, did, http, keysOf, person, type Who } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

type Sees = 'whole' | 'open' | 'masked' | 'nothing'

/** What somebody sees of a thread over HTTP, held together over all of its routes. */
async function sees(who: Who, thread: string): Promise<Sees> {
  const path = `/api/threads/${thread}`
  const [one, entries, record, list] = await Promise.all([
    http(server, who, path),
    http(server, who, `${path}/entries`),
    http(server, who, `${path}/record`),
    http(server, who, '/api/threads?limit=200'),
  ])
  const isListed = list.body.items.some(({ id }: { id: string }) => id === thread)
  if (one.status === 404) {
    for (const answer of [one, entries, record]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
    }
    expect(isListed).toBe(false)
    return 'nothing'
  }
  expect([one.status, entries.status, isListed]).toEqual([200, 200, true])
  const isMasked = entries.body.items[0].masked === true
  expect(record.status).toBe(isMasked ? 403 : 200)
  if (isMasked) return 'masked'
  expect(record.body.items).toEqual(entries.body.items)
  return entries.body.items.some(({ kind }: { kind: string }) => kind === 'sealed')
    ? 'open'
    : 'whole'
}

async function noted(thread: string): Promise<string> {
  await append(server, thread, {
    kind: 'noted',
    by: await byOf(server, 'wang'),
    body: { text: '内部' },
  })
  return thread
}
const to = async (who: string) => ({ to: { person: await person(server, who) } })
const EIA = { to: { desk: { id: 'eia', name: '环评科' } } }

/** Hands a thread over and over: each is offered by the one before and accepted. */
async function handedOver(thread: string, from: string, ...officers: string[]): Promise<void> {
  let giver = from
  for (const taker of officers) {
    const { desk = '' } = await person(server, taker)
    await append(
      server,
      thread,
      {
        kind: 'handover-offered',
        by: await byOf(server, giver),
        body: { ...(await to(taker)), reason: '转' },
      },
      { kind: 'handover-accepted', by: await byOf(server, taker), body: { desk } },
    )
    giver = taker
  }
}

/** Threads of desk `water`, each with one thing about `zhao`, who works at desk `eia`. */
const ABOUT_ZHAO: [string, () => Promise<string>, Sees][] = [
  ['nothing', () => aThread(server, 'held'), 'nothing'],
  [
    'an offer to him',
    async () => {
      const thread = await aThread(server, 'held')
      const body = { ...(await to('zhao')), reason: '转' }
      await append(server, thread, {
        kind: 'handover-offered',
        by: await byOf(server, 'wang'),
        body,
      })
      return thread
    },
    'whole',
  ],
  [
    'an offer to his desk',
    async () => {
      const thread = await aThread(server, 'held')
      const by = await byOf(server, 'wang')
      await append(server, thread, { kind: 'handover-offered', by, body: { ...EIA, reason: '转' } })
      return thread
    },
    'whole',
  ],
  [
    'an offer that was withdrawn',
    async () => {
      const thread = await aThread(server, 'held')
      const by = await byOf(server, 'wang')
      const body = { ...(await to('zhao')), reason: '转' }
      await append(server, thread, { kind: 'handover-offered', by, body })
      await append(server, thread, { kind: 'handover-withdrawn', by, body: {} })
      return thread
    },
    'nothing',
  ],
  [
    'an opinion that he was asked for and gave',
    async () => {
      const thread = await aThread(server, 'held')
      const by = await byOf(server, 'wang')
      const body = { ...(await to('zhao')), text: '？' }
      await append(server, thread, { kind: 'opinion-asked', by, body })
      await append(server, thread, {
        kind: 'opinion-given',
        by: await byOf(server, 'zhao'),
        body: { text: '！', public: false },
      })
      return thread
    },
    'whole',
  ],
  [
    'an opinion that his desk was asked for',
    async () => {
      const thread = await aThread(server, 'held')
      const by = await byOf(server, 'wang')
      await append(server, thread, { kind: 'opinion-asked', by, body: { ...EIA, text: '？' } })
      return thread
    },
    'whole',
  ],
  [
    'his having been its first responder',
    async () => {
      const { thread } = await did(server, 'e0', { type: 'ask', text: ANSWERED })
      await did(server, 'e0', { type: 'escalate', thread })
      await did(server, 'zhao', { type: 'claim', thread })
      await handedOver(thread, 'zhao', 'wang')
      return thread
    },
    'whole',
  ],
  [
    'his having held it in between',
    async () => {
      const thread = await aThread(server, 'held')
      await handedOver(thread, 'wang', 'zhao', 'li')
      return thread
    },
    'whole',
  ],
]

describe('an officer of another desk', () => {
  it.each(ABOUT_ZHAO)('about whom a thread says %s', async (_, make, expected) => {
    const thread = await noted(await make())
    expect((await http(server, 'wang', `/api/threads/${thread}`)).body.desk).toBe('water')
    expect(await sees('zhao', thread)).toBe(expected)
    const client = await Client.open(server, { cookie: await server.cookie('zhao') })
    client.send({ type: 'watch', thread, after: 0 })
    const answer = await client.next((f) => f.type === 'watched' || f.type === 'refused')
    if (expected === 'nothing') {
      expect(answer).toMatchObject({ type: 'refused', code: 'not-found', thread })
      expect(client.entries(thread)).toEqual([])
    } else expect(client.entries(thread).at(-1)).toMatchObject({ kind: 'noted' })
    client.close()
  })
})

describe('who sees what', () => {
  const STAGES = ['answering', 'waiting', 'held', 'resolved', 'closed', 'withdrawn'] as const
  type Row = [Who, Record<(typeof STAGES)[number], Sees>]
  const all = (sight: Sees) => Object.fromEntries(STAGES.map((stage) => [stage, sight])) as Row[1]
  // before it is escalated a thread has no desk yet
  const ofDesk = { ...all('whole'), answering: 'nothing', withdrawn: 'nothing' } as const
  const ROWS: Row[] = [
    ['e0', all('open')],
    ['e1', all('nothing')],
    ['wang', ofDesk],
    ['li', ofDesk],
    ['zhao', all('nothing')],
    ['sun', ofDesk],
    ['qian', { ...all('nothing'), resolved: 'masked', closed: 'masked', withdrawn: 'masked' }],
    ['admin', all('whole')],
  ]
  let threads: Record<(typeof STAGES)[number], string>
  beforeAll(async () => {
    const made = await Promise.all(
      STAGES.map(async (stage) => [stage, await noted(await aThread(server, stage))] as const),
    )
    threads = Object.fromEntries(made) as typeof threads
  })

  it.each(ROWS)('%s, state by state', async (who, expected) => {
    for (const stage of STAGES) {
      expect(`${stage} ${await sees(who, threads[stage])}`).toBe(`${stage} ${expected[stage]}`)
    }
  })

  it('gives all users of an enterprise its threads', async () => {
    const headers = { authorization: `Bearer ${await server.token({ enterprise: 0, sub: 'x' })}` }
    const answer = await http(server, null, `/api/threads/${threads.held}`, { headers })
    expect(answer).toMatchObject({ status: 200, body: { id: threads.held, read: 0 } })
  })

  it('gives a supervisor only the desks that are theirs', async () => {
    const { sql } = server.database
    await sql`update staff set desks = '{eia}' where username = 'sun'`
    try {
      expect(await sees('sun', threads.held)).toBe('nothing')
    } finally {
      await sql`update staff set desks = '{water,eia}' where username = 'sun'`
    }
  })

  it('gives no one a thread that does not exist, whatever its id looks like', async () => {
    const ids = ['0190a000-0000-7000-8000-000000000000', "'; drop table threads; --", '%00']
    for (const id of [...ids, '../../etc/passwd', '💥'].map(encodeURIComponent)) {
      const answer = await http(server, 'admin', `/api/threads/${id}`)
      expect([id, answer.status, answer.body.code]).toEqual([id, 404, 'not-found'])
    }
  })

  it('shows a curator neither people nor enterprises nor personal numbers', async () => {
    const text =
      '我是陈晓敏，电话13800138000或138 0013 8000，邮箱a.b@c.cn，身份证11010119900307123X'
    const { thread } = await did(server, 'e0', { type: 'ask', text })
    await did(server, 'e0', { type: 'cancel', thread })
    const [one, entries] = await Promise.all([
      http(server, 'qian', `/api/threads/${thread}`),
      http(server, 'qian', `/api/threads/${thread}/entries`),
    ])
    for (const { text: shown } of [one, entries]) {
      expect(shown).not.toMatch(/13800138000|0013|a\.b@|19900307|91330199|清源印染|owner/)
    }
    const [first] = entries.body.items
    expect(keysOf(first)).toContain('masked')
    expect(first.by).toEqual({ role: 'enterprise', id: 'enterprise' })
  })
})
