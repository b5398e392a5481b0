import {
  type ConfidenceWeights,
  SIGNALS,
  type Signal,
  type Signals,
  signalsOf,
  type Weights,
} from './confidence.ts'
import { descend, spreadOf } from './descend.ts'
import { FEATURES, type Feature } from './features.ts'
import { type RankWeights, scoreOf } from './rank.ts'
import type { Example } from './training.ts'

/** How much one example of a kind counts: rows are how people type; absent ones are no majority. */
const COUNTS: Record<Example['kind'], number> = { phrasing: 1, exact: 0.2, absent: 0.4, row: 10 }

/** What an input may say at all; `descend` holds a weight to it. */
const AGAINST = ['denial', 'number', 'subject', 'offside', 'length'] as const
const signOf = (input: string) => ((AGAINST as readonly string[]).includes(input) ? -1 : 1)

const round = (x: number) => Math.round(x * 1_000) / 1_000

const named = <Name extends string>(names: readonly Name[], weights: ArrayLike<number>) =>
  Object.fromEntries(names.map((name, i) => [name, round(weights[i]!)])) as Record<Name, number>

const dot = (input: ArrayLike<number>, weights: ArrayLike<number>) => {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += input[i]! * weights[i]!
  return sum
}

/** Inputs as `descend` wants them: spread 1 in every column. */
const scaled = (inputs: readonly (readonly number[])[], spreads: readonly number[]) =>
  inputs.map((input) => Float64Array.from(input, (x, i) => x / spreads[i]!))

/** Weights under which the right candidate outscores the others (softmax over candidates). */
export function fitRank(examples: readonly Example[]): RankWeights {
  const usable = examples.filter(({ kind, gold, candidates }) => {
    return kind !== 'exact' && gold >= 0 && candidates.length > 1
  })
  const raw = usable.map(({ candidates }) =>
    candidates.map((features) => FEATURES.map((feature) => features[feature])),
  )
  const { spreads } = spreadOf(raw.flat())
  const rows = raw.map((inputs) => scaled(inputs, spreads))
  const total = usable.reduce((sum, { kind }) => sum + COUNTS[kind], 0)
  const weights = descend({
    signs: FEATURES.map(signOf),
    gradient(at, gradient) {
      rows.forEach((inputs, row) => {
        const { gold, kind } = usable[row]!
        const scores = inputs.map((input) => dot(input, at))
        const top = Math.max(...scores)
        let sum = 0
        for (const score of scores) sum += Math.exp(score - top)
        for (let one = 0; one < inputs.length; one++) {
          const part = Math.exp(scores[one]! - top) / sum
          const push = (COUNTS[kind] / total) * (part - (one === gold ? 1 : 0))
          const input = inputs[one]!
          for (let i = 0; i < input.length; i++) gradient[i]! += push * input[i]!
        }
      })
    },
  })
  const unscaled = weights.map((weight, i) => weight / spreads[i]!)
  return named<Feature>(FEATURES, unscaled)
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
  const raw = judged.map(({ signals }) => SIGNALS.map((signal) => signals[signal]))
  const { means, spreads } = spreadOf(raw)
  const inputs = raw.map((input) => [1, ...input.map((x, i) => (x - means[i]!) / spreads[i]!)])
  const total = judged.reduce((sum, { example }) => sum + COUNTS[example.kind], 0)
  const weights = descend({
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
  const unscaled = spreads.map((spread, i) => weights[i + 1]! / spread)
  const bias = weights[0]! - dot(means, unscaled)
  return { ...named<Signal>(SIGNALS, unscaled), bias: round(bias) }
}

export type Fitted = Pick<Weights, 'rank' | 'confidence'>

/** Ranking first, then how far its winner may be trusted. */
export function fitWeights(examples: readonly Example[]): Fitted {
  const rank = fitRank(examples)
  const judged = examples.flatMap((example) => judge(example, rank) ?? [])
  return { rank, confidence: fitConfidence(judged) }
}
