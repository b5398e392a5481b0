const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

/** One block of PEM (RFC 7468), `label` such as `PUBLIC KEY`. */
export function toPem(label: string, bytes: Uint8Array): string {
  const lines = toBase64(bytes).replace(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`
}

/**
 * The bytes of every block with that label, in order.
 * @throws DOMException where a block is no base64
 */
export function fromPem(label: string, text: string): Uint8Array<ArrayBuffer>[] {
  const block = new RegExp(`-----BEGIN ${label}-----([^-]*)-----END ${label}-----`, 'g')
  return [...text.matchAll(block)].map(([, inner = '']) => fromBase64(inner.replace(/\s/g, '')))
}

export { fromBase64, toBase64 }
