import { confidenceOf, ownSignals, type Signals, signalsOf, type Weights } from './confidence.ts'
import { WEIGHTS } from './confidence-weights.ts'
import type { FaqIndex } from './index.ts'
import { type Ranked, rank, type Scorer, scorerOf } from './rank.ts'
import { isCut, readQuery } from './words.ts'

/** Candidates that are judged at all; nobody is shown more. */
const MAX_JUDGED = 12

/** A candidate with its calibrated confidence. */
export interface Judged extends Ranked {
  confidence: number
  /** What the confidence was judged by. */
  signals: Signals
}

const scorers = new WeakMap<Weights, Scorer>()

function scorerFor(weights: Weights): Scorer {
  const known = scorers.get(weights)
  if (known) return known
  const fresh = scorerOf(weights.rank)
  scorers.set(weights, fresh)
  return fresh
}

/** A text of which only the beginning was read may be offered choices, and no more. */
const CUT = 0.5

/** Searches and judges the best; entries that may not be shown are still among the results. */
export function search(text: string, index: FaqIndex, weights: Weights = WEIGHTS): Judged[] {
  const question = index.read(readQuery(text))
  const ranked = rank(question, index, scorerFor(weights))
  const own = ownSignals(question)
  const trust = isCut(text) ? CUT : 1
  return ranked.slice(0, MAX_JUDGED).map((one, at) => {
    const signals = signalsOf(ranked, at, own)
    return { ...one, signals, confidence: trust * confidenceOf(signals, weights.confidence) }
  })
}
