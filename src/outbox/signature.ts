import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { fromBase64, toBase64 } from '../protocol/pem.ts'

/** Random bytes of a secret. */
const BYTES = 32
const PREFIX = 'whsec_'

/** As Standard Webhooks writes one: `whsec_` and base64. */
export const newSecret = () => PREFIX + toBase64(crypto.getRandomValues(new Uint8Array(BYTES)))

interface Signed {
  id: string
  /** Seconds of the epoch. */
  timestamp: number
  body: string
}

/**
 * The headers of Standard Webhooks: one signature for each secret, so that a receiver may know the
 * old or the new one while it is changed.
 */
export function signedHeaders(
  { id, timestamp, body }: Signed,
  secrets: readonly string[],
): Record<string, string> {
  const content = utf8ToBytes(`${id}.${timestamp}.${body}`)
  const signatures = secrets.map((secret) => {
    const key = fromBase64(secret.slice(PREFIX.length))
    return `v1,${toBase64(hmac(sha256, key, content))}`
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  }
}

/** Whether one of the signatures is by this secret, and at most five minutes old or early. */
export function isSigned(
  headers: { get(name: string): string | null },
  { body, secret, now }: { body: string; secret: string; now: Date },
): boolean {
  const id = headers.get('webhook-id')
  const timestamp = Number(headers.get('webhook-timestamp'))
  const given = headers.get('webhook-signature')?.split(' ') ?? []
  if (!id || !(Math.abs(now.getTime() / 1000 - timestamp) <= 300)) return false
  const wanted = signedHeaders({ id, timestamp, body }, [secret])['webhook-signature']!
  return given.map((one) => isSame(one, wanted)).includes(true)
}

/** In a time that does not tell where they differ. */
function isSame(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  let differ = 0
  for (let i = 0; i < one.length; i++) differ |= one.charCodeAt(i) ^ other.charCodeAt(i)
  return differ === 0
}
