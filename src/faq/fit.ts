import {
  type ConfidenceWeights,
  confidenceOf,
  SIGNALS,
  type Signal,
  type Signals,
  signalsOf,
  type Weights,
} from './confidence.ts'
import { descend, spreadOf } from './descend.ts'
import { fitRank, type Parts, round, signOf } from './fit-rank.ts'
import { COUNTS } from './lists.ts'
import { type RankWeights, type Scorer, scorerOf } from './rank.ts'
import type { Example } from './training.ts'

const CALIBRATION = { pull: 0.003, steps: 200 }
/** Signals of doubt, and signals that may mean either. */
const DOUBT: readonly Signal[] = ['unknown', 'rival', 'rivalAsked']
const EITHER: readonly Signal[] = ['story', 'brief', 'words', 'score', 'rivalAsked']

function signalSign(signal: Signal): number {
  if (EITHER.includes(signal)) return 0
  return DOUBT.includes(signal) ? -1 : signOf(signal)
}

/** What a fitted ranking makes of an example: its winner's signals and whether it is right. */
export interface Judgement {
  example: Example
  signals: Signals
  right: boolean
  /** Where the first right candidate came out, from 0; -1 where there is none. */
  place: number
}

export function judge(example: Example, scorer: Scorer): Judgement | null {
  if (example.candidates.length === 0) return null
  const ranked = example.candidates
    .map((view, at) => ({
      at,
      features: view.features,
      score: scorer.score(view),
      words: scorer.words(view),
    }))
    .sort((a, b) => b.score - a.score)
  const place = ranked.findIndex(({ at }) => example.right[at])
  return { example, signals: signalsOf(ranked, 0, example.own), right: place === 0, place }
}

/** Logistic regression: is the winner right? */
export function fitConfidence(judged: readonly Judgement[]): ConfidenceWeights {
  const width = SIGNALS.length + 1
  const { means, spreads } = spreadOf(judged.map(({ signals }) => signals))
  const inputs = new Float64Array(judged.length * width)
  judged.forEach(({ signals }, row) => {
    inputs[row * width] = 1
    signals.forEach((x, i) => {
      inputs[row * width + i + 1] = (x - means[i]!) / spreads[i]!
    })
  })
  const counts = Float64Array.from(judged, ({ example }) => COUNTS[example.kind])
  const total = counts.reduce((sum, count) => sum + count, 0)
  const weights = descend({
    signs: [0, ...SIGNALS.map(signalSign)],
    ...CALIBRATION,
    gradient(at, gradient) {
      for (let row = 0; row < counts.length; row++) {
        let sum = 0
        for (let i = 0; i < width; i++) sum += inputs[row * width + i]! * at[i]!
        const error = 1 / (1 + Math.exp(-sum)) - (judged[row]!.right ? 1 : 0)
        const push = (counts[row]! / total) * error
        for (let i = 0; i < width; i++) gradient[i]! += push * inputs[row * width + i]!
      }
    },
  })
  const unscaled = SIGNALS.map((_, i) => weights[i + 1]! / (spreads[i] ?? 1))
  const bias = unscaled.reduce((sum, weight, i) => sum - weight * (means[i] ?? 0), weights[0]!)
  const named = SIGNALS.map((name, i) => [name, round(unscaled[i]!)] as const)
  return { signals: Object.fromEntries(named) as Record<Signal, number>, bias: round(bias) }
}

export const foldOf = (group: string, folds: number) => {
  let hash = 7
  for (const sign of group) hash = (hash * 31 + sign.codePointAt(0)!) % 1_000_003
  return hash % folds
}

/** Rankings fitted without each fold's groups, and what they make of these. */
export function crossRank(examples: readonly Example[], parts: Parts, folds: number): Judgement[] {
  return Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const isHeld = ({ group }: Example) => foldOf(group, folds) === fold
    const others = examples.filter((example) => !isHeld(example))
    const scorer = scorerOf(fitRank(others, parts))
    return examples.filter(isHeld).flatMap((example) => judge(example, scorer) ?? [])
  })
}

/** Folds of the ranking whose winners the calibrator learns from: it must not see them flattered. */
const FOLDS = 5

/** A judgement with the confidence of a calibrator that never saw its group. */
export interface HeldOut extends Judgement {
  confidence: number
}

export const certainty = (judged: Judgement, weights: ConfidenceWeights): number =>
  confidenceOf(judged.signals, weights)

/** Each judgement's confidence by the other folds'. */
function crossConfidence(judged: readonly Judgement[]): HeldOut[] {
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    // Another split than the rankings', or a fold's flaws would be its judge's own.
    const isHeld = ({ example }: Judgement) => foldOf(`${example.group}#`, FOLDS) === fold
    const weights = fitConfidence(judged.filter((one) => !isHeld(one)))
    return judged
      .filter(isHeld)
      .map((one): HeldOut => ({ ...one, confidence: certainty(one, weights) }))
  })
}

export interface Fitted extends Pick<Weights, 'rank' | 'confidence'> {
  /** Every example judged by weights that never saw its group. */
  heldOut(): HeldOut[]
}

/** Ranking first, then how far the winner of a question that it never saw may be trusted. */
export function fitWeights(examples: readonly Example[], parts: Parts): Fitted {
  const rank: RankWeights = fitRank(examples, parts)
  const judged = crossRank(examples, parts, FOLDS)
  return { rank, confidence: fitConfidence(judged), heldOut: () => crossConfidence(judged) }
}
