import { BlockList, isIP } from 'node:net'

type Ranges = readonly (readonly [network: string, bits: number])[]

/** The intranet's and this machine's: for targets that an administrator allowed them to. */
const PRIVATE: Ranges = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['::1', 128],
  ['fc00::', 7],
]

/** For nobody: no host's own address, or a cloud's metadata, which hands out its keys. */
const NEVER: Ranges = [
  ['0.0.0.0', 8],
  ['100.100.100.200', 32],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fd00:ec2::254', 128],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]

function listOf(ranges: Ranges): BlockList {
  const list = new BlockList()
  for (const [network, bits] of ranges) {
    list.addSubnet(network, bits, isIP(network) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

const isPrivate = listOf(PRIVATE)
const isNever = listOf(NEVER)
// IPv4 addresses in their first IPv6 notation, beside ::1
isNever.addRange('::2', '::ffff:ffff', 'ipv6')

export type Reach = 'public' | 'private' | 'never'

/**
 * Where an address leads. An IPv4 address within an IPv6 one (`::ffff:10.0.0.1`) counts as what it
 * is; one that is not an address leads nowhere.
 */
export function reachOf(address: string): Reach {
  const bare = address.split('%')[0]! // a zone, as in fe80::1%eth0
  const family = isIP(bare)
  if (family === 0) return 'never'
  const type = family === 6 ? 'ipv6' : 'ipv4'
  if (isNever.check(bare, type)) return 'never'
  return isPrivate.check(bare, type) ? 'private' : 'public'
}
