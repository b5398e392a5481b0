import { featuresOf } from './gate-features.ts'
import { GATE_WEIGHTS } from './gate-weights.ts'

/** What a text can be: a question for the FAQ (or one that nothing here knows), or one for a rule. */
export const KINDS = [
  'faq',
  'emergency',
  'case',
  'legal',
  'visit',
  'asked',
  'whistle',
  'official',
  'nuisance',
  'theirs',
  'abuse',
  'advert',
  'chat',
  'secret',
] as const
export type Kind = (typeof KINDS)[number]

/** Fitted weights of one feature, in the order of `KINDS`. */
export type Weights = ReadonlyMap<string, ArrayLike<number>>

/** Weights are written in halves. */
export const STEP = 0.5

const HEADING = /^([a-z]+) ([+-]\d+): (.+)$/

/** Reads the data file: lines `kind ±halves: feature feature …`. */
export function readWeights(data: string): Weights {
  const weights = new Map<string, Float64Array>()
  for (const line of data.trim().split('\n')) {
    const [, kind, halves, features] = HEADING.exec(line) ?? []
    const at = KINDS.indexOf(kind as Kind)
    if (at < 0 || !features) throw new Error(`no line of weights: ${line.slice(0, 40)}`)
    for (const feature of features.split(' ')) {
      const row = weights.get(feature) ?? new Float64Array(KINDS.length)
      row[at] = Number(halves) * STEP
      weights.set(feature, row)
    }
  }
  return weights
}

/** Turns sums into shares that add up to one. */
export function shares(sums: Float64Array): Float64Array {
  const top = Math.max(...sums)
  const raised = sums.map((sum) => Math.exp(sum - top))
  const whole = raised.reduce((a, b) => a + b, 0)
  return raised.map((one) => one / whole)
}

/** Sums of the rows of weights of a text with `size` features, comparable across lengths of text. */
export function sumsOf(rows: readonly ArrayLike<number>[], size: number): Float64Array {
  const sums = new Float64Array(KINDS.length)
  for (const row of rows) for (let k = 0; k < sums.length; k++) sums[k]! += row[k]!
  const scale = Math.sqrt(size)
  return sums.map((sum) => sum / scale)
}

const WEIGHTS = readWeights(GATE_WEIGHTS)

/**
 * How likely normalised text is to be of each kind, 0–1, together 1. Pure, linear in the text,
 * never throws.
 */
export function kindsOf(normalised: string, weights: Weights = WEIGHTS): Record<Kind, number> {
  const features = featuresOf(normalised)
  const rows: ArrayLike<number>[] = []
  for (const feature of features) {
    const row = weights.get(feature)
    if (row) rows.push(row)
  }
  const shared = shares(sumsOf(rows, features.length))
  const likely = {} as Record<Kind, number>
  for (let k = 0; k < KINDS.length; k++) likely[KINDS[k]!] = shared[k]!
  return likely
}
