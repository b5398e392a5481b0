import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import type { Proof, Seal } from '../protocol/http.ts'
import { GENESIS } from './chain.ts'
import { climb, leafHash } from './merkle.ts'

/** A thread's newest entry at the end of a day. */
export interface SealedHead {
  thread: string
  seq: number
  hash: string
}

export const leafOf = ({ thread, seq, hash }: SealedHead) => `${thread}:${seq}:${hash}`

export function readLeaf(leaf: string): SealedHead | null {
  const [, thread, seq, hash] = /^([^:]+):([1-9]\d{0,9}):([0-9a-f]{64})$/.exec(leaf) ?? []
  return thread && seq && hash ? { thread, seq: Number(seq), hash } : null
}

/** What the signature of a seal is over. */
export function signable({ day, n, root, prev }: Omit<Seal, 'signature'>): string {
  return canonicalize({ day, n, root, prev })!
}

/** `prev` of the seal after this one: hex SHA-256 over the whole of it; null is before the first. */
export function linkAfter(seal: Seal | null): string {
  if (seal === null) return GENESIS
  const { day, n, root, prev, signature } = seal
  return bytesToHex(sha256(utf8ToBytes(canonicalize({ day, n, root, prev, signature })!)))
}

export const isSameSeal = (one: Seal, other: Seal) => linkAfter(one) === linkAfter(other)

/** The proof's leaf and path lead to the root of its seal. */
export function leadsToRoot({ seal, leaf, index, path }: Proof): boolean {
  const root = climb(leafHash(leaf), index, seal.n, path.map(hexToBytes))
  return root !== null && bytesToHex(root) === seal.root
}

/** The midnight in Shanghai (UTC+8, without summer time) that ends a day `YYYY-MM-DD`. */
export const endOf = (day: string) => new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000)
