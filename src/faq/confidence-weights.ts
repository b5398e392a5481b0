import type { Weights } from './confidence.ts'

/**
 * Written by the fit (see `thresholds.ts`), never by hand; reviewed like code. Fitted on the
 * entries of `faq/`, each phrasing asked without itself, and on cleared labelled questions.
 */
export const WEIGHTS: Weights = {
  rank: {
    support: 6.546,
    central: 9.097,
    owned: 0,
    answer: 8.213,
    keyword: 4.033,
    exact: 2.156,
    denial: -0.118,
    number: -1.595,
    subject: -1.048,
    offside: -0.438,
  },
  confidence: {
    support: 0.669,
    central: 1.185,
    owned: 2.673,
    answer: 0.491,
    keyword: 0.563,
    exact: 0.051,
    denial: -0.309,
    number: -0.854,
    subject: -1.796,
    offside: -0.232,
    margin: 1.579,
    share: 1.697,
    mass: 0.83,
    length: -1.773,
    bias: -2.814,
  },
  tauAnswer: 0.89,
  tauChoose: 0.32,
}
