import { type Reading, readingOf } from './profile.ts'
import { rarest, type Vocabulary } from './vocabulary.ts'
import { isCharacter, unitsOf, wordsOf } from './words.ts'

/** A question weighed once for all its candidates. */
export interface Question extends Reading {
  /** Its units that the index knows, and of these the words of two characters or more, by number. */
  ids: Int32Array
  words: Int32Array
  /** All words, single characters too. */
  parts: readonly string[]
  /** Weight of each of `ids`. */
  weights: Float64Array
  /** Weight of all units, those included that no entry has. */
  mass: number
  /** The same without single characters, and for words alone. */
  pairs: number
  wordMass: number
  /** The heaviest unit's weight. */
  top: number
  /** Share of the mass that no entry asks with. */
  unknown: number
  /** Mass in rarest units. */
  fullness: number
}

/** Weighs folded text by the entries of one vocabulary; writes nothing into it. */
export function questionOf(text: string, vocabulary: Vocabulary): Question {
  const words = wordsOf(text)
  const ids: number[] = []
  const weights: number[] = []
  let mass = 0
  let pairs = 0
  let top = 0
  let unknown = 0
  for (const unit of new Set(unitsOf(text, words))) {
    const id = vocabulary.find(unit)
    const weight = id < 0 ? vocabulary.foreign(unit) : vocabulary.weight(id)
    mass += weight
    top = Math.max(top, weight)
    if (unit.length > 1) pairs += weight
    if (id < 0 || vocabulary.count(id) === 0) unknown += weight
    if (id < 0) continue
    ids.push(id)
    weights.push(weight)
  }
  let wordMass = 0
  const known: number[] = []
  for (const word of new Set(words)) {
    if (isCharacter(word)) continue
    const id = vocabulary.find(word)
    wordMass += id < 0 ? vocabulary.foreign(word) : vocabulary.weight(id)
    if (id >= 0) known.push(id)
  }
  return {
    ...readingOf(text),
    ids: Int32Array.from(ids),
    words: Int32Array.from(known),
    parts: [...new Set(words)],
    weights: Float64Array.from(weights),
    mass: mass || 1,
    pairs,
    wordMass: wordMass || 1,
    top: top || 1,
    unknown: unknown / (mass || 1),
    fullness: pairs / rarest(vocabulary.entries),
  }
}
