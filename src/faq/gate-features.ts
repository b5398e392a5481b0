import { NOTIONS } from './gate-concepts.ts'
import { CONJUNCTIONS } from './gate-conjunctions.ts'
import { THEIRS } from './gate-theirs.ts'
import { fold } from './words.ts'

/** UTF-16 units of normalised text that are judged: how a text begins, and how it ends. */
const HEAD = 200
const TAIL = 60

/** Any word of another department's business. */
const THEIR_NOTION = 'theirs'

const notions = new Map<string, string[]>()
const lists = [
  ...Object.entries(NOTIONS),
  ...Object.values(THEIRS).map((list) => [THEIR_NOTION, list] as const),
]
for (const [notion, list] of lists) {
  for (const word of list.split(' ')) notions.set(word, [...(notions.get(word) ?? []), notion])
}

/** The longest listed word by its first letter: most letters begin none, or only short ones. */
const longest = new Map<string, number>()
for (const word of notions.keys()) {
  longest.set(word[0]!, Math.max(word.length, longest.get(word[0]!) ?? 0))
}

/** Calls `seen` with every listed word of a text and its meanings; linear in the text. */
function eachWord(
  text: string,
  words: ReadonlyMap<string, readonly string[]>,
  seen: (meanings: readonly string[], word: string) => void,
) {
  for (let from = 0; from < text.length; from++) {
    const end = Math.min(text.length, from + (longest.get(text[from]!) ?? 0))
    for (let to = from + 1; to <= end; to++) {
      const word = text.slice(from, to)
      const meanings = words.get(word)
      if (meanings) seen(meanings, word)
    }
  }
}

const split = (list: string) => list.split(' ')
const conjunctions = Object.entries(CONJUNCTIONS).map(([name, { all, none }]) => ({
  name,
  all: all.map(split),
  none: none === undefined ? [] : split(none),
}))

const SIZES = [3, 6, 12, 30, 60]

/** The part of a long text that is judged; takes normalised text. */
export const excerpt = (normalised: string): string =>
  normalised.length <= HEAD + TAIL
    ? normalised
    : `${normalised.slice(0, HEAD)} ${normalised.slice(-TAIL)}`

/**
 * What a text is judged by, each feature once: notions (`#own`), letters and pairs of letters of the
 * folded text (`_` for a blank, `^` and `$` for its ends), its size. Takes normalised text.
 */
export function featuresOf(normalised: string): string[] {
  const read = excerpt(normalised)
  const held = new Set<string>()
  eachWord(read, notions, (meanings) => {
    for (const notion of meanings) held.add(notion)
  })
  const holds = (notion: string) => held.has(notion)
  const found = new Set([...held].map((notion) => `#${notion}`))
  for (const { name, all, none } of conjunctions) {
    if (all.every((list) => list.some(holds)) && !none.some(holds)) found.add(`#${name}`)
  }
  found.add(`#size${SIZES.find((size) => read.length <= size) ?? 'Long'}`)
  if (/\d/.test(read)) found.add('#number')
  const letters = ['^', ...fold(read).replaceAll(' ', '_'), '$']
  for (const [at, letter] of letters.entries()) {
    found.add(letter)
    if (at > 0) found.add(letters[at - 1]! + letter)
  }
  return [...found]
}

const owners = new Map<string, string[]>()
for (const [department, list] of Object.entries(THEIRS)) {
  for (const word of list.split(' ')) owners.set(word, [...(owners.get(word) ?? []), department])
}

/** Whose business normalised text speaks of most, by id; null where no listed word occurs. */
export function departmentOf(normalised: string): string | null {
  const read = excerpt(normalised)
  const votes = new Map<string, number>()
  eachWord(read, owners, (departments, word) => {
    for (const one of departments) votes.set(one, (votes.get(one) ?? 0) + word.length ** 2)
  })
  const [first] = [...votes].sort(([, a], [, b]) => b - a)
  return first ? first[0] : null
}
