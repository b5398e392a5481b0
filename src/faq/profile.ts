import type { FaqEntry } from './entry.ts'
import { aspectsOf, denies, numbersOf, subjectsOf } from './lexicon.ts'
import { normalise } from './normalise.ts'
import { withoutSlots } from './slots.ts'
import type { Asked, Vocabulary } from './vocabulary.ts'
import { fold, tokenize, unitsOf, wordsOf } from './words.ts'

/** What is read off one sentence, whether asked or stored. */
export interface Reading {
  /** Normalised and folded. */
  text: string
  /** What kind of thing is asked for, as bits. */
  aspects: number
  subjects: ReadonlySet<string>
  denies: boolean
  numbers: ReadonlySet<string>
}

/** A stored sentence; units are numbers of the index's vocabulary, each once. */
export interface Sentence extends Reading {
  units: Int32Array
  /** As a dictionary cuts it, single characters too. */
  words: Int32Array
}

/** An entry as it is served: with the version that the record will name. */
export interface Served {
  entry: FaqEntry
  version: number
}

/** All that the second pass needs of one entry. */
export interface Profile {
  served: Served
  /** The question first, then its phrasings. */
  sentences: readonly Sentence[]
  keywords: readonly string[]
  asked: Asked
  /** What any sentence or keyword is about. */
  subjects: ReadonlySet<string>
  answer: Int32Array
  numbers: ReadonlySet<string>
}

const NONE: ReadonlySet<string> = new Set()
const lean = (set: ReadonlySet<string>) => (set.size === 0 ? NONE : set)

/** Takes folded text, as `readQuery` gives it. */
export const readingOf = (text: string): Reading => ({
  text,
  aspects: aspectsOf(text),
  subjects: lean(subjectsOf(text)),
  denies: denies(text),
  numbers: lean(numbersOf(text)),
})

const interned = (units: readonly string[], vocabulary: Vocabulary) =>
  Int32Array.from(new Set(units), (unit) => vocabulary.intern(unit))

const folded = (text: string) => fold(normalise(text))

function sentenceOf(text: string, vocabulary: Vocabulary): Sentence {
  const read = folded(text)
  const words = wordsOf(read)
  return {
    ...readingOf(read),
    units: interned(unitsOf(read, words), vocabulary),
    words: interned(words, vocabulary),
  }
}

function askedOf(
  sentences: readonly Sentence[],
  keywords: readonly string[],
  vocabulary: Vocabulary,
): Asked {
  const counts = new Map<number, number>()
  const count = (ids: Int32Array) => {
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  for (const sentence of sentences) count(sentence.units)
  for (const keyword of keywords) count(interned(unitsOf(keyword), vocabulary))
  return { ids: Int32Array.from(counts.keys()), counts: Uint16Array.from(counts.values()) }
}

export function profileOf(served: Served, vocabulary: Vocabulary): Profile {
  const { entry } = served
  const sentences = [entry.question, ...entry.phrasings].map((text) => sentenceOf(text, vocabulary))
  const keywords = entry.keywords.map(folded).filter((keyword) => keyword !== '')
  const { answer: said, notice } = entry
  const facts = [said, ...(notice?.materials ?? []), ...(notice?.steps ?? [])].map(withoutSlots)
  return {
    served,
    sentences,
    keywords,
    asked: askedOf(sentences, keywords, vocabulary),
    subjects: lean(
      new Set([
        ...sentences.flatMap(({ subjects }) => [...subjects]),
        ...keywords.flatMap((keyword) => [...subjectsOf(keyword)]),
      ]),
    ),
    answer: interned(facts.flatMap(tokenize), vocabulary),
    numbers: lean(numbersOf(facts.map(folded).join(' '))),
  }
}
