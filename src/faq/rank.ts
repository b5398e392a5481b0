import { FEATURES, type Feature, type Features, type View, viewOf } from './features.ts'
import type { FaqIndex } from './index.ts'
import { marked } from './likeness.ts'
import type { Profile } from './profile.ts'
import type { Question } from './question.ts'
import { advice, type Tree } from './trees.ts'

/** A score is a sum of three: each part can be read, and each but the first may be empty. */
export interface RankWeights {
  features: Readonly<Record<Feature, number>>
  /** Corrections where features mean more together than apart; inputs are places in `FEATURES`. */
  trees: readonly Tree[]
  /** What a word is worth (below 0: costs) that one side has and the other lacks, as in a `View`. */
  words: Readonly<Record<string, number>>
}

/** `RankWeights` made ready for many candidates. */
export interface Scorer {
  score(view: View): number
  /** The part of the score that `words` contribute. */
  words(view: View): number
}

export function scorerOf({ features, trees, words }: RankWeights): Scorer {
  const linear = FEATURES.map((feature) => features[feature])
  const worth = new Map(Object.entries(words))
  const wordsOf = ({ differences }: View) => {
    let sum = 0
    if (worth.size > 0) for (const one of differences) sum += worth.get(one) ?? 0
    return sum
  }
  return {
    score(view) {
      let sum = advice(trees, view.features) + wordsOf(view)
      for (let i = 0; i < linear.length; i++) sum += linear[i]! * view.features[i]!
      return sum
    },
    words: wordsOf,
  }
}

/** One entry in the order of the second pass; `score` is a sum, comparable within a question only. */
export interface Ranked {
  profile: Profile
  score: number
  features: Features
  /** The part of the score that single words contribute. */
  words: number
}

const idOf = (ranked: Ranked) => ranked.profile.served.entry.id

/** The second pass over an index: best first; equal scores are ordered by id. */
export function rank(question: Question, index: FaqIndex, scorer: Scorer): Ranked[] {
  const { vocabulary } = index
  const found = index.candidates(question)
  const ranked = marked(question, vocabulary, () =>
    found.map((profile): Ranked => {
      const view = viewOf(question, profile, vocabulary)
      const { features } = view
      return { profile, score: scorer.score(view), features, words: scorer.words(view) }
    }),
  )
  return ranked.sort((a, b) => b.score - a.score || (idOf(a) < idOf(b) ? -1 : 1))
}
