import { BlockList, isIP } from 'node:net'
import { SettingError } from '../identity/secret.ts'

/** Proxies whose forwarded address and scheme are believed: addresses or networks in CIDR form. */
export function createProxyTrust(entries: readonly string[]): (address: string) => boolean {
  const trusted = new BlockList()
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    const widest = family === 'ipv6' ? 128 : 32
    const isNetwork = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widest)
    if (isIP(address) === 0 || !isNetwork) {
      throw new SettingError('TRUST_PROXY', `${entry} is no address or network`)
    }
    if (bits === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(bits), family)
  }
  return (address) => trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

const plain = (address: string) => address.replace(/^::ffff:/, '')

/**
 * The caller's address: the peer's, or behind trusted proxies the last one in X-Forwarded-For that
 * is not such a proxy. What a caller writes there by itself is never believed.
 */
export function callerAddress(
  peer: string | undefined,
  forwarded: string | undefined,
  isTrusted: (address: string) => boolean,
): string {
  let address = plain(peer ?? 'unknown')
  const hops = (forwarded ?? '')
    .split(',')
    .map((hop) => plain(hop.trim()))
    .filter((hop) => isIP(hop))
  while (hops.length > 0 && isTrusted(address)) address = hops.pop()!
  return address
}

/** Whether the browser spoke TLS, as a trusted proxy before us says; its own word is the last. */
export function isForwardedTls(
  peer: string | undefined,
  forwarded: string | undefined,
  isTrusted: (address: string) => boolean,
): boolean {
  const scheme = (forwarded ?? '').split(',').at(-1)?.trim().toLowerCase()
  return scheme === 'https' && isTrusted(plain(peer ?? 'unknown'))
}

export const isLoopback = (address: string) => address === '::1' || address.startsWith('127.')
