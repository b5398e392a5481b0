export const SESSION_COOKIE = 'shouwen_session'
/** 32 random bytes in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

export const newSessionToken = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)))

/**
 * The token of a Cookie header. Two cookies of our name mean that somebody else has set one of
 * them (ours has the widest path, and a browser keeps one), so neither is believed.
 */
export function sessionTokenIn(header: string | null | undefined): string | undefined {
  const ours = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${SESSION_COOKIE}=`))
    .map((pair) => pair.slice(SESSION_COOKIE.length + 1))
  const [token, ...more] = ours
  return token !== undefined && more.length === 0 && TOKEN.test(token) ? token : undefined
}

/** A Set-Cookie header; `maxAge` in seconds, 0 to remove it. */
export function sessionCookie(token: string, maxAge: number, secure: boolean): string {
  const flags = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`
  return `${SESSION_COOKIE}=${token}; ${flags}`
}

/**
 * What the database holds in the token's place: its HMAC with APP_SECRET. Reading the table gives
 * nobody a session, and neither does writing to it.
 */
export function createTokenMac(appSecret: string): (token: string) => Promise<string> {
  const encoder = new TextEncoder()
  let key: Promise<CryptoKey> | undefined
  return async (token) => {
    key ??= crypto.subtle.importKey(
      'raw',
      encoder.encode(`session\n${appSecret}`),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    )
    const mac = await crypto.subtle.sign('HMAC', await key, encoder.encode(token))
    return base64url(new Uint8Array(mac))
  }
}
