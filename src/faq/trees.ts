/** A small regression tree over numbered inputs: inner nodes in heap order, then the leaves. */
export interface Tree {
  /** Input of each inner node; a value above its cut goes right. */
  inputs: number[]
  cuts: number[]
  leaves: number[]
}

export interface Boosting {
  trees: number
  depth: number
  /** Part of each tree's advice that is taken. */
  rate: number
  /** A leaf needs this much curvature: that many undecided examples, roughly. */
  leaf: number
  /** Pull of a leaf towards zero. */
  pull: number
}

const BINS = 24

/** The advice of all trees together. */
export function advice(trees: readonly Tree[], input: ArrayLike<number>): number {
  let sum = 0
  for (const { inputs, cuts, leaves } of trees) {
    let node = 0
    while (node < inputs.length) node = 2 * node + (input[inputs[node]!]! > cuts[node]! ? 2 : 1)
    sum += leaves[node - inputs.length]!
  }
  return sum
}

/** Cuts between quantiles of one column, each once. */
function cutsOf(values: Float64Array): number[] {
  const sorted = values.toSorted()
  const cuts = new Set<number>()
  for (let bin = 1; bin < BINS; bin++) {
    const at = Math.floor((bin * sorted.length) / BINS)
    const [below, above] = [sorted[Math.max(0, at - 1)]!, sorted[at]!]
    cuts.add(short((below + above) / 2))
  }
  return [...cuts]
}

interface Binned {
  columns: Uint8Array[]
  cuts: number[][]
  rows: number
}

function bin(rows: readonly ArrayLike<number>[]): Binned {
  const width = rows[0]?.length ?? 0
  const cuts: number[][] = []
  const columns: Uint8Array[] = []
  for (let i = 0; i < width; i++) {
    const values = Float64Array.from(rows, (row) => row[i]!)
    const own = cutsOf(values)
    cuts.push(own)
    columns.push(
      Uint8Array.from(values, (value) => {
        let at = 0
        while (at < own.length && value > own[at]!) at++
        return at
      }),
    )
  }
  return { columns, cuts, rows: rows.length }
}

/** Four decimals: a reviewed file is read by people. */
const short = (x: number) => Math.round(x * 10_000) / 10_000

interface Split {
  gain: number
  input: number
  bin: number
}

function bestSplit(
  { columns, cuts }: Binned,
  members: Int32Array,
  slope: Float64Array,
  curve: Float64Array,
  how: Boosting,
): Split {
  let best: Split = { gain: 1e-6, input: -1, bin: 0 }
  const g = new Float64Array(BINS)
  const h = new Float64Array(BINS)
  let [allG, allH] = [0, 0]
  for (const row of members) {
    allG += slope[row]!
    allH += curve[row]!
  }
  const worth = (sum: number, weight: number) => (sum * sum) / (weight + how.pull)
  for (let input = 0; input < columns.length; input++) {
    const column = columns[input]!
    g.fill(0)
    h.fill(0)
    for (const row of members) {
      g[column[row]!]! += slope[row]!
      h[column[row]!]! += curve[row]!
    }
    let [leftG, leftH] = [0, 0]
    for (let at = 0; at < cuts[input]!.length; at++) {
      leftG += g[at]!
      leftH += h[at]!
      if (leftH < how.leaf || allH - leftH < how.leaf) continue
      const gain = worth(leftG, leftH) + worth(allG - leftG, allH - leftH) - worth(allG, allH)
      if (gain > best.gain) best = { gain, input, bin: at }
    }
  }
  return best
}

function grow(data: Binned, slope: Float64Array, curve: Float64Array, how: Boosting): Tree {
  const inner = 2 ** how.depth - 1
  const tree: Tree = {
    inputs: Array.from({ length: inner }, () => 0),
    // No input is above 9: where nothing is worth a split, everything goes left.
    cuts: Array.from({ length: inner }, () => 9),
    leaves: Array.from({ length: inner + 1 }, () => 0),
  }
  const level = [Int32Array.from({ length: data.rows }, (_, row) => row)]
  for (let node = 0; node < inner; node++) {
    const members = level[node]!
    const split = bestSplit(data, members, slope, curve, how)
    if (split.input < 0) {
      level[2 * node + 1] = members
      level[2 * node + 2] = new Int32Array(0)
      continue
    }
    const column = data.columns[split.input]!
    tree.inputs[node] = split.input
    tree.cuts[node] = short(data.cuts[split.input]![split.bin]!)
    level[2 * node + 1] = members.filter((row) => column[row]! <= split.bin)
    level[2 * node + 2] = members.filter((row) => column[row]! > split.bin)
  }
  for (let leaf = 0; leaf <= inner; leaf++) {
    let [g, h] = [0, 0]
    for (const row of level[inner + leaf]!) {
      g += slope[row]!
      h += curve[row]!
    }
    tree.leaves[leaf] = short((-how.rate * g) / (h + how.pull))
  }
  return tree
}

/**
 * Boosts trees against a loss: `derive` writes slope and curvature of each row at the given scores.
 * Deterministic: no sampling.
 */
export function boost(
  rows: readonly ArrayLike<number>[],
  start: Float64Array,
  derive: (scores: Float64Array, slope: Float64Array, curve: Float64Array) => void,
  how: Boosting,
): Tree[] {
  if (rows.length === 0) return []
  const data = bin(rows)
  const scores = start.slice()
  const slope = new Float64Array(rows.length)
  const curve = new Float64Array(rows.length)
  const trees: Tree[] = []
  for (let round = 0; round < how.trees; round++) {
    derive(scores, slope, curve)
    const tree = grow(data, slope, curve, how)
    trees.push(tree)
    for (let row = 0; row < rows.length; row++) scores[row]! += advice([tree], rows[row]!)
  }
  return trees
}
