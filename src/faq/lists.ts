import { FEATURES, type View } from './features.ts'
import type { Example, Kind } from './training.ts'

/** How much one example of a kind counts: rows are how people type; absent ones are no majority. */
export const COUNTS: Record<Kind, number> = { phrasing: 2, exact: 0.2, absent: 1.2, row: 10 }

/** Candidates that a ranking learns to tell apart: the most alike, and the right ones. */
const CUT = 14

/** An example that a ranking can learn from: something right, something wrong. */
export interface List {
  count: number
  views: readonly View[]
  right: readonly boolean[]
}

const ROUGHLY = ['support', 'asked', 'owned', 'whole', 'order'].map((name) =>
  FEATURES.indexOf(name as (typeof FEATURES)[number]),
)
const roughly = ({ features }: View) => ROUGHLY.reduce((sum, i) => sum + features[i]!, 0)

export function listsOf(examples: readonly Example[]): List[] {
  return examples.flatMap(({ kind, candidates, right }) => {
    if (kind === 'exact' || !right.includes(true) || candidates.length < 2) return []
    const kept = candidates
      .map((view, i) => ({ view, right: right[i]!, worth: roughly(view) }))
      .sort((a, b) => b.worth - a.worth)
      .filter((one, i) => i < CUT || one.right)
    return [
      {
        count: COUNTS[kind],
        views: kept.map(({ view }) => view),
        right: kept.map((one) => one.right),
      },
    ]
  })
}

/**
 * What each candidate's score should lose: its share of the softmax, less its share of the right
 * ones'. Written from `at` on; `shares` gets the softmax.
 */
export function blame(
  scores: ArrayLike<number>,
  right: readonly boolean[],
  at: number,
  out: Float64Array,
  shares?: Float64Array,
): void {
  let top = Number.NEGATIVE_INFINITY
  for (let i = 0; i < right.length; i++) top = Math.max(top, scores[at + i]!)
  let [all, good] = [0, 0]
  for (let i = 0; i < right.length; i++) {
    const part = Math.exp(scores[at + i]! - top)
    all += part
    if (right[i]) good += part
    out[at + i] = part
  }
  for (let i = 0; i < right.length; i++) {
    const part = out[at + i]!
    if (shares) shares[at + i] = part / all
    out[at + i] = part / all - (right[i] ? part / good : 0)
  }
}
