import {
  type ConfidenceWeights,
  confidenceOf,
  SIGNALS,
  type Signal,
  type Signals,
  signalsOf,
  type Weights,
} from './confidence.ts'
import { descend, scalesOf } from './descend.ts'
import { FEATURES, type Feature } from './features.ts'
import { type RankWeights, scoreOf } from './rank.ts'
import type { Example } from './training.ts'

/** How much one example of a kind counts: rows are how people type; absent ones are no majority. */
const COUNTS: Record<Example['kind'], number> = { phrasing: 1, absent: 0.4, row: 5 }

/** What an input may say at all; `descend` holds a weight to it. */
const AGAINST = ['denial', 'number', 'aspect', 'aspects', 'missing', 'length', 'unknown'] as const
const signOf = (input: string) => ((AGAINST as readonly string[]).includes(input) ? -1 : 1)

const round = (x: number) => Math.round(x * 1_000) / 1_000

const named = <Name extends string>(names: readonly Name[], weights: ArrayLike<number>) =>
  Object.fromEntries(names.map((name, i) => [name, round(weights[i]!)])) as Record<Name, number>

const dot = (input: ArrayLike<number>, weights: ArrayLike<number>) => {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += input[i]! * weights[i]!
  return sum
}

/** Weights under which the right candidate outscores the others (softmax over candidates). */
export function fitRank(examples: readonly Example[]): RankWeights {
  const usable = examples.filter(({ gold, candidates }) => gold >= 0 && candidates.length > 1)
  const rows = usable.map(({ candidates }) =>
    candidates.map((features) => FEATURES.map((feature) => features[feature])),
  )
  const total = usable.reduce((sum, { kind }) => sum + COUNTS[kind], 0)
  const weights = descend({
    scales: scalesOf(rows.flat()),
    signs: FEATURES.map(signOf),
    gradient(at, gradient) {
      rows.forEach((inputs, row) => {
        const { gold, kind } = usable[row]!
        const scores = inputs.map((input) => dot(input, at))
        const top = Math.max(...scores)
        const parts = scores.map((score) => Math.exp(score - top))
        const sum = parts.reduce((a, b) => a + b, 0)
        const count = COUNTS[kind] / total
        inputs.forEach((input, one) => {
          const push = count * (parts[one]! / sum - (one === gold ? 1 : 0))
          for (let i = 0; i < input.length; i++) gradient[i]! += push * input[i]!
        })
      })
    },
  })
  return named<Feature>(FEATURES, weights)
}

/** What a fitted ranking makes of an example: its winner's signals and whether it is right. */
export interface Judgement {
  example: Example
  signals: Signals
  right: boolean
  /** Where the right candidate came out, from 0; -1 where there is none. */
  place: number
}

export function judge(example: Example, weights: RankWeights): Judgement | null {
  const ranked = example.candidates
    .map((features, at) => ({ features, at, score: scoreOf(features, weights) }))
    .sort((a, b) => b.score - a.score)
  if (ranked.length === 0) return null
  const place = ranked.findIndex(({ at }) => at === example.gold)
  const signals = signalsOf(ranked, 0, example.own)
  return { example, signals, right: place === 0, place }
}

/** Logistic regression: is the winner right? */
export function fitConfidence(judged: readonly Judgement[]): ConfidenceWeights {
  const inputs = judged.map(({ signals }) => [1, ...SIGNALS.map((signal) => signals[signal])])
  const total = judged.reduce((sum, { example }) => sum + COUNTS[example.kind], 0)
  const weights = descend({
    scales: scalesOf(inputs),
    signs: [0, ...SIGNALS.map(signOf)],
    gradient(at, gradient) {
      judged.forEach(({ right, example }, row) => {
        const input = inputs[row]!
        const error = 1 / (1 + Math.exp(-dot(input, at))) - (right ? 1 : 0)
        const push = (COUNTS[example.kind] / total) * error
        for (let i = 0; i < input.length; i++) gradient[i]! += push * input[i]!
      })
    },
  })
  return named<Signal | 'bias'>(['bias', ...SIGNALS], weights)
}

export type Fitted = Pick<Weights, 'rank' | 'confidence'>

/** Ranking first, then how far its winner may be trusted. */
export function fitWeights(examples: readonly Example[]): Fitted {
  const rank = fitRank(examples)
  const judged = examples.flatMap((example) => judge(example, rank) ?? [])
  return { rank, confidence: fitConfidence(judged) }
}

/** A judgement with the confidence that weights give it, fitted without its group. */
export interface HeldOut extends Judgement {
  confidence: number
}

const foldOf = (group: string, folds: number) => {
  let hash = 7
  for (const sign of group) hash = (hash * 31 + sign.codePointAt(0)!) % 1_000_003
  return hash % folds
}

/** Each example judged by weights that never saw its entry (or its row). */
export function crossValidate(examples: readonly Example[], folds = 5): HeldOut[] {
  return Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const isHeld = (example: Example) => foldOf(example.group, folds) === fold
    const { rank, confidence } = fitWeights(examples.filter((example) => !isHeld(example)))
    return examples.filter(isHeld).flatMap((example) => {
      const judgement = judge(example, rank)
      if (!judgement) return []
      return [{ ...judgement, confidence: confidenceOf(judgement.signals, confidence) }]
    })
  })
}
