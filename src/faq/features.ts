import type { Profile, Sentence } from './profile.ts'
import { rarest, type Stats } from './stats.ts'

/**
 * What speaks for and against one entry, each between 0 and 1. “Best” is the sentence of the entry
 * (question or phrasing) that is most like what was asked; mass is the weight of units.
 */
export const FEATURES = [
  /** Likeness of the question and the best sentence, both ways at once. */
  'likeness',
  /** Share of the question's mass that the best sentence holds. */
  'asked',
  /** Share of the best sentence's mass that the question holds. */
  'said',
  /** Mean likeness of the three best sentences. */
  'support',
  /** Share of the question's mass that any sentence or keyword holds. */
  'entry',
  /** The same, counting units that many sentences hold for more. */
  'central',
  /** The same with the answer's text. */
  'answer',
  /** Share of the question's mass under keywords that stand in it whole. */
  'keyword',
  /** Word for word, once normalised. */
  'exact',
  /** One denies, the other does not. */
  'denial',
  /** Share of the question's numbers that the entry does not know. */
  'number',
  /** Share of what the question asks for (how much, how long …) that the best does not ask for. */
  'aspect',
  /** The same over all sentences of the entry. */
  'aspects',
  /** How telling the most telling unit is that the entry does not hold at all. */
  'missing',
] as const
export type Feature = (typeof FEATURES)[number]
export type Features = Record<Feature, number>

/** A question whose units are weighed once, for all its candidates. */
export interface Weighed extends Sentence {
  weights: readonly (readonly [unit: string, weight: number])[]
  mass: number
}

export function weigh(question: Sentence, stats: Stats): Weighed {
  const weights = [...question.units].map((unit) => [unit, stats.weight(unit)] as const)
  return { ...question, weights, mass: weights.reduce((sum, [, weight]) => sum + weight, 0) }
}

interface Likeness {
  sentence: Sentence
  likeness: number
  asked: number
  said: number
}

function compare(question: Weighed, sentence: Sentence, stats: Stats): Likeness {
  let shared = 0
  for (const [unit, weight] of question.weights) if (sentence.units.has(unit)) shared += weight
  const own = stats.mass(sentence.units)
  return {
    sentence,
    likeness: (2 * shared) / (question.mass + own || 1),
    asked: shared / (question.mass || 1),
    said: shared / (own || 1),
  }
}

/** Share of `wanted` that `given` lacks. */
function lacking<T>(wanted: ReadonlySet<T>, given: (one: T) => boolean): number {
  if (wanted.size === 0) return 0
  let missing = 0
  for (const one of wanted) if (!given(one)) missing++
  return missing / wanted.size
}

/** How the whole entry covers the question, whatever the sentence. */
function coverage(question: Weighed, profile: Profile) {
  let entry = 0
  let central = 0
  let answer = 0
  let missing = 0
  for (const [unit, weight] of question.weights) {
    const n = profile.asked.get(unit) ?? 0
    if (n > 0) entry += weight
    central += (weight * n) / (n + 2)
    if (n > 0 || profile.answer.has(unit)) answer += weight
    else if (unit.length > 1) missing = Math.max(missing, weight)
  }
  const whole = question.mass || 1
  return { entry: entry / whole, central: central / whole, answer: answer / whole, missing }
}

function keywordCover(question: Weighed, profile: Profile): number {
  const whole = profile.keywords.filter(
    (keyword) => keyword.length > 1 && question.text.includes(keyword),
  )
  let covered = 0
  for (const [unit, weight] of question.weights) {
    if (whole.some((keyword) => keyword.includes(unit))) covered += weight
  }
  return covered / (question.mass || 1)
}

/** The features of one entry for one question; `entries` is the size of the index. */
export function featuresOf(
  question: Weighed,
  profile: Profile,
  stats: Stats,
  entries: number,
): Features {
  const ranked = profile.sentences
    .map((sentence) => compare(question, sentence, stats))
    .sort((a, b) => b.likeness - a.likeness)
  const best = ranked[0]!
  const top = ranked.slice(0, 3)
  const whole = coverage(question, profile)
  return {
    likeness: best.likeness,
    asked: best.asked,
    said: best.said,
    support: top.reduce((sum, one) => sum + one.likeness, 0) / top.length,
    entry: whole.entry,
    central: whole.central,
    answer: whole.answer,
    keyword: keywordCover(question, profile),
    exact: profile.sentences.some((sentence) => sentence.text === question.text) ? 1 : 0,
    denial: question.denies === best.sentence.denies ? 0 : 1,
    number: lacking(
      question.numbers,
      (n) => best.sentence.numbers.has(n) || profile.numbers.has(n) || profile.asked.has(n),
    ),
    aspect: lacking(question.aspects, (aspect) => best.sentence.aspects.has(aspect)),
    aspects: lacking(question.aspects, (aspect) =>
      profile.sentences.some((sentence) => sentence.aspects.has(aspect)),
    ),
    missing: whole.missing / rarest(entries),
  }
}
