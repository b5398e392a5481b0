import { existsSync } from 'node:fs'
import chromium from '@sparticuz/chromium'
import {
  type Browser,
  type BrowserContext,
  type Page,
  chromium as playwright,
} from 'playwright-core'

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=zh-CN',
]
/** What a bare Debian lacks for the packaged Chromium and for Chinese text. */
const REMEDY =
  'apt-get install -y --no-install-recommends libnss3 libnspr4 libatk1.0-0 libatk-bridge2.0-0 ' +
  'libcups2 libdrm2 libxkbcommon0 libxcomposite1 libxdamage1 libxfixes3 libxrandr2 libgbm1 ' +
  'libasound2 libpango-1.0-0 libcairo2 fonts-noto-cjk'

/** `CHROMIUM_PATH`, else a system Chromium, else the one inside the npm package. */
async function findChromium(): Promise<string> {
  const given = process.env.CHROMIUM_PATH
  if (given) return given
  return SYSTEM.find((path) => existsSync(path)) ?? (await chromium.executablePath())
}

/** A real browser. @throws Error with the one line that mends a system without its libraries */
export async function aBrowser(): Promise<Browser> {
  const executablePath = await findChromium()
  try {
    return await playwright.launch({ executablePath, args: ARGS, headless: true })
  } catch (error) {
    throw new Error(`Chromium cannot start. On Debian, this mends it:\n  ${REMEDY}`, {
      cause: error,
    })
  }
}

export const SIZES = {
  phone: { width: 360, height: 740 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1440, height: 900 },
} as const

/** A page of its own person, who fails the test on anything that the page complains of. */
export async function aPage(
  browser: Browser,
  size: keyof typeof SIZES = 'desktop',
  more: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const context = await browser.newContext({ viewport: SIZES[size], locale: 'zh-CN', ...more })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return { page, context, complaints }
}
