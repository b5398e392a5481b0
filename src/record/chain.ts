import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import type { Author, Entry, StoredEntry } from '../protocol/entries.ts'
import type { EntryKind } from '../protocol/vocabulary.ts'

/** `prev` of a thread's first entry. */
export const GENESIS = '0'.repeat(64)

/** Hex SHA-256 of a text's UTF-8. */
export type Digest = (text: string) => string

/** Runs everywhere; a runtime with a native one hands that in where much is hashed. */
const sha256Hex: Digest = (text) => bytesToHex(sha256(utf8ToBytes(text)))

interface Sayable {
  thread: string
  seq: number
  at: string
  kind: EntryKind
  by: Author
  body: unknown
  salt: string
}

/** Hex SHA-256 over the RFC 8785 canonical JSON of a value. */
export function digestOf(value: object, digest: Digest = sha256Hex): string {
  const canonical = canonicalize(value)
  if (canonical === undefined) throw new TypeError('a value has no canonical form')
  return digest(canonical)
}

/** Digest of what an entry says. */
export const contentOf = (
  { thread, seq, at, kind, by, body, salt }: Sayable,
  digest: Digest = sha256Hex,
): string => digestOf({ thread, seq, at, kind, by, body, salt }, digest)

/** The link: hex SHA-256 over the ASCII of the hash before and this content digest. */
export const hashOf = (prev: string, content: string, digest: Digest = sha256Hex) =>
  digest(prev + content)

/** What a rule wants to have written; number, salt and links come when it is appended. */
export type Draft<K extends EntryKind = EntryKind> = {
  [Kind in K]: { kind: Kind; by: Author; body: Entry<Kind>['body'] }
}[K]

export interface Head {
  thread: string
  seq: number
  hash: string
  /** Time of the newest entry; null before the first. */
  at: string | null
}

/**
 * Numbers, salts and chains drafts onto a head. `now` never runs backwards within a thread:
 * where the wall clock does, the head's time stands.
 */
export function link(
  head: Head,
  drafts: readonly Draft[],
  now: Date,
  salt: () => string,
  digest: Digest = sha256Hex,
): Entry[] {
  const iso = now.toISOString()
  const at = head.at !== null && head.at > iso ? head.at : iso
  let { seq, hash: prev } = head
  return drafts.map((draft) => {
    seq += 1
    const said = { thread: head.thread, seq, at, ...draft, salt: salt() }
    const content = contentOf(said, digest)
    const hash = hashOf(prev, content, digest)
    const entry = { ...said, content, prev, hash } as Entry
    prev = hash
    return entry
  })
}

/** `prev` and `hash` of a stored entry are right for its content and its place. */
export function linkHolds(entry: StoredEntry, prev: string): boolean {
  return entry.prev === prev && entry.hash === hashOf(prev, entry.content)
}
