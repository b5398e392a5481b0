import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** Merkle trees of RFC 6962, section 2.1, over leaves of text. Hashes are 32 bytes. */
type Hash = Uint8Array

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

export const leafHash = (leaf: string): Hash => sha256(concatBytes(LEAF, utf8ToBytes(leaf)))
const nodeHash = (left: Hash, right: Hash): Hash => sha256(concatBytes(NODE, left, right))

/** The largest power of two below n; n is at least 2. */
const splitOf = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1)

/** Root over the hashes of at least one leaf, or of whole subtrees of one size. */
export function rootOf(hashes: readonly Hash[]): Hash {
  const [first] = hashes
  if (!first) throw new RangeError('a tree has at least one leaf')
  if (hashes.length === 1) return first
  const k = splitOf(hashes.length)
  return nodeHash(rootOf(hashes.slice(0, k)), rootOf(hashes.slice(k)))
}

/** Siblings on the way from one of the hashes up to the root. */
export function pathTo(index: number, hashes: readonly Hash[]): Hash[] {
  if (hashes.length === 1) return []
  const k = splitOf(hashes.length)
  const [left, right] = [hashes.slice(0, k), hashes.slice(k)]
  return index < k
    ? [...pathTo(index, left), rootOf(right)]
    : [...pathTo(index - k, right), rootOf(left)]
}

/** The root that a leaf's hash and its path lead to; null where they fit no tree of n leaves. */
export function climb(leaf: Hash, index: number, n: number, path: readonly Hash[]): Hash | null {
  if (index < 0 || index >= n) return null
  if (n === 1) return path.length === 0 ? leaf : null
  const sibling = path.at(-1)
  if (!sibling) return null
  const [k, rest] = [splitOf(n), path.slice(0, -1)]
  const isLeft = index < k
  const own = isLeft ? climb(leaf, index, k, rest) : climb(leaf, index - k, n - k, rest)
  if (!own) return null
  return isLeft ? nodeHash(own, sibling) : nodeHash(sibling, own)
}

/**
 * Leaves of one block. Blocks are whole subtrees (but for the last, which is one of its own), so
 * that the roots of the blocks are enough to build the root of all, and a path needs the leaves of
 * one block only.
 */
export const BLOCK = 256

/** A tree that takes its leaves one by one, and keeps one block and a root for each before. */
export function growTree() {
  const blocks: Hash[] = []
  let open: Hash[] = []
  let n = 0
  const flush = () => {
    if (open.length > 0) blocks.push(rootOf(open))
    open = []
  }
  return {
    add(leaf: string) {
      open.push(leafHash(leaf))
      n += 1
      if (open.length === BLOCK) flush()
    },
    get size() {
      return n
    },
    /** Ends the tree. @throws RangeError where no leaf was added */
    end() {
      flush()
      return { n, root: rootOf(blocks), blocks }
    },
  }
}

/** The path of a leaf, from the leaves of its block and the roots of all blocks. */
export function pathInBlocks(index: number, leaves: readonly string[], blocks: readonly Hash[]) {
  const inside = pathTo(index % BLOCK, leaves.map(leafHash))
  return [...inside, ...pathTo(Math.floor(index / BLOCK), blocks)]
}
