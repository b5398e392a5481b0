import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'

/** Screenshots to be looked at; out of git. */
const ARTEFACTS = join(import.meta.dirname, '../../artefacts/widget')

/** The open widget on the demo page. */
export async function openWidget(page: Page, address: string): Promise<Locator> {
  await page.goto(address)
  await page.getByRole('button', { name: '环保咨询' }).click()
  const dialog = page.getByRole('dialog', { name: '生态环境咨询' })
  await dialog.waitFor()
  return dialog
}

export async function write(dialog: Locator, text: string): Promise<void> {
  const box = dialog.locator('.composer textarea')
  await box.fill(text)
  await box.press('Enter')
}

/** What axe finds in the widget, in words that name the element. */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).include('shouwen-widget').analyze()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
}

export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(ARTEFACTS, { recursive: true })
  await page.screenshot({ path: join(ARTEFACTS, `${name}.png`) })
}

/** The smallest PNG: one pixel. */
export const A_PICTURE = {
  name: '现场.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
}
export const A_PDF = {
  name: '环评批复.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'),
}
