import { NOTIONS } from './gate-concepts.ts'
import { CONJUNCTIONS } from './gate-conjunctions.ts'
import { THEIRS } from './gate-theirs.ts'
import { fold } from './words.ts'

/** UTF-16 units of normalised text that are judged: how a text begins, and how it ends. */
const HEAD = 200
const TAIL = 60

/** Any word of another department's business. */
const THEIR_NOTION = 'theirs'

/** Listed words letter by letter: a text is read along it, and most letters begin none. */
interface Words {
  next: Map<string, Words>
  /** What the word means that ends here. */
  meanings: string[]
}

const none = (): Words => ({ next: new Map(), meanings: [] })

function treeOf(lists: Iterable<readonly [meaning: string, words: string]>): Words {
  const root = none()
  for (const [meaning, list] of lists) {
    for (const word of list.split(' ')) {
      let at = root
      for (let i = 0; i < word.length; i++) {
        const next = at.next.get(word[i]!) ?? none()
        at.next.set(word[i]!, next)
        at = next
      }
      at.meanings.push(meaning)
    }
  }
  return root
}

const notions = treeOf([
  ...Object.entries(NOTIONS),
  ...Object.values(THEIRS).map((list) => [THEIR_NOTION, list] as const),
])

/** Calls `seen` with the meanings and the length of every listed word of a text. */
function eachWord(
  text: string,
  words: Words,
  seen: (meanings: readonly string[], length: number) => void,
) {
  for (let from = 0; from < text.length; from++) {
    let at = words.next.get(text[from]!)
    for (let to = from + 1; at; to++) {
      if (at.meanings.length > 0) seen(at.meanings, to - from)
      at = to < text.length ? at.next.get(text[to]!) : undefined
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
  let last = ''
  for (const letter of `^${fold(read).replaceAll(' ', '_')}$`) {
    found.add(letter)
    if (last !== '') found.add(last + letter)
    last = letter
  }
  return [...found]
}

const owners = treeOf(Object.entries(THEIRS))

/** Whose business normalised text speaks of most, by id; null where no listed word occurs. */
export function departmentOf(normalised: string): string | null {
  const read = excerpt(normalised)
  const votes = new Map<string, number>()
  eachWord(read, owners, (departments, length) => {
    for (const one of departments) votes.set(one, (votes.get(one) ?? 0) + length ** 2)
  })
  const [first] = [...votes].sort(([, a], [, b]) => b - a)
  return first ? first[0] : null
}
