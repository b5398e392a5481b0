import { questionSignals } from './confidence.ts'
import type { EvalRow } from './evaluate.ts'
import { type Features, featuresOf, weigh } from './features.ts'
import { emergency, gate } from './gate.ts'
import type { FaqIndex } from './index.ts'
import { type Profile, type Sentence, sentenceOf, withoutSentence } from './profile.ts'
import { createStats, type Stats } from './stats.ts'
import { readQuery } from './words.ts'

/** One question with what the second pass would see of its candidates. */
export interface Example {
  /** `phrasing`: asked with itself removed; `exact`: with nothing removed; `absent`: asked with its whole entry removed. */
  kind: 'phrasing' | 'exact' | 'absent' | 'row'
  /** What belongs together: never on both sides of a cross-validation. */
  group: string
  own: ReturnType<typeof questionSignals>
  candidates: readonly Features[]
  /** The right candidate, or -1 where there is none. */
  gold: number
}

/** The index's statistics as if an entry were reduced, or (null) absent. */
const statsWithout = (index: FaqIndex, whole: Profile, reduced: Profile | null): Stats =>
  createStats(
    (unit) => index.count(unit) - (whole.asked.has(unit) && !reduced?.asked.has(unit) ? 1 : 0),
    (unit) =>
      index.stats.sentences(unit) - (whole.asked.get(unit) ?? 0) + (reduced?.asked.get(unit) ?? 0),
    index.size - (reduced ? 0 : 1),
  )

function exampleOf(
  kind: Example['kind'],
  group: string,
  question: Sentence,
  candidates: readonly Profile[],
  gold: string | null,
  stats: Stats,
  entries: number,
): Example {
  const weighed = weigh(question, stats)
  return {
    kind,
    group,
    own: questionSignals(question, stats, entries),
    candidates: candidates.map((profile) => featuresOf(weighed, profile, stats)),
    gold: candidates.findIndex((profile) => profile.served.entry.id === gold),
  }
}

function fromEntry(index: FaqIndex, whole: Profile): Example[] {
  const { id } = whole.served.entry
  const others = (found: readonly Profile[]) => found.filter((profile) => profile !== whole)
  const absent = statsWithout(index, whole, null)
  return whole.sentences.flatMap((question, i) => {
    const reduced = withoutSentence(whole, i)
    const found = index.candidates(question)
    const present = found.map((profile) => (profile === whole ? reduced : profile))
    const left = statsWithout(index, whole, reduced)
    return [
      exampleOf('phrasing', id, question, present, id, left, index.size),
      exampleOf('exact', id, question, found, id, index.stats, index.size),
      exampleOf('absent', id, question, others(found), null, absent, index.size - 1),
    ]
  })
}

/** Rows that the gate lets through, as the search sees them. */
function fromRow(index: FaqIndex, row: EvalRow): Example[] {
  if (emergency(row.q) !== null || gate(row.q).length > 0) return []
  const gold = row.expect.startsWith('faq:') ? row.expect.slice(4) : null
  if (gold !== null && !index.get(gold)) return []
  const question = sentenceOf(readQuery(row.q))
  const found = index.candidates(question)
  const group = gold ?? row.q
  return [exampleOf('row', group, question, found, gold, index.stats, index.size)]
}

/**
 * What the fit learns from: each sentence of each entry as a question that the entry must be found
 * by without it; word for word; the same with the whole entry gone, where nothing may be found; labelled rows.
 */
export const examplesOf = (index: FaqIndex, rows: readonly EvalRow[]): Example[] => [
  ...[...index.profiles()].flatMap((profile) => fromEntry(index, profile)),
  ...rows.flatMap((row) => fromRow(index, row)),
]
