import type { Profile, Sentence } from './profile.ts'
import type { Stats } from './stats.ts'

/**
 * What speaks for and against one entry, each between 0 and 1. “Best” is the sentence of the entry
 * (question or phrasing) that is most like what was asked; mass is the weight of units.
 */
export const FEATURES = [
  /** Mean likeness of the three best sentences, both ways at once. */
  'support',
  /** Share of the question's mass that sentences and keywords hold, more where many hold it. */
  'central',
  /** Of all sentences anywhere that hold a unit, the part that is this entry's; mean by mass. */
  'owned',
  /** Share of the question's mass that sentences, keywords or the answer hold. */
  'answer',
  /** Share of the question's mass under keywords that stand in it whole. */
  'keyword',
  /** Word for word, once normalised. */
  'exact',
  /** The question denies and the best sentence does not, or the other way round. */
  'denial',
  /** Share of the question's numbers that the entry does not know. */
  'number',
  /** Share of what the question is about that no sentence or keyword is about. */
  'subject',
  /** The same for the best sentence alone. */
  'offside',
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
}

function compare(question: Weighed, sentence: Sentence, stats: Stats): Likeness {
  let shared = 0
  for (const [unit, weight] of question.weights) if (sentence.units.has(unit)) shared += weight
  const own = stats.mass(sentence.units)
  return { sentence, likeness: (2 * shared) / (question.mass + own || 1) }
}

/** Share of `wanted` that `given` lacks. */
function lacking<T>(wanted: ReadonlySet<T>, given: (one: T) => boolean): number {
  if (wanted.size === 0) return 0
  let missing = 0
  for (const one of wanted) if (!given(one)) missing++
  return missing / wanted.size
}

/** How the whole entry covers the question, whatever the sentence. */
function coverage(question: Weighed, profile: Profile, stats: Stats) {
  let central = 0
  let owned = 0
  let answer = 0
  for (const [unit, weight] of question.weights) {
    const n = profile.asked.get(unit) ?? 0
    if (n > 0 || profile.answer.has(unit)) answer += weight
    if (n === 0) continue
    central += (weight * n) / (n + 2)
    owned += (weight * n) / (stats.sentences(unit) + 1)
  }
  const whole = question.mass || 1
  return { central: central / whole, owned: owned / whole, answer: answer / whole }
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

/** The features of one entry for one question. */
export function featuresOf(question: Weighed, profile: Profile, stats: Stats): Features {
  const ranked = profile.sentences
    .map((sentence) => compare(question, sentence, stats))
    .sort((a, b) => b.likeness - a.likeness)
  const best = ranked[0]!.sentence
  const top = ranked.slice(0, 3)
  return {
    ...coverage(question, profile, stats),
    support: top.reduce((sum, one) => sum + one.likeness, 0) / top.length,
    keyword: keywordCover(question, profile),
    exact: profile.sentences.some((sentence) => sentence.text === question.text) ? 1 : 0,
    denial: question.denies === best.denies ? 0 : 1,
    number: lacking(
      question.numbers,
      (n) => best.numbers.has(n) || profile.numbers.has(n) || profile.asked.has(n),
    ),
    subject: lacking(question.subjects, (subject) => profile.subjects.has(subject)),
    offside: lacking(question.subjects, (subject) => best.subjects.has(subject)),
  }
}
