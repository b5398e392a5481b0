import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvLine } from '../../src/reports/csv.ts'
import { aThread, http } from '../contract/support.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { unzipped } from '../support/zip.ts'
import { did, enterpriseAt, MINUTE, staffOf } from './support.ts'

let server: TestServer
let firm: ReturnType<typeof enterpriseAt>
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  await aThread(server, 'closed')
  firm = {
    ...enterpriseAt(1),
    enterprise: { ...enterpriseAt(1).enterprise, name: '=HYPERLINK("http://x","点我"),甲' },
  }
  await did(server, firm, { type: 'ask', text: '车间氨气泄漏了，有人晕倒，怎么办？' })
})
afterAll(() => server[Symbol.asyncDispose]())

const NOVEMBER = 'from=2026-11-01&to=2026-11-30'

describe('a report over HTTP', () => {
  it('delivers each figure with its definition, in Chinese and in English', async () => {
    const { body } = await http(server, 'admin', `/api/reports?${NOVEMBER}`)
    expect(body).toMatchObject({ from: '2026-11-01', to: '2026-11-30', calendar: 'cn-2026.1' })
    expect(body.at).toBe(server.clock.now().toISOString())
    const names = body.definitions.map(({ name }: { name: string }) => name)
    expect(Object.keys(body.total.figures)).toEqual(names)
    expect(new Set(names).size).toBe(names.length)
    for (const { zh, en } of body.definitions) {
      expect(zh.name).toMatch(/率|用时|占比/)
      expect(zh.text).toMatch(/。$/)
      expect(en.text).toMatch(/\.$/)
    }
    expect(body.total.figures.response).toEqual({ n: 1, of: 2, rate: 0.5 })
    expect(body.groups).toEqual([])
  })

  it('groups by day, month, desk, officer, topic and district, under the name on the record', async () => {
    const keys = async (by: string) => {
      const { body } = await http(server, 'admin', `/api/reports?${NOVEMBER}&by=${by}`)
      return body.groups.map(({ key, name }: { key: string; name?: string }) => name ?? key)
    }
    expect(await keys('day')).toEqual(['2026-11-24'])
    expect(await keys('month')).toEqual(['2026-11'])
    expect(await keys('desk')).toEqual(['eia', 'water', null])
    expect(await keys('officer')).toEqual(['王工', null])
    expect(await keys('district')).toEqual(['临江区', '高新区'])
  })

  it('gives a supervisor what is to the credit of their desks, and nothing of the bot', async () => {
    const { sql } = server.database
    await sql`update staff set desks = '{eia}' where username = 'sun'`
    server.clock.pass(2 * 60 * MINUTE)
    const cookie = await server.cookie('sun')
    const asked = { headers: { cookie } }
    const { body } = await http(server, null, `/api/reports?${NOVEMBER}&by=desk`, asked)
    expect(body.groups.map(({ key }: { key: string }) => key)).toEqual(['eia'])
    expect(body.total).toMatchObject({
      threads: 1,
      figures: { response: { n: 0, of: 1 }, 'bot-share': { of: 0, rate: null } },
    })
    const path = `/api/reports/threads.csv?${NOVEMBER}`
    const rows = (text: string) => text.trimEnd().split('\r\n').length - 1
    expect(rows((await http(server, null, path, asked)).text)).toBe(1)
    expect(rows((await http(server, 'admin', path)).text)).toBe(2)
  })

  it.each([
    ['', 'from'],
    ['from=2026-11-01', 'to'],
    ['from=2026-11-31&to=2026-12-01', 'from'],
    ['from=0000-01-01&to=2026-12-01', 'from'],
    ['from=2026-11-02&to=2026-11-01', 'to'],
    ['from=2025-01-01&to=2026-01-02', 'to'],
    ['from=2026-11-01&to=9999-12-31', 'to'],
    [`${NOVEMBER}&by=colour`, 'by'],
  ])('refuses ?%s and names %s', async (query, detail) => {
    const { status, body } = await http(server, 'admin', `/api/reports?${query}`)
    expect([status, body.code, body.detail]).toEqual([400, 'bad-request', detail])
    if (detail === 'by') return
    for (const form of ['csv', 'xlsx']) {
      const file = await http(server, 'admin', `/api/reports/threads.${form}?${query}`)
      expect([file.status, file.body.detail]).toEqual([400, detail])
    }
  })
})

describe('the threads behind a figure', () => {
  const behind = async (query: string) => {
    const { body } = await http(server, 'admin', `/api/reports/threads?${NOVEMBER}&${query}`)
    return [
      body.total,
      body.items.map(({ question }: { question: string }) => question.slice(0, 4)),
    ]
  }
  const [REPLIED, WAITS] = ['我们公司', '车间氨气']

  it('are those of its numerator, the others, or all', async () => {
    const [n, questions] = await behind('figure=response')
    expect([n, new Set(questions)]).toEqual([2, new Set([WAITS, REPLIED])])
    expect(await behind('figure=response&hit=1')).toEqual([1, [REPLIED]])
    expect(await behind('figure=response&hit=0')).toEqual([1, [WAITS]])
    expect(await behind('figure=holding-time')).toEqual([1, [REPLIED]])
  })

  it('are of one desk, officer, topic or district, or of what has none', async () => {
    const { wang } = await staffOf(server)
    expect(await behind('figure=response&desk=water')).toEqual([1, [REPLIED]])
    expect(await behind(`figure=response&officer=${wang.id}`)).toEqual([1, [REPLIED]])
    expect(await behind('figure=response&officer=')).toEqual([1, [WAITS]])
    const district = (name: string) => `figure=response&district=${encodeURIComponent(name)}`
    expect(await behind(district('高新区'))).toEqual([1, [WAITS]])
    const { groups } = (await http(server, 'admin', `/api/reports?${NOVEMBER}&by=topic`)).body
    for (const { key, figures } of groups) {
      const [threads] = await behind(`figure=response&topic=${key ?? ''}`)
      expect([key, threads]).toEqual([key, figures.response.of])
    }
  })

  it('are as many as the figure says, under each condition that a report knows', async () => {
    const report = `/api/reports?${NOVEMBER}&desk=water`
    const { total, definitions } = (await http(server, 'admin', report)).body
    for (const { name, kind } of definitions) {
      const figure = total.figures[name]
      const n = kind === 'time' ? figure.elapsed.n : figure.of
      const [threads] = await behind(`figure=${name}&desk=water`)
      expect([name, threads]).toEqual([name, Math.min(n, 1)])
    }
  })

  it('are for a supervisor those to the credit of their desks', async () => {
    const path = `/api/reports/threads?${NOVEMBER}&figure=response`
    const { sql } = server.database
    await sql`update staff set desks = '{eia}' where username = 'sun'`
    const headers = { cookie: await server.cookie('sun') }
    const { body } = await http(server, null, path, { headers })
    expect(body).toMatchObject({ total: 1, items: [{ enterprise: { district: '高新区' } }] })
  })

  it('are of a figure that there is', async () => {
    const path = `/api/reports/threads?${NOVEMBER}&figure=beauty`
    const { status, body } = await http(server, 'admin', path)
    expect([status, body.detail]).toEqual([400, 'figure'])
  })

  it('tell who had them, and when', async () => {
    const { items } = (
      await http(server, 'admin', `/api/reports/threads?${NOVEMBER}&figure=response&hit=1`)
    ).body
    const { body } = await http(server, 'admin', `/api/threads/${items[0].id}/chain`)
    const links = body.items.map(
      ({ state, desk, person }: { state: string; desk?: string; person?: { name: string } }) =>
        [state, desk, person?.name].filter(Boolean).join(' '),
    )
    expect(links).toEqual([
      'answering',
      'waiting water',
      'held water 王工',
      'resolved water 王工',
      'closed water 王工',
    ])
    expect(body.items.at(-1).to).toBeUndefined()
    expect((await http(server, 'admin', '/api/threads/none/chain')).status).toBe(404)
  })
})

describe('a report as CSV', () => {
  it('is UTF-8 with a byte order mark, a row a thread, headed in the reader’s language', async () => {
    const path = `/api/reports/threads.csv?${NOVEMBER}`
    const { text, headers } = await http(server, 'admin', path)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('content-disposition')).toContain('attachment')
    expect(text).toMatch(/^咨询编号,/)
    const bytes = await fetch(`${server.url}${path}`, {
      headers: { cookie: await server.cookie('admin'), origin: server.url },
    }).then((response) => response.bytes())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(text).toContain('2026-11-24 10:00:00,清源印染有限公司,')
    const english = await http(server, 'admin', path, { headers: { 'accept-language': 'en' } })
    expect(english.text).toMatch(/^thread,/)
  })

  it('gives no text to a spreadsheet as a formula', async () => {
    const { text } = await http(server, 'admin', `/api/reports/threads.csv?${NOVEMBER}`)
    expect(text).toContain(`,"'=HYPERLINK(""http://x"",""点我""),甲",`)
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=1', ' =1', '＝1', '＠x']) {
      expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/)
    }
    expect(csvLine(['甲', null, 3, 'a "b"', 'x,y'])).toBe('甲,,3,"a ""b""","x,y"\r\n')
  })
})

const bytesOf = async (path: string) => {
  const cookie = await server.cookie('admin')
  const response = await fetch(`${server.url}${path}`, { headers: { cookie } })
  return { headers: response.headers, bytes: Buffer.from(await response.bytes()) }
}

describe('a report as a workbook', () => {
  const PATH = `/api/reports/threads.xlsx?${NOVEMBER}`

  it('holds the same rows under the same headings', async () => {
    const { headers, bytes } = await bytesOf(PATH)
    expect(headers.get('content-type')).toContain('spreadsheetml.sheet')
    expect(headers.get('content-disposition')).toContain('.xlsx"')
    const sheet = unzipped(bytes).get('xl/worksheets/sheet1.xml')!.toString()
    const texts = [...sheet.matchAll(/<t [^>]*>([^<]*)<\/t>/g)].map(([, text]) => text)
    const { text } = await http(server, 'admin', PATH.replace('xlsx', 'csv'))
    const [head, ...rows] = text.trimEnd().split('\r\n')
    expect(texts.slice(0, head!.split(',').length)).toEqual(head!.split(','))
    expect(sheet.match(/<row /g)).toHaveLength(rows.length + 1)
    expect(texts).toContain(`'=HYPERLINK(&quot;http://x&quot;,&quot;点我&quot;),甲`)
  })

  it.each(['csv', 'xlsx'])('as %s tells how far it is to who asks for it', async (form) => {
    const path = PATH.replace('xlsx', form)
    const { headers, bytes } = await bytesOf(`${path}&progress=1`)
    expect(headers.get('x-total-threads')).toBe('2')
    const [parts, seen]: [Buffer[], number[]] = [[], []]
    for (let at = 0; at < bytes.length; ) {
      seen.push(bytes.readUInt32BE(at))
      const end = at + 8 + bytes.readUInt32BE(at + 4)
      parts.push(bytes.subarray(at + 8, end))
      at = end
    }
    expect([seen[0], seen.at(-1)]).toEqual([0, 2])
    expect(Buffer.concat(parts)).toEqual((await bytesOf(path)).bytes)
  })
})

describe('who counts', () => {
  it('names an enterprise in no figure', async () => {
    const staff = await staffOf(server)
    const { text } = await http(server, 'admin', `/api/reports?${NOVEMBER}&by=officer`)
    expect(text).toContain(staff.wang.id)
    expect(text).not.toContain(firm.enterprise.uscc)
  })
})
