import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../src/audit/audit-store.ts'
import type { AuditRow } from '../../src/protocol/audit.ts'
import type { Client } from '../support/client.ts'
import { aServer, PASSWORD, type TestServer } from '../support/server.ts'
import { aThread, connect, did, http, person, tell, type Who } from './support.ts'

let server: TestServer
let thread: string
let file: string
let admin: string
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  const form = new FormData()
  form.set('file', new Blob(['%PDF-1.7\n1 0 obj\n<<>>\nendobj\n']), '合同.pdf')
  file = (await http(server, 'e0', '/api/files', { body: form })).body.id
  thread = await aThread(server, 'held')
  await did(server, 'e0', { type: 'say', thread, text: '电话 13800001234', files: [file] })
  admin = (await person(server, 'admin')).id
  for (const who of ['admin', 'sun', 'wang', 'zhao', 'qian'] as const) {
    await http(server, who, '/api/session')
  }
})
afterAll(() => server[Symbol.asyncDispose]())

/** Rows that come from now on, oldest first. */
let since: number
const rows = async (): Promise<AuditRow[]> => {
  await server.running.services.audit.settled()
  const { body } = await http(server, 'admin', '/api/audit?limit=200')
  return body.items.filter(({ seq }: AuditRow) => seq > since).reverse()
}
beforeEach(async () => {
  since = 0
  since = (await rows()).at(-1)?.seq ?? 0
})
const said = (all: AuditRow[]) => all.map(({ by, what, about }) => ({ by, what, about }))

const answers = (socket: Client, n: number) => {
  const watched = () => socket.frames.filter(({ type }) => type === 'watched')
  return socket.until(() => (watched().length === n ? true : undefined))
}

describe('the audit of looks', () => {
  it.each([
    ['a thread', () => `/api/threads/${thread}`, 'thread-read', () => ({ thread })],
    ['its entries', () => `/api/threads/${thread}/entries`, 'entries-read', () => ({ thread })],
    ['its record', () => `/api/threads/${thread}/record`, 'record-read', () => ({ thread })],
    ['a file', () => `/api/files/${file}`, 'file-read', () => ({ file })],
    [
      'the list',
      () => '/api/threads?view=all&q=13800001234',
      'list-read',
      () => ({ view: 'all', threads: 1, words: true }),
    ],
  ])('has an admin’s look at %s, and nobody else’s', async (_, path, what, about) => {
    for (const who of ['wang', 'sun', 'e0', 'admin'] as const) {
      expect((await http(server, who, path())).status).toBe(200)
    }
    expect(said(await rows())).toEqual([{ by: { role: 'admin', id: admin }, what, about: about() }])
  })

  it('has an admin’s watch and resume over the socket, before the first entry is sent', async () => {
    const socket = await connect(server, 'admin', { resume: { [thread]: 2 } })
    await answers(socket, 1)
    socket.send({ type: 'watch', thread, after: 0 })
    await answers(socket, 2)
    socket.close()
    expect(said(await rows())).toEqual([
      { by: { role: 'admin', id: admin }, what: 'thread-watched', about: { thread, after: 2 } },
      { by: { role: 'admin', id: admin }, what: 'thread-watched', about: { thread, after: 0 } },
    ])
  })

  it('holds no word, number or name of anybody', async () => {
    const { text } = await http(server, 'admin', '/api/audit/export')
    expect(text).not.toMatch(/13800001234|电话|王工|陈晓敏|清源|合同/)
  })
})

describe('the audit of refusals', () => {
  it.each<[string, Who, () => Promise<unknown>, string, object]>([
    [
      'an officer reads a thread of another desk',
      'zhao',
      () => http(server, 'zhao', `/api/threads/${thread}/entries`),
      'not-found',
      { by: 'GET /api/threads/:id/entries' },
    ],
    [
      'an officer commands in a thread of another desk',
      'zhao',
      () => tell(server, 'zhao', { type: 'note', thread, text: '偷看' }),
      'not-found',
      { by: 'note' },
    ],
    [
      'a supervisor commands what is an officer’s',
      'sun',
      () => tell(server, 'sun', { type: 'claim', thread }),
      'not-allowed',
      { by: 'claim' },
    ],
    [
      'a curator opens the record',
      'qian',
      () => http(server, 'qian', `/api/threads/${thread}`),
      'not-found',
      { by: 'GET /api/threads/:id' },
    ],
  ])('has it when %s', async (_, who, act, code, about) => {
    await act()
    const { id, role } = await person(server, who)
    expect(said(await rows())).toEqual([
      { by: { role, id }, what: 'access-refused', about: { code, thread, ...about } },
    ])
  })

  it('has it when staff ask for a route of others', async () => {
    expect((await http(server, 'wang', '/api/audit')).status).toBe(403)
    const { id } = await person(server, 'wang')
    const about = { code: 'not-allowed', by: 'GET /api/audit' }
    expect(said(await rows())).toEqual([
      { by: { role: 'officer', id }, what: 'access-refused', about },
    ])
  })

  it('has it when staff watch what they may not know of', async () => {
    const socket = await connect(server, 'zhao', {})
    socket.send({ type: 'watch', thread })
    await socket.next(({ type }) => type === 'refused')
    socket.close()
    expect(said(await rows())).toMatchObject([
      { what: 'access-refused', about: { code: 'not-found', by: 'watch', thread } },
    ])
  })

  it('leaves out enterprises, whose refusals are not the bureau’s doing', async () => {
    await http(server, 'e1', `/api/threads/${thread}`)
    expect(await rows()).toEqual([])
  })
})

describe('the audit of sign-ins', () => {
  const signIn = (username: string, password: string) =>
    http(server, null, '/api/session', { body: { username, password } })

  it('has those that came, failed and left, without passwords or unknown names', async () => {
    const { id, role } = await person(server, 'li')
    const { headers } = await signIn('li', PASSWORD)
    const cookie = headers.get('set-cookie')!.split(';')[0]!
    await http(server, null, '/api/session', { method: 'DELETE', headers: { cookie } })
    await signIn('li', 'wrong-password')
    await signIn('li-typed-his-password-here', 'wrong-password')
    const all = said(await rows())
    expect(all).toEqual([
      { by: { role, id }, what: 'signed-in', about: {} },
      { by: { role, id }, what: 'signed-out', about: {} },
      { by: { role: 'nobody' }, what: 'sign-in-failed', about: { staff: id } },
    ])
  })
})

describe('GET /api/audit', () => {
  it('is an admin’s alone', async () => {
    for (const path of ['/api/audit', '/api/audit/export']) {
      expect((await http(server, null, path)).status).toBe(401)
      for (const who of ['e0', 'wang', 'sun', 'qian'] as const) {
        expect([who, (await http(server, who, path)).status]).toEqual([who, 403])
      }
    }
  })

  it('pages from the newest back without gap or repeat, by who and by day', async () => {
    const all: AuditRow[] = []
    for (let cursor = ''; ; ) {
      const { body } = await http(server, 'admin', `/api/audit?limit=3${cursor}`)
      all.push(...body.items)
      if (!body.next) break
      cursor = `&cursor=${body.next}`
    }
    const seqs = all.map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.map((_, i) => all.length - i))
    const of = async (query: string): Promise<AuditRow[]> =>
      (await http(server, 'admin', `/api/audit?limit=200&${query}`)).body.items
    const his = await of(`who=${admin}`)
    expect(his.length).toBeGreaterThan(5)
    expect(his.every(({ by }) => by.id === admin)).toBe(true)
    expect((await of('who=nobody')).map(({ what }) => what)).toEqual(['sign-in-failed'])
    expect(await of('from=2026-11-24&to=2026-11-24')).toHaveLength(all.length)
    expect(await of('to=2026-11-23')).toEqual([])
    expect(await of('from=2026-11-25')).toEqual([])
  })

  it.each(['from=yesterday', 'to=2026-02-30', 'cursor=-1', 'limit=0', 'who=%00'])(
    'does not understand ?%s',
    async (query) => {
      expect((await http(server, 'admin', `/api/audit?${query}`)).body.code).toBe('bad-request')
    },
  )

  it('is exported as one row a line, oldest first, chained, with a row of its own', async () => {
    const { text, headers } = await http(server, 'admin', '/api/audit/export')
    expect(headers.get('content-type')).toBe('application/x-ndjson')
    const exported = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditRow)
    expect(exported.map(({ seq }) => seq)).toEqual(exported.map((_, i) => i + 1))
    expect(exported.at(-1)).toMatchObject({ by: { id: admin }, what: 'audit-exported' })
    const { seq, hash } = exported.at(-1)!
    expect(await verifyAudit(server.database.db)).toMatchObject({ head: { seq, hash } })
  })
})
