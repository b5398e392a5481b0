import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build, stale } from '../../src/web/build.ts'
import { aBrowser, aPage } from '../support/browser.ts'
import { aServer, PASSWORD, TestClock, type TestServer } from '../support/server.ts'

let server: TestServer
let browser: Browser

beforeAll(async () => {
  if (await stale()) await build()
  // the browser has the wall clock, and tokens are renewed by it
  server = await aServer({ clock: new TestClock(new Date().toISOString()) })
  browser = await aBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
})

const openWidget = async (page: Page) => {
  await page.goto(`${server.url}/demo`)
  await page.getByRole('button', { name: '环保咨询' }).click()
  await page.getByRole('dialog').waitFor()
}
const ask = async (page: Page, text: string) => {
  const box = page
    .getByRole('dialog')
    .getByRole('textbox')
    .or(page.getByRole('dialog').getByRole('combobox'))
  await box.first().fill(text)
  await box.first().press('Enter')
}
const signIn = async (page: Page, name: string) => {
  await page.goto(`${server.url}/console`)
  await page.getByLabel(/账号|用户名/).fill(name)
  await page
    .getByLabel(/口令|密码/)
    .first()
    .fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByText('在线').first().waitFor()
}

const violations = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)
}

describe('a clerk on a phone and an officer at a desk', () => {
  it('ask, answer with a basis, hand over, claim, reply, resolve and rate', async () => {
    const clerk = await aPage(browser, 'phone')
    await openWidget(clerk.page)
    await ask(clerk.page, '我们公司上中水回用系统有政策补贴吗？')
    const dialog = clerk.page.getByRole('dialog')
    await dialog.getByText('机器解答').first().waitFor()
    await dialog.getByText('国家没有“上了中水回用就给钱”的普惠补贴').waitFor()
    expect(await violations(clerk.page)).toEqual([])
    await dialog.getByRole('button', { name: '转人工' }).last().click()
    await dialog.getByText(/水科/).first().waitFor()

    const officer = await aPage(browser, 'desktop')
    await signIn(officer.page, 'wang')
    await officer.page.getByText('我们公司上中水回用系统有政策补贴吗？').first().click()
    await officer.page.getByRole('button', { name: '受理', exact: true }).click()
    await dialog
      .getByRole('log')
      .getByText(/王工.*已受理/)
      .waitFor()
    await dialog
      .getByText(/首问责任人/)
      .first()
      .waitFor()

    const reply = officer.page.getByRole('textbox', { name: /回复/ })
    await reply.fill('您好，本市今年的申报通知还没有发，发了我告诉您。')
    await reply.press('Control+Enter')
    await dialog.getByText('本市今年的申报通知还没有发').waitFor()
    expect(await violations(officer.page)).toEqual([])

    await officer.page.getByRole('button', { name: '办结', exact: true }).first().click()
    const resolving = officer.page.getByRole('dialog')
    await resolving.getByRole('textbox').last().fill('已答复：通知未发，发后告知。')
    await resolving.getByRole('button', { name: '办结', exact: true }).click()
    await dialog.getByText('通知未发，发后告知').waitFor()

    await dialog
      .getByRole('radio', { name: '非常满意' })
      .or(dialog.getByRole('button', { name: '非常满意' }))
      .first()
      .click()
    const send = dialog.getByRole('button', { name: /提交|评价/ }).last()
    if (await send.isVisible()) await send.click()
    await officer.page
      .getByText(/评价|非常满意/)
      .first()
      .waitFor()
    expect([
      ...clerk.complaints,
      ...officer.complaints.filter((text) => !text.includes('401')),
    ]).toEqual([])
  }, 120_000)
})
