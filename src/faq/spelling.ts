import type { FaqEntry } from './entry.ts'
import { normalise } from './normalise.ts'
import { isReadTwoWays, readingOf, readingsOf } from './pinyin.ts'
import { createSorted } from './sorted.ts'

/** Entries that are looked at in one place; bounds a key stroke's work. */
const MAX_LOOKED_AT = 1_000

/** More than initials, which many texts share. */
const FULL_IS_WORTH = 0.2

const WAYS = ['full', 'initials'] as const
type Way = (typeof WAYS)[number]

/** A text as it is spelled in one way; many entries may share it. */
interface Row {
  key: string
  text: string
  readings: readonly string[]
  ids: Set<string>
}

/** What was typed, in one way of spelling. */
interface Needle {
  key: string
  /** Chinese characters that were typed, by where they begin in the key. */
  han: readonly (readonly [at: number, character: string])[]
}

const HAN = /\p{Script=Han}/u
const LETTER = /[a-z]/

const squeeze = (text: string) => normalise(text).replaceAll(' ', '').replaceAll('ü', 'v')

const spelled = (reading: string, way: Way): string => (way === 'full' ? reading : reading[0]!)

function needleOf(text: string, way: Way): Needle {
  const han: [number, string][] = []
  let key = ''
  for (const one of text.split('')) {
    if (HAN.test(one)) han.push([key.length, one])
    key += spelled(readingOf(one), way)
  }
  return { key, han }
}

/** Are the characters that were typed those of the text? */
function holds({ text, readings }: Row, { han }: Needle, way: Way): boolean {
  if (han.length === 0) return true
  if (way === 'initials') return han.every(([at, one]) => text[at] === one)
  const places = new Map<number, string>()
  let end = 0
  for (const [i, reading] of readings.entries()) {
    places.set(end, text[i]!)
    end += reading.length
  }
  return han.every(([at, one]) => places.get(at) === one)
}

/** Texts of one kind, by how they are spelled. */
function createShelf() {
  const sorted = { full: createSorted<Row>(), initials: createSorted<Row>() }
  const idsOf = new Map<string, Set<string>>()

  function* rowsOf(text: string, ids: Set<string>): Generator<[Way, Row]> {
    for (const others of isReadTwoWays(text) ? [false, true] : [false]) {
      const readings = readingsOf(text, others)
      for (const way of WAYS) {
        const key = readings.map((reading) => spelled(reading, way)).join('')
        yield [way, { key, text, readings, ids }]
      }
    }
  }
  function put(text: string, id: string) {
    const known = idsOf.get(text)
    if (known) {
      known.add(id)
      return
    }
    const ids = new Set([id])
    idsOf.set(text, ids)
    for (const [way, row] of rowsOf(text, ids)) sorted[way].add(row)
  }
  function remove(text: string, id: string) {
    const ids = idsOf.get(text)
    if (!ids?.delete(id) || ids.size > 0) return
    idsOf.delete(text)
    for (const [way, row] of rowsOf(text, ids)) sorted[way].remove(row)
  }
  /** Ids of entries with a text that begins so, in the order of the spelling. */
  function* beginning(needle: Needle, way: Way): Generator<string> {
    let left = MAX_LOOKED_AT
    for (const row of sorted[way].beginning(needle.key)) {
      if (left <= 0) return
      left -= row.ids.size
      if (holds(row, needle, way)) yield* row.ids
      else left--
    }
  }
  return { put, remove, beginning }
}

/** Finds entries by the pinyin that questions and keywords begin with: full, initials, or mixed. */
export function createSpelling() {
  const shelves = [
    { shelf: createShelf(), worth: 3, textsOf: ({ question }: FaqEntry) => [question] },
    { shelf: createShelf(), worth: 2, textsOf: ({ keywords }: FaqEntry) => keywords },
  ]
  function put(entry: FaqEntry) {
    for (const { shelf, textsOf } of shelves) {
      for (const text of textsOf(entry)) shelf.put(squeeze(text), entry.id)
    }
  }
  /** Takes the entry as it was put. */
  function remove(entry: FaqEntry) {
    for (const { shelf, textsOf } of shelves) {
      for (const text of textsOf(entry)) shelf.remove(squeeze(text), entry.id)
    }
  }
  /** The first `enough` entries for what was typed, where it has letters, with their worth. */
  function find(typed: string, enough: number, isShown: (id: string) => boolean) {
    const found = new Map<string, number>()
    const text = squeeze(typed)
    if (text.length < 2 || !LETTER.test(text)) return found
    const needles = { full: needleOf(text, 'full'), initials: needleOf(text, 'initials') }
    for (const { shelf, worth } of shelves) {
      for (const way of WAYS) {
        for (const id of shelf.beginning(needles[way], way)) {
          if (found.has(id) || !isShown(id)) continue
          found.set(id, way === 'full' ? worth + FULL_IS_WORTH : worth)
          if (found.size === enough) return found
        }
      }
    }
    return found
  }
  return { put, remove, find }
}
