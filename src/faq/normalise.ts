import { ConverterFactory } from 'opencc-js/core'
import characters from 'opencc-js/dict/TSCharacters'
import phrases from 'opencc-js/dict/TSPhrases'

/** UTF-16 units that are looked at: what one command may carry (4,000 code points, doubled). */
const MAX_READ = 8_000

// Two dictionaries of 38 KB; the package's own “t2cn” bundle adds regional words for 109 KB.
const simplify = ConverterFactory([[phrases, characters]])

const INVISIBLE = /[\p{Cf}\p{Mn}\p{Me}]+/gu
const NOT_A_WORD = /[^\p{L}\p{N}%.]+/gu
const LOOSE_DOT = /(?<!\d)\.|\.(?!\d)/g
const SPACED_OUT = /(?<=(?:^| )\p{Script=Han}) (?=\p{Script=Han}(?: |$))/gu

/**
 * One spelling for what people see as the same: full-width and compatibility forms (NFKC), case,
 * traditional characters, zero-width characters, punctuation. Words are left separated by single
 * spaces; `%` and a decimal point inside a number stay. Reads at most the first 8,000 UTF-16 units,
 * in time linear in them, and never throws.
 */
export function normalise(text: string): string {
  const read = text.slice(0, MAX_READ).toWellFormed().normalize('NFKC').slice(0, MAX_READ)
  // Lower case first: some capitals (İ) leave a combining mark behind.
  const plain = read.toWellFormed().toLowerCase().replace(INVISIBLE, '')
  return simplify(plain)
    .replaceAll('著', '着') // the dictionaries leave 著火 alone, because of 著名
    .replace(NOT_A_WORD, ' ')
    .replace(LOOSE_DOT, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .replace(SPACED_OUT, '')
}
