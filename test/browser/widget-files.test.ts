import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build, stale } from '../../src/web/build.ts'
import { aBrowser, aPage } from '../support/browser.ts'
import { aServer, TestClock, type TestServer } from '../support/server.ts'
import { A_PDF, A_PICTURE, openWidget, shot, violations, write } from './support.ts'

let server: TestServer
let browser: Browser

beforeAll(async () => {
  if (await stale()) await build()
  server = await aServer({ clock: new TestClock(new Date().toISOString()) })
  browser = await aBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
})

const PHONE = { isMobile: true, hasTouch: true }

describe('files in the widget', () => {
  it('are seen before they are sent, go with the words and stay in the record', async () => {
    const { page, complaints } = await aPage(browser, 'phone', PHONE)
    const dialog = await openWidget(page, `${server.url}/demo`)
    await dialog.locator('input[type=file]').setInputFiles([A_PICTURE, A_PDF])
    await dialog.getByRole('list', { name: '要发的文件，2 个' }).waitFor()
    await dialog.getByRole('img', { name: '现场.png' }).waitFor()
    expect(await violations(page)).toEqual([])
    await shot(page, 'files-picked-phone')
    await write(dialog, '这份批复过期了吗，要不要重新办？')
    await dialog.getByText('环评批复.pdf（1 KB）').waitFor()
    await dialog.getByRole('button', { name: '保存 环评批复.pdf' }).waitFor()
    await dialog.getByRole('button', { name: '打开' }).waitFor()
    await dialog.getByRole('button', { name: '现场.png', exact: true }).waitFor()
    expect(await violations(page)).toEqual([])
    await shot(page, 'files-sent-phone')
    expect(complaints).toEqual([])
  }, 60_000)

  it('can be taken out again, and those of a wrong kind are refused with a reason', async () => {
    const { page } = await aPage(browser)
    const dialog = await openWidget(page, `${server.url}/demo`)
    const input = dialog.locator('input[type=file]')
    await input.setInputFiles([A_PDF])
    await dialog.getByRole('button', { name: '不发 环评批复.pdf' }).click()
    expect(await dialog.getByRole('list', { name: /要发的文件/ }).count()).toBe(0)
    await input.setInputFiles([
      { name: 'x.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
    ])
    await dialog.getByText('只能发图片、PDF').waitFor()
  }, 60_000)

  it('that are not what their name says are refused, and the words wait with them', async () => {
    const { page } = await aPage(browser)
    const dialog = await openWidget(page, `${server.url}/demo`)
    await dialog
      .locator('input[type=file]')
      .setInputFiles([{ ...A_PDF, buffer: Buffer.from('<html><script>1</script></html>') }])
    await write(dialog, '请看附件')
    await dialog.getByText('没发出去').waitFor()
    await dialog.getByText('不是能收的格式').waitFor()
  }, 60_000)

  it('pasted or dropped are taken, and a large photo goes smaller', async () => {
    const { page } = await aPage(browser)
    const dialog = await openWidget(page, `${server.url}/demo`)
    await dialog.locator('.composer textarea').evaluate(async (area) => {
      const canvas = document.createElement('canvas')
      canvas.width = canvas.height = 3000
      const context = canvas.getContext('2d')!
      // noise, so that the picture is as large as a photo
      const noise = context.createImageData(3000, 3000)
      for (let i = 0; i < noise.data.length; i++) noise.data[i] = Math.random() * 256
      context.putImageData(noise, 0, 0)
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
      const data = new DataTransfer()
      data.items.add(new File([blob!], '照片.png', { type: 'image/png' }))
      area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
    })
    await dialog.getByText('照片.jpg').waitFor()
    await dialog.evaluate((panel) => {
      const data = new DataTransfer()
      data.items.add(new File(['%PDF-1.4'], '拖来的.pdf', { type: 'application/pdf' }))
      panel.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }))
    })
    await dialog.getByText('拖来的.pdf').waitFor()
  }, 60_000)
})

describe('words written in flight mode', () => {
  it('are kept with their files over a reload, and sent once, from two tabs', async () => {
    const { page, context } = await aPage(browser, 'phone', PHONE)
    const dialog = await openWidget(page, `${server.url}/demo`)
    // the host page itself comes back after a reload; only our server is out of reach
    let away = true
    await context.route('**/api/files', (route) =>
      away ? route.abort('internetdisconnected') : route.continue(),
    )
    await context.routeWebSocket(/\/ws$/, (socket) => {
      if (away) void socket.close()
      else socket.connectToServer()
    })
    await page.reload()
    await page.getByRole('button', { name: '环保咨询' }).click()
    await dialog.locator('input[type=file]').setInputFiles([A_PDF])
    await write(dialog, '飞行模式里问的：固废台账要保存几年？')
    await dialog.getByText('等网络恢复后发送').first().waitFor()
    await shot(page, 'flight-mode-phone')
    await page.reload()
    await page.getByRole('button', { name: '环保咨询' }).click()
    await dialog.getByText('飞行模式里问的').waitFor()

    away = false
    const second = await context.newPage()
    await Promise.all([page.reload(), second.goto(`${server.url}/demo`)])
    for (const tab of [page, second]) {
      await tab.getByRole('button', { name: /^环保咨询/ }).click()
    }
    await dialog.getByText('飞行模式里问的').first().click()
    await dialog.getByRole('button', { name: '保存 环评批复.pdf' }).waitFor()
    const { items } = await threadsWith('飞行模式里问的')
    expect(items).toHaveLength(1)
    await page.reload()
    await page.getByRole('button', { name: '环保咨询' }).click()
    await dialog.getByText('飞行模式里问的').first().waitFor()
    expect(await dialog.getByText('等网络恢复后发送').count()).toBe(0)
  }, 90_000)
})

/** Asked as the demo's first enterprise, whom the demo page chooses. */
async function threadsWith(text: string): Promise<{ items: { id: string }[] }> {
  const enterprises = (await (await fetch(`${server.url}/demo/enterprises`)).json()) as {
    id: string
  }[]
  const answer = await fetch(`${server.url}/demo/token?enterprise=${enterprises[0]!.id}`)
  const said = await answer.text()
  const token = said.startsWith('{') ? (JSON.parse(said) as { token: string }).token : said.trim()
  const list = await fetch(`${server.url}/api/threads?q=${encodeURIComponent(text)}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return (await list.json()) as { items: { id: string }[] }
}
