import { FEATURES } from './features.ts'
import type { Sentence } from './profile.ts'
import type { Ranked, RankWeights } from './rank.ts'
import { rarest, type Stats } from './stats.ts'

/** What the calibrator sees of one candidate beside its own features. */
export const SIGNALS = [
  ...FEATURES,
  /** Distance in score to the best other candidate (negative behind it), squashed. */
  'margin',
  /** Its part of all candidates' exponential scores. */
  'share',
  /** Mass of the question against that of a whole sentence: short and empty questions are low. */
  'mass',
  /** A long story is seldom the question of an entry. */
  'length',
] as const
export type Signal = (typeof SIGNALS)[number]
export type Signals = Record<Signal, number>

export type ConfidenceWeights = Readonly<Signals & { bias: number }>

/** The reviewed file `confidence-weights.ts`, written by `fit`. */
export interface Weights {
  rank: RankWeights
  confidence: ConfidenceWeights
  /** At this confidence the bot answers. */
  tauAnswer: number
  /** At this confidence it offers choices; below, a person is asked. */
  tauChoose: number
}

/** Mass, in rarest units, from which a question says enough. */
const FULL_MASS = 8
/** Characters from which a question counts as a story. */
const STORY = 60

const logistic = (x: number) => 1 / (1 + Math.exp(-x))

/** Signals of the question itself, the same for all its candidates. */
export function questionSignals(question: Sentence, stats: Stats, entries: number) {
  let mass = 0
  for (const unit of question.units) if (unit.length > 1) mass += stats.weight(unit)
  return {
    mass: Math.min(1, mass / (FULL_MASS * rarest(entries))),
    length: Math.min(1, question.text.length / STORY),
  }
}

/** The signals of the candidate at `at` among `ranked` (best first). */
export function signalsOf(
  ranked: readonly Pick<Ranked, 'score' | 'features'>[],
  at: number,
  own: ReturnType<typeof questionSignals>,
): Signals {
  const { score, features } = ranked[at]!
  const rival = ranked[at === 0 ? 1 : 0]?.score
  const margin = rival === undefined ? 1 : Math.tanh((score - rival) / 2)
  const sum = ranked.reduce((total, one) => total + Math.exp(one.score - ranked[0]!.score), 0)
  return {
    ...features,
    ...own,

    margin,
    share: Math.exp(score - ranked[0]!.score) / sum,
  }
}

/** The probability that this candidate is what was meant, as far as it was fitted. */
export function confidenceOf(signals: Signals, weights: ConfidenceWeights): number {
  let sum = weights.bias
  for (const signal of SIGNALS) sum += weights[signal] * signals[signal]
  return logistic(sum)
}
