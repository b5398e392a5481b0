import type { Locale } from '../../protocol/vocabulary.ts'

/** What a host page may give to `Shouwen.init`. */
export interface ShouwenOptions {
  /** Gets the signed-in person's token from the host platform. */
  getToken: () => Promise<string>
  locale?: Locale
  position?: 'right' | 'left'
  /** Absent: as the system prefers. */
  theme?: 'light' | 'dark'
  /** What the page is about, in words: the first questions offered are about it. */
  topic?: string
}

export interface ShouwenApi {
  /** The first call counts; a page has one widget. */
  init(options: ShouwenOptions): void
  open(): void
  close(): void
  /** Takes the widget off the page; `init` may be called again. */
  destroy(): void
}

/** What the loader hands to the chat's chunk. */
export interface Stage {
  root: ShadowRoot
  /** Origin of `widget.js`: where the API, the socket and the chunks are. */
  server: string
  options: ShouwenOptions
  locale: Locale
  /** Number of threads with something unread. */
  onUnread(n: number): void
  /** The panel was opened or closed from inside. */
  onOpen(open: boolean): void
}

export interface Chat {
  open(): void
  close(): void
  destroy(): void
}

/** `<script src="…/widget.js" data-token-url="/my/token" data-locale data-position data-theme data-topic>` */
export function fromScript(data: DOMStringMap): ShouwenOptions | undefined {
  const url = data.tokenUrl
  if (!url) return undefined
  return {
    getToken: () => fetchToken(url),
    ...(data.locale === 'en' && { locale: 'en' }),
    ...((data.theme === 'light' || data.theme === 'dark') && { theme: data.theme }),
    ...(data.topic && { topic: data.topic }),
    ...(data.position === 'left' && { position: 'left' }),
  }
}

const PATIENCE_MS = 10_000

/** The host answers with the token itself, as text or as `{"token": "…"}`. */
async function fetchToken(url: string): Promise<string> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS)
  try {
    const response = await fetch(url, { cache: 'no-store', signal: abort.signal })
    if (!response.ok) throw new Error(`token: HTTP ${response.status}`)
    return tokenOf(await response.text())
  } finally {
    clearTimeout(timer)
  }
}

export function tokenOf(text: string): string {
  let value: unknown = text.trim()
  if (/^[{"]/.test(text.trim())) value = JSON.parse(text)
  if (typeof value === 'object') value = (value as { token?: unknown }).token
  if (typeof value !== 'string' || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(value)) {
    throw new Error('token: not a JWT')
  }
  return value
}
