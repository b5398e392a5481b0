import type { FaqEntry } from './entry.ts'
import { denies, numbersOf, subjectsOf } from './lexicon.ts'
import { normalise } from './normalise.ts'
import { withoutSlots } from './slots.ts'
import { fold, tokenize, unitsOf } from './words.ts'

/** One sentence as the second pass sees it; a question and a stored phrasing look alike. */
export interface Sentence {
  text: string
  units: ReadonlySet<string>
  subjects: ReadonlySet<string>
  denies: boolean
  numbers: ReadonlySet<string>
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
  /** In how many of the sentences and keywords each unit stands. */
  asked: ReadonlyMap<string, number>
  /** What any sentence or keyword is about. */
  subjects: ReadonlySet<string>
  answer: ReadonlySet<string>
  numbers: ReadonlySet<string>
}

/** Takes folded text, as `readQuery` gives it. */
export function sentenceOf(text: string): Sentence {
  return {
    text,
    units: new Set(unitsOf(text)),
    subjects: subjectsOf(text),
    denies: denies(text),
    numbers: numbersOf(text),
  }
}

const folded = (text: string) => fold(normalise(text))

function countUnits(sentences: readonly Sentence[], keywords: readonly string[]) {
  const asked = new Map<string, number>()
  const count = (units: Iterable<string>) => {
    for (const unit of units) asked.set(unit, (asked.get(unit) ?? 0) + 1)
  }
  for (const sentence of sentences) count(sentence.units)
  for (const keyword of keywords) count(new Set(unitsOf(keyword)))
  return asked
}

const subjectsAmong = (sentences: readonly Sentence[], keywords: readonly string[]) =>
  new Set([
    ...sentences.flatMap(({ subjects }) => [...subjects]),
    ...keywords.flatMap((k) => [...subjectsOf(k)]),
  ])

export function profileOf(served: Served): Profile {
  const { entry } = served
  const sentences = [entry.question, ...entry.phrasings].map((text) => sentenceOf(folded(text)))
  const keywords = entry.keywords.map(folded).filter((keyword) => keyword !== '')
  const { answer: said, notice } = entry
  const facts = [said, ...(notice?.materials ?? []), ...(notice?.steps ?? [])].map(withoutSlots)
  return {
    served,
    sentences,
    keywords,
    asked: countUnits(sentences, keywords),
    subjects: subjectsAmong(sentences, keywords),
    answer: new Set(facts.flatMap(tokenize)),
    numbers: numbersOf(facts.map(folded).join(' ')),
  }
}

/** The profile as if one sentence had never been written: how the fit asks a phrasing fairly. */
export function withoutSentence(profile: Profile, index: number): Profile {
  const sentences = profile.sentences.filter((_, i) => i !== index)
  return {
    ...profile,
    sentences,
    asked: countUnits(sentences, profile.keywords),
    subjects: subjectsAmong(sentences, profile.keywords),
  }
}
