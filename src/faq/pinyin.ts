import { FIRST_OF_SYLLABLE, OTHER_READING, USUAL_READING } from './syllables.ts'

const pairs = (text: string): [string, string][] =>
  text.split(' ').flatMap((pair) => (pair === '' ? [] : [[pair[0]!, pair.slice(1)]]))

const collator = new Intl.Collator('zh-u-co-pinyin')
const order = pairs(FIRST_OF_SYLLABLE)
const usual = new Map(pairs(USUAL_READING))
const other = new Map(pairs(OTHER_READING))
const HAN = /^\p{Script=Han}$/u

function lookUp(character: string): string {
  if (!HAN.test(character)) return character
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (collator.compare(order[middle]![0], character) <= 0) low = middle + 1
    else high = middle
  }
  return order[low - 1]?.[1] ?? character
}

const known = new Map<string, string>(usual)

/** How a Chinese character is read, without its tone; anything else is read as it is written. */
export function readingOf(character: string): string {
  const kept = known.get(character)
  if (kept !== undefined) return kept
  const reading = lookUp(character)
  // one for each character of the entries; what is typed adds at most all that there are
  if (reading !== character) known.set(character, reading)
  return reading
}

/** The readings of a text, character by character; with `others`, the second ones where there are. */
export const readingsOf = (text: string, others = false): string[] =>
  text.split('').map((one) => (others ? other.get(one) : undefined) ?? readingOf(one))

/** Has a text characters that our subject reads in two ways? */
export const isReadTwoWays = (text: string): boolean => {
  for (const one of text) if (other.has(one)) return true
  return false
}
