import { type FaqEntry, servable } from './entry.ts'
import { normalise } from './normalise.ts'
import { createSpelling } from './spelling.ts'
import { fold } from './words.ts'

export interface Suggestion {
  id: string
  question: string
}

const MAX_SUGGESTIONS = 5
/** Nobody reads suggestions for a sentence that is already written. */
const MAX_TYPED = 40
/** Entries that share the rarest typed pair and are looked at; bounds a key stroke's work. */
const MAX_LOOKED_AT = 200

interface Line {
  entry: FaqEntry
  /** Question first, folded, without spaces. */
  texts: string[]
}

const squeeze = (text: string) => fold(normalise(text)).replaceAll(' ', '')

const pairsOf = (text: string): Set<string> => {
  const pairs = new Set<string>()
  for (let i = 0; i + 2 <= text.length; i++) pairs.add(text.slice(i, i + 2))
  return pairs
}

/** This part of the typed pairs makes a text worth showing that does not hold them in a row. */
const ENOUGH = 0.6

/** The part of the pairs that a text holds, or 0 once it cannot be enough any more. */
function shareOf(text: string, pairs: ReadonlySet<string>): number {
  let missing = 0
  for (const pair of pairs) {
    if (!text.includes(pair) && ++missing > (1 - ENOUGH) * pairs.size) return 0
  }
  return 1 - missing / pairs.size
}

/** How well a line continues what was typed; 0 where it does not hold it. */
function worth(line: Line, typed: string, pairs: ReadonlySet<string>): number {
  let best = 0
  line.texts.forEach((text, i) => {
    const own = i === 0 ? 0.5 : 0
    if (text.startsWith(typed)) best = Math.max(best, 4 + own)
    else if (best < 3.5 && text.includes(typed)) best = Math.max(best, 3 + own)
    else if (best < 2.5 && pairs.size > 1) {
      const share = shareOf(text, pairs)
      if (share > 0) best = Math.max(best, 2 * share + own)
    }
  })
  return best
}

/** The first few in order of worth, then of id; the others are neither sorted nor judged. */
function best(found: ReadonlyMap<string, number>, isShown: (id: string) => boolean): string[] {
  const top: string[] = []
  const better = (a: string, b: string) => found.get(a)! - found.get(b)! || (a < b ? 1 : -1)
  for (const id of found.keys()) {
    const isFull = top.length === MAX_SUGGESTIONS
    if (isFull && better(id, top.at(-1)!) < 0) continue
    if (!isShown(id)) continue
    if (isFull) top.pop()
    const at = top.findIndex((other) => better(id, other) > 0)
    top.splice(at < 0 ? top.length : at, 0, id)
  }
  return top
}

/** What texts may be looked up by: their pairs, and how they begin. */
const keysOf = (text: string): string[] => [`^${text.slice(0, 2)}`, ...pairsOf(text)]

/**
 * Finds entries while somebody types: by the pairs of characters that entry texts hold, and by
 * pinyin where letters are typed.
 */
export function createSuggester() {
  const lines = new Map<string, Line>()
  const byKey = new Map<string, Set<string>>()
  const spelling = createSpelling()

  function remove(id: string) {
    const line = lines.get(id)
    if (!line) return
    lines.delete(id)
    for (const text of line.texts) {
      for (const key of keysOf(text)) {
        const ids = byKey.get(key)
        ids?.delete(id)
        if (ids?.size === 0) byKey.delete(key)
      }
    }
    spelling.remove(line.entry)
  }
  function put(entry: FaqEntry) {
    remove(entry.id)
    const texts = [entry.question, ...entry.phrasings].map(squeeze)
    lines.set(entry.id, { entry, texts })
    for (const text of texts) {
      for (const key of keysOf(text)) {
        byKey.set(key, (byKey.get(key) ?? new Set()).add(entry.id))
      }
    }
    spelling.put(entry)
  }
  /** Lines that begin like this, then those that hold the rarest pairs; at most `MAX_LOOKED_AT`. */
  function lookAt(text: string, pairs: ReadonlySet<string>): Set<string> {
    const sets = [...pairs].flatMap((pair) => byKey.get(pair) ?? [])
    const begin = byKey.get(`^${text.slice(0, 2)}`) ?? new Set()
    const seen = new Set<string>()
    for (const ids of [begin, ...sets.sort((a, b) => a.size - b.size)]) {
      for (const id of ids) {
        if (seen.size >= MAX_LOOKED_AT) return seen
        seen.add(id)
      }
    }
    return seen
  }
  function suggest(typed: string, now: Date): Suggestion[] {
    const read = typed.slice(0, MAX_TYPED * 2)
    const text = squeeze(read).slice(0, MAX_TYPED)
    if (text.length < 2) return []
    const isShown = (id: string) => servable(lines.get(id)!.entry, now)
    const found = spelling.find(read, MAX_SUGGESTIONS, isShown)
    const pairs = pairsOf(text)
    for (const id of lookAt(text, pairs)) {
      const value = worth(lines.get(id)!, text, pairs)
      if (value > (found.get(id) ?? 0)) found.set(id, value)
    }
    return best(found, isShown).map((id) => ({ id, question: lines.get(id)!.entry.question }))
  }
  return { put, remove, suggest }
}
