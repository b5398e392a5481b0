import { fromBase64, fromPem, toBase64, toPem } from '../protocol/pem.ts'

export interface Signer {
  /** SPKI in PEM. */
  publicKey: string
  /** Base64 of an Ed25519 signature over the text's UTF-8. */
  sign(text: string): Promise<string>
}

export type CheckSignature = (text: string, signature: string) => Promise<boolean>

const utf8 = new TextEncoder()
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** @param pem Ed25519 private key, PKCS 8 */
export async function createSigner(pem: string): Promise<Signer> {
  const [pkcs8] = fromPem('PRIVATE KEY', pem)
  if (!pkcs8) throw new TypeError('no private key in PEM')
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign'])
  const { kty, crv, x } = await crypto.subtle.exportKey('jwk', key)
  const open = { kty, crv, x } as JsonWebKey
  const half = await crypto.subtle.importKey('jwk', open, 'Ed25519', true, ['verify'])
  return {
    publicKey: toPem('PUBLIC KEY', new Uint8Array(await crypto.subtle.exportKey('spki', half))),
    sign: async (text) =>
      toBase64(new Uint8Array(await crypto.subtle.sign('Ed25519', key, utf8.encode(text)))),
  }
}

/**
 * Checks signatures by any of the public keys in a PEM file: after a rotation it holds several.
 * @returns null where there is no Ed25519 public key in it
 */
export async function readPublicKeys(pem: string): Promise<CheckSignature | null> {
  try {
    const keys = await Promise.all(
      fromPem('PUBLIC KEY', pem).map((spki) =>
        crypto.subtle.importKey('spki', spki, 'Ed25519', false, ['verify']),
      ),
    )
    return keys.length === 0 ? null : (text, signature) => isSigned(keys, text, signature)
  } catch {
    return null
  }
}

async function isSigned(keys: readonly CryptoKey[], text: string, signature: string) {
  if (!BASE64.test(signature)) return false
  const bytes = fromBase64(signature)
  for (const key of keys) {
    if (await crypto.subtle.verify('Ed25519', key, bytes, utf8.encode(text))) return true
  }
  return false
}
