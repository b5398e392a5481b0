import MiniSearch from 'minisearch'
import { type Profile, profileOf, type Sentence, type Served } from './profile.ts'
import { withoutSlots } from './slots.ts'
import { createStats, type Stats } from './stats.ts'
import { createSuggester, type Suggestion } from './suggest.ts'
import { tokenize } from './words.ts'

export type { Served } from './profile.ts'
export type { Suggestion } from './suggest.ts'

/** Second-pass candidates of one question. */
export const MAX_CANDIDATES = 30
/** Units that one question may ask the index for, the most telling first: bounds the work. */
const MAX_UNITS = 40

const BOOST = { question: 2, phrasings: 2, keywords: 1.5, answer: 0.3 }

interface Row {
  id: string
  question: string
  phrasings: string
  keywords: string
  answer: string
}

/** All current entries, searchable; changed entry by entry, never rebuilt. */
export interface FaqIndex {
  readonly size: number
  /** Adds an entry or replaces its older version. */
  put(served: Served): void
  remove(id: string): void
  get(id: string): Served | undefined
  profile(id: string): Profile | undefined
  profiles(): Iterable<Profile>
  /** Entries that may be meant, best first by MiniSearch; whether they may be shown is not asked. */
  candidates(question: Sentence, limit?: number): Profile[]
  /** In how many entries' questions, phrasings and keywords a unit stands. */
  count(unit: string): number
  readonly stats: Stats
  /** Up to five servable questions for what has been typed so far. */
  suggest(typed: string, now: Date): Suggestion[]
}

const openSearch = () =>
  new MiniSearch<Row>({
    fields: Object.keys(BOOST),
    storeFields: [],
    tokenize,
    // The tokenizer has folded already; MiniSearch's own processing would undo nothing but case.
    processTerm: (term) => term,
    searchOptions: { boost: BOOST, combineWith: 'OR' },
  })

const rowOf = ({ entry }: Served): Row => ({
  id: entry.id,
  question: entry.question,
  phrasings: entry.phrasings.join('\n'),
  keywords: entry.keywords.join('\n'),
  answer: withoutSlots(entry.answer),
})

/** Counts units over entries; weights are computed once until the entries change. */
function createCounts() {
  const counts = new Map<string, number>()
  const sentences = new Map<string, number>()
  let entries = 0
  let stats: Stats | undefined
  const count = (unit: string) => counts.get(unit) ?? 0
  function change(map: Map<string, number>, unit: string, by: number) {
    const now = (map.get(unit) ?? 0) + by
    if (now > 0) map.set(unit, now)
    else map.delete(unit)
  }
  function add(asked: ReadonlyMap<string, number>, by: 1 | -1) {
    for (const [unit, n] of asked) {
      change(counts, unit, by)
      change(sentences, unit, by * n)
    }
    entries += by
    stats = undefined
  }
  const current = (): Stats => {
    stats ??= createStats(count, (unit) => sentences.get(unit) ?? 0, entries)
    return stats
  }
  return { count, add, current }
}

/** An index of these entries; it holds every entry, and decides at answer time which may be shown. */
export function buildIndex(entries: Iterable<Served>): FaqIndex {
  const profiles = new Map<string, Profile>()
  const search = openSearch()
  const counts = createCounts()
  const suggester = createSuggester()

  function remove(id: string) {
    const old = profiles.get(id)
    if (!old) return
    search.discard(id)
    profiles.delete(id)
    suggester.remove(id)
    counts.add(old.asked, -1)
  }
  function put(served: Served) {
    remove(served.entry.id)
    const profile = profileOf(served)
    search.add(rowOf(served))
    profiles.set(served.entry.id, profile)
    suggester.put(served.entry)
    counts.add(profile.asked, 1)
  }
  function candidates(question: Sentence, limit = MAX_CANDIDATES): Profile[] {
    const stats = counts.current()
    const units = [...question.units]
      .map((unit) => ({ unit, weight: stats.weight(unit) }))
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MAX_UNITS)
      .map(({ unit }) => unit)
    if (units.length === 0) return []
    return search
      .search(question.text, { tokenize: () => units })
      .slice(0, limit)
      .map(({ id }) => profiles.get(id)!)
  }

  for (const served of entries) put(served)
  return {
    get size() {
      return profiles.size
    },
    put,
    remove,
    get: (id) => profiles.get(id)?.served,
    profile: (id) => profiles.get(id),
    profiles: () => profiles.values(),
    candidates,
    count: counts.count,
    get stats() {
      return counts.current()
    },
    suggest: suggester.suggest,
  }
}
