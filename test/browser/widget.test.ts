import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build, stale } from '../../src/web/build.ts'
import { aBrowser, aPage } from '../support/browser.ts'
import { aServer, TestClock, type TestServer } from '../support/server.ts'
import { aHost, type Host } from './host.ts'
import { openWidget, shot, violations, write } from './support.ts'

let host: Host
let server: TestServer
let browser: Browser

beforeAll(async () => {
  if (await stale()) await build()
  host = await aHost()
  server = await aServer({
    clock: new TestClock(new Date().toISOString()),
    // one clerk does in a minute what these tests do in none: their clock stands still
    env: { ALLOWED_ORIGINS: host.origin, RATE_LIMITS: 'off' },
  })
  host.serve(server.url, () => server.token())
  browser = await aBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
  await host?.[Symbol.asyncDispose]()
})

/** What an officer does over HTTP, as the console would. */
async function does(officer: string, command: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${server.url}/api/commands`, {
    method: 'POST',
    headers: {
      cookie: await server.cookie(officer),
      origin: server.url,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ id: randomUUID(), ...command }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

/** The thread that asks this, as its asker's list has it. */
async function threadAbout(text: string): Promise<string> {
  const list = await fetch(`${server.url}/api/threads?q=${encodeURIComponent(text)}`, {
    headers: { authorization: `Bearer ${await server.token()}` },
  })
  const { items } = (await list.json()) as { items: { id: string }[] }
  return items[0]!.id
}

const LOOKS = [
  ['phone', 'light', { isMobile: true, hasTouch: true }],
  ['desktop', 'dark', {}],
] as const

describe('a question that goes to a person', () => {
  it.each(LOOKS)(
    'is escorted to its end: %s, %s',
    async (size, colorScheme, more) => {
      const question = `台账丢了怎么补（${size}）？请人看`
      const { page, complaints } = await aPage(browser, size, { ...more, colorScheme })
      const dialog = await openWidget(page, `${server.url}/demo`)
      const looked = async (name: string) => {
        expect(await violations(page)).toEqual([])
        await shot(page, `${name}-${size}-${colorScheme}`)
      }
      await dialog.getByRole('heading', { name: '隐私说明' }).waitFor()
      await dialog.getByText('谁在用、用什么').click()
      await looked('privacy')
      await dialog.getByRole('button', { name: '知道了' }).click()
      await looked('home')
      await write(dialog, question)
      await dialog.locator('.log .card').first().waitFor()
      const ask = dialog.getByRole('button', { name: /转人工/ }).last()
      if (await ask.isVisible()) await ask.click()
      await dialog.getByText('一路护送').click()
      await dialog.getByRole('button', { name: '催办' }).click()
      await dialog.getByText('您已催办。').first().waitFor()
      await dialog.getByRole('button', { name: '催办' }).click()
      await dialog.getByText('刚催过').waitFor()
      await looked('waiting')

      const thread = await threadAbout(question)
      await does('zhao', { type: 'claim', thread })
      await dialog.locator('.escort').getByText('首问责任人 赵工').waitFor()
      await does('zhao', {
        type: 'notice',
        thread,
        items: ['营业执照复印件', '说明材料'],
        steps: ['到窗口', '取回执'],
        window: '政务大厅 3 号窗',
        limit: '5 个工作日',
      })
      await dialog.getByLabel('营业执照复印件').check()
      await dialog.getByText('已备 1 / 2').waitFor()
      await dialog.getByText('一路护送').click()
      await looked('notice')
      await page.reload()
      await page.getByRole('button', { name: /^环保咨询/ }).click()
      await dialog.getByRole('button', { name: '我的咨询' }).click()
      await dialog.getByLabel('搜索我的咨询').fill('没有这个词的咨询')
      await dialog.getByText('没有找到').waitFor()
      await looked('search-empty')
      await dialog.getByLabel('搜索我的咨询').fill('台账丢了')
      await dialog.getByRole('button', { name: question }).click()
      expect(await dialog.getByLabel('营业执照复印件').isChecked()).toBe(true)

      await does('zhao', { type: 'resolve', thread, outcome: 'handled', summary: '材料已收。' })
      await dialog.getByRole('radio', { name: '非常不满意' }).check()
      await dialog.getByRole('textbox', { name: /哪里没办好/ }).fill('没说清楚')
      await looked('rating')
      await dialog.getByRole('button', { name: '提交评价' }).click()
      await dialog.getByText('您的评价：非常不满意').waitFor()
      await dialog.getByRole('button', { name: '没解决，重新咨询' }).click()
      await write(dialog, '到底要几份？')
      await dialog.locator('.log').getByText('您重新提出了这件咨询。').first().waitFor()
      await looked('reopened')
      expect(complaints).toEqual([])
    },
    120_000,
  )

  it('is printed on a sheet of its own, with every word and its time', async () => {
    const { page, context } = await aPage(browser)
    const dialog = await openWidget(page, `${server.url}/demo`)
    await write(dialog, '夜里想问：应急预案几年修订？请人答复')
    await dialog.locator('.log .card').first().waitFor()
    const ask = dialog.getByRole('button', { name: /转人工/ }).last()
    if (await ask.isVisible()) await ask.click()
    await dialog.getByText('一路护送').click()
    const [sheet] = await Promise.all([
      context.waitForEvent('page'),
      dialog.getByRole('button', { name: '打印' }).click(),
    ])
    await sheet.getByText('应急预案几年修订').first().waitFor()
    await sheet.getByText('咨询编号').waitFor()
  }, 60_000)
})

describe('large type', () => {
  it('is a quarter larger, stays so, and still fits a phone', async () => {
    const { page } = await aPage(browser, 'phone', { isMobile: true, hasTouch: true })
    const dialog = await openWidget(page, `${server.url}/demo`)
    const size = () =>
      dialog.locator('.composer textarea').evaluate((area) => getComputedStyle(area).fontSize)
    const before = Number.parseFloat(await size())
    await dialog.getByRole('button', { name: '大字版' }).click()
    expect(Number.parseFloat(await size())).toBeCloseTo(before * 1.25)
    await page.reload()
    await page.getByRole('button', { name: '环保咨询' }).click()
    expect(Number.parseFloat(await size())).toBeCloseTo(before * 1.25)
    await shot(page, 'large-phone')
    expect(await violations(page)).toEqual([])
    const wide = await dialog.evaluate((panel) => panel.scrollWidth > panel.clientWidth)
    expect(wide).toBe(false)
  }, 60_000)
})

describe('a host page with hostile styles and a strict policy', () => {
  it('keeps its own look, scroll and globals, and the chat works and looks as ever', async () => {
    const { page, complaints } = await aPage(browser)
    await page.goto(host.origin)
    await page.getByRole('button', { name: '环保咨询' }).waitFor()
    const before = await pageFacts(page)
    await page.getByRole('button', { name: '环保咨询' }).click()
    const dialog = page.getByRole('dialog')
    // the topic of the page gives the first questions
    await dialog.locator('.chip', { hasText: '排污许可' }).first().waitFor()
    await dialog.getByRole('button', { name: '知道了' }).click()
    expect(await dialog.evaluate((el) => getComputedStyle(el).color)).toBe('rgb(27, 42, 47)')
    await write(dialog, '我们公司上中水回用系统有政策补贴吗？')
    await dialog.locator('.log').getByText('机器解答').first().waitFor()
    await shot(page, 'hostile-host')
    expect(await pageFacts(page)).toEqual(before)
    expect(complaints).toEqual([])
  }, 60_000)
})

/** What a guest must leave as it was. */
const pageFacts = (page: Page) =>
  page.evaluate(() => ({
    scroll: [scrollX, scrollY],
    title: document.title,
    head: document.head.children.length,
    body: document.body.children.length,
    style: document.body.getAttribute('style'),
    globals: Object.keys(window).filter((key) => /shou|preact|__/i.test(key)),
  }))

describe('by keyboard alone', () => {
  it('one opens, asks, reads the basis, goes to a person and closes', async () => {
    const { page } = await aPage(browser)
    await page.goto(`${server.url}/demo`)
    const launcher = page.getByRole('button', { name: '环保咨询' })
    await launcher.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await page.keyboard.type('我们公司上中水回用系统有政策补贴吗？')
    await page.keyboard.press('Enter')
    await dialog.locator('.log').getByText('机器解答').first().waitFor()
    await tabTo(page, /依据 \d+ 项/, 'Shift+Tab')
    await page.keyboard.press('Enter')
    await dialog.locator('.basis[open]').waitFor()
    await tabTo(page, /转人工/)
    await page.keyboard.press('Enter')
    await dialog
      .locator('.log')
      .getByText(/已转水科/)
      .first()
      .waitFor()
    await tabTo(page, /一路护送/, 'Shift+Tab')
    await page.keyboard.press('Enter')
    await dialog.locator('.escort[open]').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(
      await launcher.evaluate((el) => el === (el.getRootNode() as ShadowRoot).activeElement),
    ).toBe(true)
  }, 60_000)
})

/** Presses Tab (or Shift+Tab) until what has the focus says this. */
async function tabTo(page: Page, words: RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let i = 0; i < 90; i++) {
    await page.keyboard.press(key)
    const text = await page.evaluate(() => {
      const active = document.querySelector('shouwen-widget')?.shadowRoot?.activeElement
      return active?.textContent ?? ''
    })
    if (words.test(text) && text.length < 60) return
    passed.push(text.slice(0, 20))
  }
  throw new Error(`${key} never came to ${words}: ${passed.join(' | ')}`)
}
