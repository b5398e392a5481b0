import { asked, bestThree, wordAsked } from './likeness.ts'
import type { Profile, Sentence } from './profile.ts'
import type { Question } from './question.ts'
import { commonRun, commonSubsequence } from './strings.ts'
import type { Vocabulary } from './vocabulary.ts'

/**
 * What speaks for and against one entry, each between 0 and 1. “Best” is the sentence of the entry
 * (question or phrasing) that is most like what was asked; mass is the weight of units.
 */
export const FEATURES = [
  /** Mean likeness of the three best sentences, both ways at once. */
  'support',
  /** Likeness of the best. */
  'best',
  /** Share of the question's mass that the best holds, and the other way round. */
  'covered',
  'covering',
  /** The same two by words alone. */
  'wordCovered',
  'wordCovering',
  /** Share of the question's mass that sentences and keywords hold, more where many hold it. */
  'central',
  /** Of all sentences anywhere that hold a unit, the part that is this entry's; mean by mass. */
  'owned',
  /** Share of the question's mass that any sentence or keyword holds. */
  'asked',
  /** The same with the answer, and the answer alone. */
  'whole',
  'answer',
  /** Share of the question's mass under keywords that stand in it whole. */
  'keyword',
  /** Word for word, once normalised. */
  'exact',
  /** Characters in the same order as in the best, as a share of the question and of the best. */
  'order',
  'ordered',
  /** The longest common run of characters, as a share of the shorter. */
  'run',
  /** Last two characters alike: there a Chinese question says what it wants to know. */
  'ending',
  /** Length of the shorter as a share of the longer. */
  'length',
  /** The heaviest unit that the entry lacks; that the best has and the question lacks. */
  'lost',
  'added',
  /** The question denies and the best sentence does not, or the other way round. */
  'denial',
  /** Share of the question's numbers that the entry does not know. */
  'number',
  /** Share of what the question is about that no sentence or keyword is about. */
  'subject',
  /** The same for the best sentence alone. */
  'offside',
  /** Kinds of thing asked for that the best does not ask for; that only the best asks for. */
  'aspect',
  'otherAspect',
] as const
export type Feature = (typeof FEATURES)[number]
/** By the order of `FEATURES`. */
export type Features = Float64Array

/** An entry as one question sees it. */
export interface View {
  features: Features
  /** Words of the question that the best sentence lacks, `-word`, and the other way round, `+word`. */
  differences: readonly string[]
}

const AT = Object.fromEntries(FEATURES.map((name, i) => [name, i])) as Record<Feature, number>

/** Share of `wanted` that `given` lacks. */
function lacking<T>(wanted: ReadonlySet<T>, given: (one: T) => boolean): number {
  if (wanted.size === 0) return 0
  let missing = 0
  for (const one of wanted) if (!given(one)) missing++
  return missing / wanted.size
}

const bitsOf = (bits: number) => {
  let n = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) n++
  return n
}
const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)

/** How the whole entry covers the question, whatever the sentence. */
function cover(question: Question, profile: Profile, vocabulary: Vocabulary, out: Features) {
  const { ids, counts } = profile.asked
  let [central, owned, held, both, answered] = [0, 0, 0, 0, 0]
  const heldIds: number[] = []
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!
    const weight = asked[id]!
    if (weight === 0) continue
    const n = counts[i]!
    heldIds.push(id)
    held += weight
    central += (weight * n) / (n + 2)
    owned += (weight * n) / (vocabulary.sentences(id) + 1)
  }
  for (const id of profile.answer) {
    const weight = asked[id]!
    if (weight === 0) continue
    answered += weight
    if (!heldIds.includes(id)) both += weight
  }
  let lost = 0
  question.ids.forEach((id, i) => {
    const weight = question.weights[i]!
    if (weight > lost && !heldIds.includes(id)) lost = weight
  })
  if (question.unknown > 0) lost = question.top
  out[AT.central] = central / question.mass
  out[AT.owned] = owned / question.mass
  out[AT.asked] = held / question.mass
  out[AT.whole] = (held + both) / question.mass
  out[AT.answer] = answered / question.mass
  out[AT.lost] = lost / question.top
}

function words(question: Question, best: Sentence, vocabulary: Vocabulary, out: Features) {
  let shared = 0
  let mass = 0
  for (const id of best.words) {
    if (vocabulary.isSingle(id)) continue
    const weight = vocabulary.weight(id)
    mass += weight
    if (wordAsked[id] === 1) shared += weight
  }
  out[AT.wordCovered] = shared / question.wordMass
  out[AT.wordCovering] = mass === 0 ? 0 : shared / mass
}

function signs(question: Question, best: Sentence, vocabulary: Vocabulary, out: Features) {
  const a = question.text.replaceAll(' ', '')
  const b = best.text.replaceAll(' ', '')
  const inOrder = commonSubsequence(a, b)
  const shorter = Math.min(a.length, b.length) || 1
  out[AT.order] = inOrder / (a.length || 1)
  out[AT.ordered] = inOrder / (b.length || 1)
  out[AT.run] = commonRun(a, b) / shorter
  out[AT.ending] = a.slice(-2) === b.slice(-2) ? 1 : 0
  out[AT.length] = shorter / (Math.max(a.length, b.length) || 1)
  let added = 0
  for (const id of best.units) {
    if (asked[id] === 0) added = Math.max(added, vocabulary.weight(id))
  }
  out[AT.added] = added / question.top
}

function keywordCover(question: Question, profile: Profile, vocabulary: Vocabulary): number {
  const whole = profile.keywords.filter((word) => word.length > 1 && question.text.includes(word))
  if (whole.length === 0) return 0
  let covered = 0
  question.ids.forEach((id, i) => {
    const unit = vocabulary.unit(id)
    if (whole.some((keyword) => keyword.includes(unit))) covered += question.weights[i]!
  })
  return covered / question.mass
}

const differencesOf = (question: Question, best: Sentence, vocabulary: Vocabulary): string[] => {
  const found: string[] = []
  for (const word of question.parts) if (!best.text.includes(word)) found.push(`-${word}`)
  for (const id of best.words) {
    const word = vocabulary.unit(id)
    if (!question.text.includes(word)) found.push(`+${word}`)
  }
  return found
}

/** One entry, for the question that is `marked`. */
export function viewOf(question: Question, profile: Profile, vocabulary: Vocabulary): View {
  const out = new Float64Array(FEATURES.length)
  const top = bestThree(question, profile, vocabulary)
  const { sentence: best, shared, mass, likeness } = top[0]!
  out[AT.support] = top.reduce((sum, one) => sum + one.likeness, 0) / top.length
  out[AT.best] = likeness
  out[AT.covered] = shared / question.mass
  out[AT.covering] = mass === 0 ? 0 : shared / mass
  cover(question, profile, vocabulary, out)
  words(question, best, vocabulary, out)
  signs(question, best, vocabulary, out)
  out[AT.keyword] = keywordCover(question, profile, vocabulary)
  out[AT.exact] = profile.sentences.some(({ text }) => text === question.text) ? 1 : 0
  out[AT.denial] = question.denies === best.denies ? 0 : 1
  out[AT.number] = lacking(
    question.numbers,
    (n) =>
      best.numbers.has(n) ||
      profile.numbers.has(n) ||
      profile.sentences.some((s) => s.numbers.has(n)),
  )
  out[AT.subject] = lacking(question.subjects, (subject) => profile.subjects.has(subject))
  out[AT.offside] = lacking(question.subjects, (subject) => best.subjects.has(subject))
  const [mine, its] = [question.aspects, best.aspects]
  out[AT.aspect] = share(bitsOf(mine & ~its), bitsOf(mine))
  out[AT.otherAspect] = share(bitsOf(its & ~mine), bitsOf(its))
  return { features: out, differences: differencesOf(question, best, vocabulary) }
}

/** Features that know this bureau's trade: another subject's weights leave them out. */
const OF_THE_TRADE: readonly Feature[] = ['keyword', 'subject', 'offside']

export function withoutTrade(view: View): View {
  const features = view.features.slice()
  for (const name of OF_THE_TRADE) features[AT[name]] = 0
  return { ...view, features }
}

/** For people: the features by name. */
export const namedFeatures = (features: Features): Record<Feature, number> =>
  Object.fromEntries(FEATURES.map((name, i) => [name, features[i]!])) as Record<Feature, number>
