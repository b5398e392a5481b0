import { confidenceOf, type Weights } from './confidence.ts'
import { fitWeights, type Judgement, judge } from './fit.ts'
import type { Example } from './training.ts'

/** Answers must be right this often, on questions that the weights never saw. */
const PRECISION = 0.97
/** Just above the lower threshold, offered choices must hold the right entry this often. */
const WORTH_OFFERING = 0.4
const WINDOW = 0.1
/** A choice is of this many. */
const OFFERED = 4

/**
 * How typical each kind is of what is really asked, when the upper threshold is set. A phrasing
 * without itself is harder than a question to the whole entry; a tenth of the questions to a good
 * knowledge base are of its field and not in it.
 */
const TYPICAL: Record<Example['kind'], number> = { row: 10, phrasing: 0.3, absent: 0.15, exact: 0 }
/** For the lower one: an offer to somebody whose question is not covered costs him a look. */
const OFFERABLE: Record<Example['kind'], number> = { row: 1, phrasing: 1, absent: 1, exact: 0 }

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

const STEPS = Array.from({ length: 99 }, (_, i) => (i + 1) / 100)

/** The lowest step at which, and at the two above it, `holds`: one lucky step is not enough. */
const lowest = (holds: (tau: number) => boolean): number => {
  const held = STEPS.map(holds)
  return STEPS.find((_, i) => held.slice(i, i + 3).every(Boolean)) ?? 0.99
}

/** Thresholds for the precision that is wanted, on held-out judgements. */
export function thresholdsOf(
  heldOut: readonly HeldOut[],
): Pick<Weights, 'tauAnswer' | 'tauChoose'> {
  const weighed = (list: readonly HeldOut[], by: typeof TYPICAL) =>
    list.reduce((sum, { example }) => sum + by[example.kind], 0)
  const tauAnswer = lowest((tau) => {
    const answers = heldOut.filter(({ confidence }) => confidence >= tau)
    const right = answers.filter((one) => one.right)
    return weighed(right, TYPICAL) >= PRECISION * weighed(answers, TYPICAL)
  })
  const tauChoose = lowest((tau) => {
    const near = heldOut.filter(({ confidence }) => confidence >= tau && confidence < tau + WINDOW)
    const good = near.filter(({ place }) => place >= 0 && place < OFFERED)
    return weighed(good, OFFERABLE) >= WORTH_OFFERING * weighed(near, OFFERABLE)
  })
  return { tauAnswer, tauChoose: Math.min(tauChoose, tauAnswer) }
}

export interface Fit {
  weights: Weights
  /** Cross-validated: what the figures of a closing note are computed from. */
  heldOut: readonly HeldOut[]
}

/** The whole fit: weights on everything, thresholds on what each fold did not see. */
export function fitFaq(examples: readonly Example[]): Fit {
  const heldOut = crossValidate(examples)
  return { weights: { ...fitWeights(examples), ...thresholdsOf(heldOut) }, heldOut }
}

/** The source text of `confidence-weights.ts`. */
export const render = (weights: Weights): string =>
  `import type { Weights } from './confidence.ts'

/**
 * Written by the fit (see \`thresholds.ts\`), never by hand; reviewed like code. Fitted on the
 * entries of \`faq/\`, each phrasing asked without itself, and on cleared labelled questions.
 */
export const WEIGHTS: Weights = ${JSON.stringify(weights, null, 2).replaceAll('"', '')}
`
