/** RFC 6238 with what every authenticator app takes: SHA-1, six digits, 30 seconds. */
const PERIOD = 30_000
const DIGITS = 6
/** Steps that a phone's clock may be off, either way. */
const DRIFT = 1
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** 160 random bits (RFC 4226, 4), in base32 as apps want them. */
export function newTotpSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20))
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join('')
}

function bytesOf(secret: string): Uint8Array<ArrayBuffer> {
  const bits = Array.from(secret, (c) => BASE32.indexOf(c).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => Number.parseInt(eight, 2))
}

export const totpStep = (at: Date): number => Math.floor(at.getTime() / PERIOD)

async function codeOfStep(secret: string, step: number): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-1' }
  const key = await crypto.subtle.importKey('raw', bytesOf(secret), algorithm, false, ['sign'])
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(step))
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer))
  const offset = mac.getUint8(mac.byteLength - 1) & 15
  const number = (mac.getUint32(offset) & 0x7fffffff) % 10 ** DIGITS
  return String(number).padStart(DIGITS, '0')
}

/** The code that an authenticator app shows at that time. */
export const totpCode = (secret: string, at: Date): Promise<string> =>
  codeOfStep(secret, totpStep(at))

/**
 * The time step that a typed code belongs to, or undefined when it is not one of the moment.
 * Blanks are ignored, because apps show `123 456`.
 *
 * @param usedStep the newest step that was used: its code and older ones fit no more
 */
export async function fittingStep(
  secret: string,
  typed: string,
  now: Date,
  usedStep: number | null,
): Promise<number | undefined> {
  const code = typed.replace(/\s/g, '')
  let fitting: number | undefined
  for (let drift = -DRIFT; drift <= DRIFT; drift++) {
    const step = totpStep(now) + drift
    if ((await codeOfStep(secret, step)) === code && step > (usedStep ?? -1)) fitting = step
  }
  return fitting
}

/** What an authenticator app reads, as a link or a QR code. */
export function otpauthUri(secret: string, username: string, issuer = 'Shouwen'): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(username)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`
}
