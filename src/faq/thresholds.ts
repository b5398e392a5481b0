import type { Weights } from './confidence.ts'
import { fitWeights, type HeldOut } from './fit.ts'
import type { Parts } from './fit-rank.ts'
import type { Example, Kind } from './training.ts'

/** Answers must be right this often on questions that the weights never saw. */
const PRECISION = 0.97
/** Just above the lower threshold, offered choices must hold the right entry this often. */
const WORTH_OFFERING = 0.45
const WINDOW = 0.1
/** A choice is of this many. */
const OFFERED = 4

/**
 * How typical each kind is of what is really asked, when the upper threshold is set. A phrasing
 * without itself is harder than a question to the whole entry.
 */
const TYPICAL: Record<Kind, number> = { row: 10, phrasing: 0.6, absent: 0.45, exact: 0 }
/**
 * Of the questions that reach the search of a good knowledge base, the part that is of its field and
 * not in it; labelled rows may hold more, because such questions were looked for.
 */
const UNCOVERED = 0.1
/** For the lower one: an offer to somebody whose question is not covered costs him a look. */
const OFFERABLE: Record<Kind, number> = { row: 1, phrasing: 2, absent: 3, exact: 0 }

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
  const covered = heldOut.filter(({ example }) => example.covered)
  const uncovered = heldOut.filter(({ example }) => !example.covered)
  const thinned =
    (weighed(covered, TYPICAL) * UNCOVERED) / (1 - UNCOVERED) / (weighed(uncovered, TYPICAL) || 1)
  const tauAnswer = lowest((tau) => {
    const isAnswered = ({ confidence }: HeldOut) => confidence >= tau
    const answers = covered.filter(isAnswered)
    const right = weighed(
      answers.filter((one) => one.right),
      TYPICAL,
    )
    const all = weighed(answers, TYPICAL) + thinned * weighed(uncovered.filter(isAnswered), TYPICAL)
    return right >= PRECISION * all
  })
  const tauChoose = lowest((tau) => {
    const near = heldOut.filter(({ confidence }) => confidence >= tau && confidence < tau + WINDOW)
    const good = near.filter(({ place }) => place >= 0 && place < OFFERED)
    return weighed(good, OFFERABLE) >= WORTH_OFFERING * weighed(near, OFFERABLE)
  })
  return { tauAnswer, tauChoose: Math.min(tauChoose, tauAnswer) }
}

/** Single words are left out: with few labelled questions they learn these by heart. */
export const SHIPPED: Parts = { trees: true, words: false }

/** What may be taken to another subject: no corrections learnt on this one. */
export const LINEAR: Parts = { trees: false, words: false }

export interface Fit {
  weights: Weights
  /** Cross-validated: what the figures of a closing note are computed from. */
  heldOut: readonly HeldOut[]
}

/** The whole fit: weights on everything, thresholds on what each fold did not see. */
export function fitFaq(examples: readonly Example[], parts: Parts = SHIPPED): Fit {
  const { rank, confidence, heldOut } = fitWeights(examples, parts)
  const judged = heldOut()
  return { weights: { rank, confidence, ...thresholdsOf(judged) }, heldOut: judged }
}
