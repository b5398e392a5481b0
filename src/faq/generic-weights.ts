import type { Weights } from './confidence.ts'

/**
 * Written by `npm run faq:fit`, never by hand; reviewed like code. Fitted on the entries of
 * `faq/` alone, without the words of the trade: for a collection of another subject of which
 * nothing is labelled yet.
 */
export const GENERIC_WEIGHTS: Weights = {
  rank: {
    features: {
    "support": 7.787,
    "best": 0,
    "covered": 0,
    "covering": 0,
    "wordCovered": 0,
    "wordCovering": 0,
    "central": 17.928,
    "owned": 0,
    "asked": 0,
    "whole": 2.425,
    "answer": 10.596,
    "keyword": 0,
    "exact": 0,
    "order": 0.566,
    "ordered": 2.175,
    "run": 0,
    "ending": -0.754,
    "length": -0.268,
    "lost": 0,
    "added": 0,
    "denial": -0.386,
    "number": -0.363,
    "subject": 0,
    "offside": 0,
    "aspect": 0.556,
    "otherAspect": 0.146
  },
    trees: [
    ],
    words: {},
  },
  confidence: {
    "signals": {
      "support": 2.992,
      "best": 0,
      "covered": 0,
      "covering": 0,
      "wordCovered": 0,
      "wordCovering": 0,
      "central": 0.86,
      "owned": 0,
      "asked": 0,
      "whole": 0,
      "answer": 1.751,
      "keyword": 0,
      "exact": 0,
      "order": 1.248,
      "ordered": 0,
      "run": 0,
      "ending": -0.103,
      "length": 0.279,
      "lost": -1.496,
      "added": 0,
      "denial": 0,
      "number": 0,
      "subject": 0,
      "offside": 0,
      "aspect": -0.023,
      "otherAspect": 0.231,
      "words": 0,
      "score": -1.067,
      "margin": 2.283,
      "lead": 0.34,
      "share": 2.404,
      "clear": 0,
      "rival": -1.764,
      "rivalAsked": 0.338,
      "unknown": 0,
      "mass": 0.241,
      "scant": 0,
      "story": 6.159,
      "brief": -1.113
    },
    "bias": -1.239
  },
  tauAnswer: 0.95,
  tauChoose: 0.21,
}
