import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_ISSUER, SAMPLE_ENTERPRISES } from '../../src/identity/demo.ts'
import { mintToken } from '../../src/identity/mint.ts'
import { aBrowser, aPage, SIZES } from '../support/browser.ts'
import { sealThrough } from '../support/seals.ts'
import { aServer, SECRET, type TestServer } from '../support/server.ts'
import { aThread, did, http, WATER } from './support.ts'

const MINUTE = 60_000
const ATTACK = '<img src=x onerror="document.title=1">'

let server: TestServer
let browser: Browser
let thread: string
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  browser = await aBrowser()
  thread = await aStory()
}, 60_000)
afterAll(async () => {
  await browser.close()
  await server[Symbol.asyncDispose]()
})

/** A thread with something of everything that a printed record tells. */
async function aStory(): Promise<string> {
  const id = await aThread(server, 'held')
  const own = { thread: id }
  server.clock.pass(5 * MINUTE)
  const said = await did(server, 'wang', { type: 'say', ...own, text: '可以申请五万元。' })
  await did(server, 'wang', { type: 'note', ...own, text: '内部备注甲' })
  await did(server, 'wang', { type: 'consult', ...own, to: await idOf('zhao'), text: '内部会办乙' })
  await did(server, 'zhao', { type: 'opine', ...own, text: '内部意见丙' })
  await did(server, 'zhao', { type: 'opine', ...own, text: '公开意见丁', public: true })
  await did(server, 'sun', { type: 'supervise', ...own, text: '督办戊' })
  await did(server, 'wang', { type: 'correct', ...own, seq: said.seq, text: '可以申请三万元。' })
  const list = { items: ['环评批复'], steps: ['到窗口'], window: '一楼三号', limit: '5 个工作日' }
  await did(server, 'wang', { type: 'notice', ...own, ...list })
  await did(server, 'wang', { type: 'resolve', ...own, outcome: 'answered', summary: '已全部答复' })
  await did(server, 'e0', { type: 'rate', ...own, grade: 4, comment: '谢谢' })
  return id
}

const idOf = async (name: string) =>
  (await server.database.sql`select id from staff where username = ${name}`)[0]!.id as string

type Reader = 'e0' | 'e1' | 'wang' | 'sun' | 'qian' | 'admin'
const printed = (who: Reader, id = thread) => http(server, who, `/api/threads/${id}/confirmation`)
/** What a reader reads: without tags, entities as their signs. */
const read = (text: string) =>
  text
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

describe('the printed record', () => {
  it('tells question, answers, basis and version, names, promises, outcome and rating', async () => {
    const { text, headers } = await printed('e0')
    expect(headers.get('content-type')).toBe('text/html; charset=UTF-8')
    expect(text).toMatch(/^<!doctype html>\s*<html lang="zh-CN">/)
    const page = read(text)
    const { body: entries } = await http(server, 'e0', `/api/threads/${thread}/entries`)
    const answered = entries.items.find(({ kind }: { kind: string }) => kind === 'answered').body
    for (const part of [
      thread,
      WATER,
      answered.question,
      answered.basis[0].title,
      `知识条目 ${answered.faq}，第 ${answered.version} 版`,
      '清源印染有限公司 （91330199MA2F7K4X27）',
      '首问责任人 王工',
      '王工（水科）',
      '会办意见 赵工 第',
      '公开意见丁',
      '环评批复',
      '一楼三号',
      '已全部答复',
      '已办结，已解答',
      '满意： 谢谢',
      '按时完成',
    ]) {
      expect(page).toContain(part)
    }
    expect(text).toContain('<time datetime="2026-11-24T10:05:00+08:00">2026-11-24 10:05:00</time>')
  })

  it('shows the newest words, that they were corrected, and what was said before', async () => {
    const page = read((await printed('e0')).text)
    expect(page).toMatch(/可以申请三万元。.*已更正.*王工.*原文： ?可以申请五万元。/)
  })

  it('ends with the head of the chain, and with the seal once there is one', async () => {
    const { body } = await http(server, 'e0', `/api/threads/${thread}/record`)
    const { seq, hash } = body.items.at(-1)
    const before = read((await printed('e0')).text)
    expect(before).toContain(`${seq}:${hash}`)
    expect(before).toContain('尚无日封覆盖')
    await sealThrough(server, '2026-11-24')
    const [seal] = (await http(server, 'admin', '/api/seals')).body
    expect(read((await printed('e0')).text)).toContain(
      `2026-11-24 的日封覆盖至第 ${seq} 条，签名 ${seal.signature}`,
    )
  })

  it('holds nothing that is sealed for the enterprise, whoever prints it', async () => {
    for (const who of ['e0', 'wang', 'sun', 'admin'] as const) {
      const { text } = await printed(who)
      expect(text).not.toMatch(/内部|督办/)
    }
  })

  it('is not for a curator, and does not exist for another enterprise', async () => {
    expect(await printed('qian')).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
    expect(await printed('e1')).toMatchObject({ status: 404 })
    expect(await printed('e0', randomUUID())).toMatchObject({ status: 404 })
  })

  it('says of redacted words that they were removed, and not what they were', async () => {
    const id = await aThread(server, 'held')
    const { seq } = await did(server, 'e0', { type: 'say', thread: id, text: '身份证号在此' })
    await did(server, 'admin', { type: 'redact', thread: id, seq, ground: '个人信息' })
    const page = read((await printed('e0', id)).text)
    expect(page).toContain('此条内容已按规定删除')
    expect(page).not.toContain('身份证号在此')
  })
})

describe('a printed record of an attacker', () => {
  it('is text in every field, under a policy that would run no script anyway', async () => {
    const { sub } = SAMPLE_ENTERPRISES[2]!
    const enterprise = { ...SAMPLE_ENTERPRISES[2]!.enterprise, name: `司${ATTACK}` }
    const now = server.clock.now()
    const who = { secret: SECRET, iss: DEMO_ISSUER, sub, name: `人${ATTACK}`, enterprise, now }
    const authorization = `Bearer ${await mintToken({ ...who, life: 3600 })}`
    const as = (body: object, path = '/api/commands') =>
      http(server, null, path, { headers: { authorization }, body: { id: randomUUID(), ...body } })
    const { body: asked } = await as({ type: 'ask', text: `${WATER}${ATTACK}` })
    const id = asked.thread as string
    const form = new FormData()
    form.set('file', new Blob(['%PDF-1.4\n%%EOF']), '"><svg onload=document.title=1>.pdf')
    const sent = { headers: { authorization }, body: form }
    const { body: file } = await http(server, null, '/api/files', sent)
    await as({ type: 'escalate', thread: id, note: ATTACK })
    await server.database.sql`update staff set name = ${`工${ATTACK}`} where role = 'officer'`
    const sayings = [
      await as({ type: 'say', thread: id, text: `[x](javascript:alert(1))${ATTACK}` }),
      await as({ type: 'say', thread: id, text: '附件', files: [file.id] }),
    ]
    expect(sayings.map(({ status }) => status)).toEqual([200, 200])
    const list = { items: [ATTACK], steps: [ATTACK], window: ATTACK, limit: ATTACK }
    for (const command of [
      { type: 'claim' },
      { type: 'notice', ...list },
      { type: 'resolve', outcome: 'answered', summary: ATTACK },
    ] as const) {
      const desk = (await http(server, 'admin', `/api/threads/${id}`)).body.desk
      await did(server, desk === 'water' ? 'wang' : 'zhao', { ...command, thread: id })
    }
    await as({ type: 'rate', thread: id, grade: 1, comment: ATTACK })
    const { text, headers } = await http(server, null, `/api/threads/${id}/confirmation`, {
      headers: { authorization },
    })
    expect(text.match(/<img|<svg|<script|href=/gi)).toBeNull()
    expect(text.match(/&lt;img src=x/g)!.length).toBeGreaterThan(8)
    const policy = headers.get('content-security-policy')!
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+=*'; /)
    expect(policy).not.toContain('unsafe')
    const { page, complaints } = await aPage(browser)
    await page.route('**/confirmation', (route) =>
      route.fulfill({ body: text, headers: Object.fromEntries(headers) }),
    )
    await page.goto(`${server.url}/confirmation`)
    expect(await page.title()).toBe(`答复确认单 ${id}`)
    expect(complaints).toEqual([])
    expect(
      await page.evaluate(() => getComputedStyle(document.querySelector('h1')!).textAlign),
    ).toBe('center')
  })
})

describe('a printed record on a screen', () => {
  it.each(['phone', 'tablet', 'desktop'] as const)('fits a %s', async (size) => {
    const { text, headers } = await printed('e0')
    const { page, complaints } = await aPage(browser, size)
    await page.route('**/confirmation', (route) =>
      route.fulfill({ body: text, headers: Object.fromEntries(headers) }),
    )
    await page.goto(`${server.url}/confirmation`)
    const folder = process.env.SCREENSHOTS
    if (folder)
      await page.screenshot({ path: `${folder}/confirmation-${size}.png`, fullPage: true })
    if (folder && size === 'desktop')
      await page.pdf({ path: `${folder}/confirmation.pdf`, format: 'A4' })
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(SIZES[size].width)
    expect(complaints).toEqual([])
  })
})
