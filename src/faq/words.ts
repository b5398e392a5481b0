import { CLOSING_FOLDS, FOLDS } from './folds.ts'
import { normalise } from './normalise.ts'

/** How much of a question is searched, in UTF-16 units of its normalised form. */
export const MAX_QUERY = 500
/** How much of one field of an entry is indexed. */
const MAX_FIELD = 8_000
/** A longer run of letters or digits is no word that anybody wrote. */
const MAX_RUN = 32

const folded = new Map(FOLDS.flatMap(([to, ...from]) => from.map((word) => [word, to] as const)))
const FOLDED = new RegExp(
  [...folded.keys(), ...FOLDS.map(([to]) => to)]
    .sort((a, b) => b.length - a.length)
    .map((word) => (/^[a-z]/.test(word) ? `(?<![a-z])${word}(?![a-z])` : word))
    .join('|'),
  'g',
)
const closing = new Map(CLOSING_FOLDS.map(([to, from]) => [from, to] as const))
const CLOSED = new RegExp(`(?:${[...closing.keys()].join('|')})(?= |$)`, 'g')
// “要环评不”, “作废没”, “报批伐”: a question in one closing syllable.
const ASKS = /(?:不|没|伐|么|嘛|咩|吧|吗|嚒|哇)(?:啊|呀|哦|噢|哈|呢|啦|滴)?(?= |$)/g
const PARTICLE = /(?:啊|呀|哦|噢|哈|呢|啦|滴|的说|哎|诶|嗯|呗)(?= |$)/g
// 遗撒, 抛撒 are what trucks do.
const DIALECT = /(?:[咯嘞噻]|(?<![遗抛喷泼洒播乱倾])撒)(?= |$)/g

/** Dialect, chat spellings and abbreviations of one meaning become one; takes normalised text. */
export function fold(normalised: string): string {
  return normalised
    .replace(DIALECT, '')
    .replace(CLOSED, (word) => closing.get(word) ?? word)
    .replace(FOLDED, (word) => folded.get(word) ?? word)
    .replace(ASKS, '吗')
    .replace(PARTICLE, '')
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
const RUN = /\p{Script=Han}+|[^\p{Script=Han} ]+/gu
const HAN = /^\p{Script=Han}/u
const CHARACTER = /^\p{Script=Han}$/u

export const isCharacter = (unit: string): boolean => CHARACTER.test(unit)

/** Words of folded text as a dictionary cuts them, single characters too, and whole runs. */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const [run] of text.matchAll(RUN)) {
    if (!HAN.test(run)) words.push(run.slice(0, MAX_RUN))
    else if (run.length <= 2) words.push(run)
    else {
      for (const { segment } of segmenter.segment(run)) words.push(segment)
    }
  }
  return words
}

/** Units of folded text: characters, pairs, longer words, whole runs of letters and digits. */
export function unitsOf(text: string, words: readonly string[] = wordsOf(text)): string[] {
  const units: string[] = []
  let label = ''
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const joined = index > 0 && text[index - 1] !== ' '
    if (!HAN.test(run)) {
      label = run.slice(0, MAX_RUN)
      units.push(label)
      continue
    }
    const letters = [...run]
    // “a级”, “x光”, “5年”: the letter or number means little without what it counts or names.
    if (joined && label !== '') units.push(label + letters[0])
    for (let i = 0; i < letters.length; i++) {
      units.push(letters[i]!)
      if (i > 0) units.push(letters[i - 1]! + letters[i]!)
    }
  }
  for (const word of words) if (word.length > 2 && HAN.test(word)) units.push(word)
  return units
}

/** The one tokenizer of the index: the same for what is stored and for what is asked. */
export const tokenize = (text: string): string[] =>
  unitsOf(fold(normalise(text).slice(0, MAX_FIELD)))

/** A question as it is searched: normalised, cut, folded. */
export const readQuery = (text: string): string => fold(normalise(text).slice(0, MAX_QUERY))

/** Is a question longer than what is searched of it? */
export const isCut = (text: string): boolean =>
  text.length > MAX_QUERY && normalise(text).length > MAX_QUERY
