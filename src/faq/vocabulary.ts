import { backgroundShare } from './lexicon.ts'
import { isCharacter } from './words.ts'

/** Imagined ordinary documents that steady the rarities while the knowledge base is small. */
const BACKGROUND = 60
/** A lone Chinese character is weaker evidence than a pair. */
const SINGLE = 0.7

/** Rarity of a unit that `count` of `entries` entries ask with. */
const rarity = (count: number, share: number, entries: number) =>
  Math.log(1 + (entries + BACKGROUND) / (count + BACKGROUND * share + 0.5))

/** The weight of the rarest unit there can be, to scale others by. */
export const rarest = (entries: number): number => rarity(0, 0, entries)

/** Numbers for units, and how many entries and sentences hold each: all arithmetic is on numbers. */
export interface Vocabulary {
  /** Entries counted. */
  readonly entries: number
  /** Units ever seen. */
  readonly size: number
  /** The unit's number, a new one where it has none. */
  intern(unit: string): number
  /** The unit's number, or -1. */
  find(unit: string): number
  unit(id: number): string
  isSingle(id: number): boolean
  /** How telling a unit is, given these entries: its rarity, a single character's cut down. */
  weight(id: number): number
  /** The same of a unit that no entry has. */
  foreign(unit: string): number
  /** In how many entries' questions, phrasings and keywords it stands; in how many answers. */
  count(id: number): number
  answers(id: number): number
  /** In how many sentences and keywords, of all entries together. */
  sentences(id: number): number
  /** Counts an entry in (1) or out (-1). */
  add(asked: Asked, answer: Int32Array, by: 1 | -1): void
}

/** Units of an entry's questions and keywords, with the number of sentences that hold each. */
export interface Asked {
  ids: Int32Array
  counts: Uint16Array
}

const grown = <T extends Float64Array | Int32Array>(old: T, bigger: T): T => {
  bigger.set(old)
  return bigger
}

export function createVocabulary(): Vocabulary {
  const ids = new Map<string, number>()
  const units: string[] = []
  let counts = new Int32Array(1024)
  let answers = new Int32Array(1024)
  let sentences = new Int32Array(1024)
  let weights = new Float64Array(1024)
  let shares = new Float64Array(1024)
  let entries = 0
  let stale = false

  function intern(unit: string): number {
    const known = ids.get(unit)
    if (known !== undefined) return known
    const id = units.push(unit) - 1
    ids.set(unit, id)
    if (id === counts.length) {
      counts = grown(counts, new Int32Array(id * 2))
      answers = grown(answers, new Int32Array(id * 2))
      sentences = grown(sentences, new Int32Array(id * 2))
      weights = grown(weights, new Float64Array(id * 2))
      shares = grown(shares, new Float64Array(id * 2))
    }
    // The sign says “single character”, which never changes and is asked for all the time.
    shares[id] = backgroundShare(unit) + (isCharacter(unit) ? 1 : 0)
    return id
  }
  const isSingle = (id: number) => shares[id]! >= 1
  function weight(id: number): number {
    if (stale) {
      weights.fill(0)
      stale = false
    }
    const cached = weights[id]!
    if (cached > 0) return cached
    const share = shares[id]!
    const fresh =
      share >= 1
        ? SINGLE * rarity(counts[id]!, share - 1, entries)
        : rarity(counts[id]!, share, entries)
    weights[id] = fresh
    return fresh
  }
  function add(asked: Asked, answer: Int32Array, by: 1 | -1): void {
    for (let i = 0; i < asked.ids.length; i++) {
      const id = asked.ids[i]!
      counts[id]! += by
      sentences[id]! += by * asked.counts[i]!
    }
    for (const id of answer) answers[id]! += by
    entries += by
    stale = true
  }
  return {
    get entries() {
      return entries
    },
    get size() {
      return units.length
    },
    intern,
    find: (unit) => ids.get(unit) ?? -1,
    unit: (id) => units[id]!,
    isSingle,
    weight,
    foreign: (unit) => (isCharacter(unit) ? SINGLE : 1) * rarity(0, backgroundShare(unit), entries),
    count: (id) => counts[id]!,
    answers: (id) => answers[id]!,
    sentences: (id) => sentences[id]!,
    add,
  }
}
