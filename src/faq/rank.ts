import { FEATURES, type Features, featuresOf, weigh } from './features.ts'
import type { FaqIndex } from './index.ts'
import type { Profile, Sentence } from './profile.ts'
import type { Stats } from './stats.ts'

export type RankWeights = Readonly<Features>

/** One entry in the order of the second pass; `score` is a sum, comparable within a question only. */
export interface Ranked {
  profile: Profile
  score: number
  features: Features
}

export function scoreOf(features: Features, weights: RankWeights): number {
  let score = 0
  for (const feature of FEATURES) score += weights[feature] * features[feature]
  return score
}

const idOf = (ranked: Ranked) => ranked.profile.served.entry.id

/** Scores candidates and puts the best first; equal scores are ordered by id. */
export function order(
  question: Sentence,
  candidates: readonly Profile[],
  stats: Stats,
  weights: RankWeights,
): Ranked[] {
  const weighed = weigh(question, stats)
  return candidates
    .map((profile) => {
      const features = featuresOf(weighed, profile, stats)
      return { profile, features, score: scoreOf(features, weights) }
    })
    .sort((a, b) => b.score - a.score || (idOf(a) < idOf(b) ? -1 : 1))
}

/** The second pass over an index. */
export const rank = (question: Sentence, index: FaqIndex, weights: RankWeights): Ranked[] =>
  order(question, index.candidates(question), index.stats, weights)
