import { type FaqEntry, servable } from './entry.ts'
import { normalise } from './normalise.ts'
import { fold } from './words.ts'

export interface Suggestion {
  id: string
  question: string
}

const MAX_SUGGESTIONS = 5
/** Nobody reads suggestions for a sentence that is already written. */
const MAX_TYPED = 40
/** Entries that share the rarest typed pair and are looked at; bounds a key stroke's work. */
const MAX_LOOKED_AT = 400

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

/** How well a line continues what was typed; 0 where it does not hold it. */
function worth(line: Line, typed: string, pairs: ReadonlySet<string>): number {
  let best = 0
  line.texts.forEach((text, i) => {
    const own = i === 0 ? 0.5 : 0
    if (text.startsWith(typed)) best = Math.max(best, 4 + own)
    else if (text.includes(typed)) best = Math.max(best, 3 + own)
    else if (pairs.size > 1) {
      let shared = 0
      for (const pair of pairs) if (text.includes(pair)) shared++
      const part = shared / pairs.size
      if (part >= 0.6) best = Math.max(best, 2 * part + own)
    }
  })
  return best
}

/** Finds entries while somebody types: by the pairs of characters that entry texts hold. */
export function createSuggester() {
  const lines = new Map<string, Line>()
  const byPair = new Map<string, Set<string>>()

  function remove(id: string) {
    const line = lines.get(id)
    if (!line) return
    lines.delete(id)
    for (const text of line.texts) {
      for (const pair of pairsOf(text)) {
        const ids = byPair.get(pair)
        ids?.delete(id)
        if (ids?.size === 0) byPair.delete(pair)
      }
    }
  }
  function put(entry: FaqEntry) {
    remove(entry.id)
    const texts = [entry.question, ...entry.phrasings].map(squeeze)
    lines.set(entry.id, { entry, texts })
    for (const text of texts) {
      for (const pair of pairsOf(text)) {
        byPair.set(pair, (byPair.get(pair) ?? new Set()).add(entry.id))
      }
    }
  }
  /** Lines that hold the rarest typed pairs, at most `MAX_LOOKED_AT`. */
  function lookAt(pairs: ReadonlySet<string>): Set<string> {
    const sets = [...pairs].flatMap((pair) => byPair.get(pair) ?? [])
    const seen = new Set<string>()
    for (const ids of sets.sort((a, b) => a.size - b.size)) {
      for (const id of ids) {
        if (seen.size >= MAX_LOOKED_AT) return seen
        seen.add(id)
      }
    }
    return seen
  }
  function suggest(typed: string, now: Date): Suggestion[] {
    const text = squeeze(typed.slice(0, MAX_TYPED * 2)).slice(0, MAX_TYPED)
    if (text.length < 2) return []
    const pairs = pairsOf(text)
    const found: { line: Line; worth: number }[] = []
    for (const id of lookAt(pairs)) {
      const line = lines.get(id)!
      const value = worth(line, text, pairs)
      if (value > 0 && servable(line.entry, now)) found.push({ line, worth: value })
    }
    return found
      .sort((a, b) => b.worth - a.worth || (a.line.entry.id < b.line.entry.id ? -1 : 1))
      .slice(0, MAX_SUGGESTIONS)
      .map(({ line: { entry } }) => ({ id: entry.id, question: entry.question }))
  }
  return { put, remove, suggest }
}
