import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { climb, growTree, leafHash, pathInBlocks, pathTo } from '../../src/record/merkle.ts'

const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** RFC 6962, section 2.1, word for word: MTH and PATH over lists. */
function mth(d: readonly string[]): Buffer {
  if (d.length === 1) return sha256(Buffer.from([0]), Buffer.from(d[0]!))
  const k = split(d.length)
  return sha256(Buffer.from([1]), mth(d.slice(0, k)), mth(d.slice(k)))
}
function path(m: number, d: readonly string[]): Buffer[] {
  if (d.length === 1) return []
  const k = split(d.length)
  return m < k
    ? [...path(m, d.slice(0, k)), mth(d.slice(k))]
    : [...path(m - k, d.slice(k)), mth(d.slice(0, k))]
}
function split(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

const leavesOf = (n: number) => Array.from({ length: n }, (_, i) => `leaf:${i}`)
const grown = (leaves: readonly string[]) => {
  const tree = growTree()
  for (const leaf of leaves) tree.add(leaf)
  return tree.end()
}
const hex = (hash: Uint8Array | null) => hash && Buffer.from(hash).toString('hex')

describe('the tree', () => {
  it.each([1, 2, 3, 5, 8, 255, 256, 257, 511, 512, 513, 769, 1000])(
    'of %i leaves has the root and the paths of RFC 6962',
    (n) => {
      const leaves = leavesOf(n)
      const tree = grown(leaves)
      expect([tree.n, hex(tree.root)]).toEqual([n, mth(leaves).toString('hex')])
      for (const index of new Set([0, 1 % n, (n / 2) | 0, (n - 1) & ~255, n - 1])) {
        const block = leaves.slice(index - (index % 256), index - (index % 256) + 256)
        const mine = pathInBlocks(index, block, tree.blocks)
        expect(mine.map(hex)).toEqual(path(index, leaves).map((one) => one.toString('hex')))
        expect(hex(climb(leafHash(leaves[index]!), index, n, mine))).toBe(hex(tree.root))
      }
    },
  )

  it('has the root that the Certificate Transparency test vectors give for seven leaves', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657']
    const leaves = inputs.map((input) => Buffer.from(input, 'hex').toString('latin1'))
    expect(hex(grown(leaves).root)).toBe(
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    )
  })

  it('leads no other leaf, place, size or path to its root', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), (n, pick, other) => {
        const leaves = leavesOf(n)
        const hashes = leaves.map(leafHash)
        const index = pick % n
        const way = pathTo(index, hashes)
        const root = hex(climb(hashes[index]!, index, n, way))
        const wrong = (index + 1 + (other % (n - 1))) % n
        expect(hex(climb(hashes[wrong]!, index, n, way))).not.toBe(root)
        expect(hex(climb(hashes[index]!, wrong, n, way))).not.toBe(root)
        expect(hex(climb(hashes[index]!, index, n, way.slice(1)))).not.toBe(root)
        expect(hex(climb(hashes[index]!, index, n, [...way, hashes[0]!]))).not.toBe(root)
      }),
    )
  })

  it('has no root without a leaf', () => {
    expect(() => growTree().end()).toThrow(RangeError)
  })
})
