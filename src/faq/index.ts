import MiniSearch, { type Query } from 'minisearch'
import { nearest } from './likeness.ts'
import { type Profile, profileOf, type Served } from './profile.ts'
import { type Question, questionOf } from './question.ts'
import { createSuggester, type Suggestion } from './suggest.ts'
import { createVocabulary, type Vocabulary } from './vocabulary.ts'

export type { Served } from './profile.ts'
export type { Suggestion } from './suggest.ts'

/** Second-pass candidates of one question. */
export const MAX_CANDIDATES = 40
/**
 * How many postings one question may read of the questions and of the answers, the rarest units
 * first. What a frequent unit adds is counted on the candidates, where it costs next to nothing.
 */
const BUDGET = { asked: 1_000, answer: 500 }
/** Single characters are asked for only while this share of the budget is left over. */
const ENOUGH = 0.7
/** How many of MiniSearch's best are compared for the second pass's candidates. */
const MAX_LOOKED_AT = 80
const BOOST = { asked: 1, answer: 0.3 }

interface Row {
  id: string
  asked: readonly string[]
  answer: readonly string[]
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
  /** Weighs a folded question against what the entries ask. */
  read(folded: string): Question
  /** Entries that may be meant, best first by MiniSearch; whether they may be shown is not asked. */
  candidates(question: Question, limit?: number): Profile[]
  readonly vocabulary: Vocabulary
  /** Up to five servable questions for what has been typed so far. */
  suggest(typed: string, now: Date): Suggestion[]
}

const asIs = <T>(value: T) => value

const openSearch = () =>
  new MiniSearch<Row>({
    fields: Object.keys(BOOST),
    storeFields: [],
    // Entries arrive as units; to cut them again would double the work.
    stringifyField: asIs,
    tokenize: asIs as unknown as (text: string) => string[],
    processTerm: asIs,
    searchOptions: { boost: BOOST, combineWith: 'OR', tokenize: (unit) => [unit] },
  })

/** Each unit once, of the answer no single characters. */
function rowOf(profile: Profile, vocabulary: Vocabulary): Row {
  const { asked, answer, served } = profile
  return {
    id: served.entry.id,
    asked: Array.from(asked.ids, vocabulary.unit),
    answer: Array.from(answer, vocabulary.unit).filter((unit) => unit.length > 1),
  }
}

/** The rarest units whose postings the budget affords: pairs and words first, then characters. */
function affordable(
  question: Question,
  vocabulary: Vocabulary,
  count: (id: number) => number,
  budget: number,
): string[] {
  const known = Array.from(question.ids).filter((id) => count(id) > 0)
  known.sort((a, b) => count(a) - count(b))
  const chosen: string[] = []
  let left = budget
  function take(ids: readonly number[]) {
    for (const id of ids) {
      left -= count(id)
      if (left < 0 && chosen.length > 0) return
      chosen.push(vocabulary.unit(id))
    }
  }
  take(known.filter((id) => !vocabulary.isSingle(id)))
  if (left > budget * ENOUGH) take(known.filter((id) => vocabulary.isSingle(id)))
  return chosen
}

/** An index of these entries; it holds every entry, and decides at answer time which may be shown. */
export function buildIndex(entries: Iterable<Served>): FaqIndex {
  const profiles = new Map<string, Profile>()
  const search = openSearch()
  const vocabulary = createVocabulary()
  const suggester = createSuggester()

  function remove(id: string) {
    const old = profiles.get(id)
    if (!old) return
    // Unlike `discard`, leaves nothing behind for later searches to step over.
    search.remove(rowOf(old, vocabulary))
    profiles.delete(id)
    suggester.remove(id)
    vocabulary.add(old.asked, old.answer, -1)
  }
  function put(served: Served) {
    remove(served.entry.id)
    const profile = profileOf(served, vocabulary)
    search.add(rowOf(profile, vocabulary))
    profiles.set(served.entry.id, profile)
    suggester.put(served.entry)
    vocabulary.add(profile.asked, profile.answer, 1)
  }
  function candidates(question: Question, limit = MAX_CANDIDATES): Profile[] {
    const { count, answers } = vocabulary
    const asked = affordable(question, vocabulary, count, BUDGET.asked)
    const answer = affordable(question, vocabulary, answers, BUDGET.answer)
    const queries: Query[] = []
    if (asked.length > 0) queries.push({ queries: asked, fields: ['asked'] })
    if (answer.length > 0) queries.push({ queries: answer, fields: ['answer'] })
    if (queries.length === 0) return []
    const found = search.search({ combineWith: 'OR', queries }).slice(0, MAX_LOOKED_AT)
    const near = found.map(({ id }) => profiles.get(id)!)
    return near.length <= limit ? near : nearest(question, near, vocabulary, limit)
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
    read: (folded) => questionOf(folded, vocabulary),
    candidates,
    vocabulary,
    suggest: suggester.suggest,
  }
}
