import { descend, spreadOf } from './descend.ts'
import { FEATURES, type Feature } from './features.ts'
import { blame, type List, listsOf } from './lists.ts'
import type { RankWeights } from './rank.ts'
import type { Example } from './training.ts'
import { advice, type Boosting, boost, type Tree } from './trees.ts'

/** What a feature may say at all; `descend` holds a weight to it. */
const AGAINST: readonly string[] = ['lost', 'added', 'denial', 'number', 'subject', 'offside']
const EITHER: readonly string[] = ['aspect', 'otherAspect', 'length', 'ending', 'answer']
export const signOf = (input: string): number => {
  if (AGAINST.includes(input)) return -1
  return EITHER.includes(input) ? 0 : 1
}

export const round = (x: number) => Math.round(x * 1_000) / 1_000

/** Which parts of a ranking are fitted; the linear one always is. */
export interface Parts {
  trees: boolean
  words: boolean
}

const LINEAR = { pull: 0.003, steps: 150 }
const TREES: Boosting = { trees: 60, depth: 3, rate: 0.12, leaf: 2, pull: 4 }
const WORDS = { pull: 2, steps: 90, rate: 0.05, momentum: 0.8 }
/** With fewer labelled questions trees learn these by heart and rank others worse. */
const ENOUGH_FOR_TREES = 400
/** Smaller word weights say nothing and would fill the file. */
const LEAST_WORD = 0.05

function fitLinear(lists: readonly List[]): Float64Array {
  const width = FEATURES.length
  const views = lists.flatMap((list) => list.views)
  const { spreads } = spreadOf(views.map(({ features }) => features))
  // One long row of numbers: this loop is where the fit spends its time.
  const inputs = new Float64Array(views.length * width)
  views.forEach(({ features }, one) => {
    for (let i = 0; i < width; i++) inputs[one * width + i] = features[i]! / spreads[i]!
  })
  const starts = startsOf(lists)
  const total = lists.reduce((sum, { count }) => sum + count, 0)
  const scores = new Float64Array(views.length)
  const blamed = new Float64Array(views.length)
  const weights = descend({
    signs: FEATURES.map(signOf),
    ...LINEAR,
    gradient(at, gradient) {
      for (let one = 0; one < scores.length; one++) {
        let sum = 0
        for (let i = 0; i < width; i++) sum += inputs[one * width + i]! * at[i]!
        scores[one] = sum
      }
      lists.forEach(({ right, count }, row) => {
        const start = starts[row]!
        blame(scores, right, start, blamed)
        for (let one = start; one < start + right.length; one++) {
          const push = (count / total) * blamed[one]!
          if (Math.abs(blamed[one]!) < 1e-4) continue
          for (let i = 0; i < width; i++) gradient[i]! += push * inputs[one * width + i]!
        }
      })
    },
  })
  return weights.map((weight, i) => weight / spreads[i]!)
}

/** Where each list begins among all candidates in a row. */
function startsOf(lists: readonly List[]): number[] {
  let at = 0
  return lists.map(({ views }) => {
    const start = at
    at += views.length
    return start
  })
}

function fitTrees(lists: readonly List[], base: Float64Array): Tree[] {
  const starts = startsOf(lists)
  const rows = lists.flatMap(({ views }) => views.map((view) => view.features))
  const shares = new Float64Array(rows.length)
  const mean = lists.reduce((sum, { count }) => sum + count, 0) / (lists.length || 1)
  return boost(
    rows,
    base,
    (scores, slope, curve) => {
      lists.forEach(({ right, count }, i) => {
        const at = starts[i]!
        blame(scores, right, at, slope, shares)
        for (let one = at; one < at + right.length; one++) {
          slope[one]! *= count / mean
          curve[one] = (Math.max(1e-4, shares[one]! * (1 - shares[one]!)) * count) / mean
        }
      })
    },
    TREES,
  )
}

function fitWords(lists: readonly List[], base: Float64Array): Record<string, number> {
  const ids = new Map<string, number>()
  const seen: number[] = []
  const rows = lists.flatMap(({ views }) =>
    views.map(({ differences }) =>
      differences.map((one) => {
        const id = ids.get(one) ?? ids.size
        ids.set(one, id)
        seen[id] = (seen[id] ?? 0) + 1
        return id
      }),
    ),
  )
  const starts = startsOf(lists)
  const mean = lists.reduce((sum, { count }) => sum + count, 0) / (lists.length || 1)
  const weights = new Float64Array(ids.size)
  const speed = new Float64Array(ids.size)
  const slope = new Float64Array(ids.size)
  const scores = new Float64Array(base.length)
  const blamed = new Float64Array(base.length)
  for (let step = 0; step < WORDS.steps; step++) {
    slope.fill(0)
    rows.forEach((row, at) => {
      let sum = base[at]!
      for (const id of row) sum += weights[id]!
      scores[at] = sum
    })
    lists.forEach(({ right, count }, i) => {
      blame(scores, right, starts[i]!, blamed)
      for (let at = starts[i]!; at < starts[i]! + right.length; at++) {
        const push = (blamed[at]! * count) / mean
        if (Math.abs(push) > 1e-6) for (const id of rows[at]!) slope[id]! += push
      }
    })
    for (let id = 0; id < weights.length; id++) {
      const pace = WORDS.rate / (1 + 0.1 * Math.sqrt(seen[id]!))
      speed[id] = WORDS.momentum * speed[id]! - pace * (slope[id]! + WORDS.pull * weights[id]!)
      weights[id]! += speed[id]!
    }
  }
  const telling = [...ids].filter(([, id]) => Math.abs(weights[id]!) >= LEAST_WORD)
  return Object.fromEntries(telling.map(([one, id]) => [one, round(weights[id]!)]))
}

/** Weights under which the right candidates outscore the others (softmax over candidates). */
export function fitRank(examples: readonly Example[], parts: Parts): RankWeights {
  const lists = listsOf(examples)
  const linear = lists.length === 0 ? new Float64Array(FEATURES.length) : fitLinear(lists)
  const features = Object.fromEntries(
    FEATURES.map((name, i) => [name, round(linear[i]!)]),
  ) as Record<Feature, number>
  const all = lists.flatMap(({ views }) => views)
  const base = Float64Array.from(all, (view) =>
    view.features.reduce((sum, x, i) => sum + x * linear[i]!, 0),
  )
  const trees = parts.trees && lists.length >= ENOUGH_FOR_TREES ? fitTrees(lists, base) : []
  const advised = base.map((score, i) => score + advice(trees, all[i]!.features))
  return { features, trees, words: parts.words ? fitWords(lists, advised) : {} }
}
