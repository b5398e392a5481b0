import { type Own, ownSignals } from './confidence.ts'
import type { EvalRow } from './evaluate.ts'
import { type View, viewOf } from './features.ts'
import { emergency, gate } from './gate.ts'
import { buildIndex, type FaqIndex, type Served } from './index.ts'
import { marked } from './likeness.ts'
import { readQuery } from './words.ts'

/** `phrasing`: asked with itself removed; `exact`: with nothing removed; `absent`: asked with its whole topic removed. */
export type Kind = 'phrasing' | 'exact' | 'absent' | 'row'

/** One question with what the second pass would see of its candidates. */
export interface Example {
  kind: Kind
  /** What belongs together: never on both sides of a cross-validation. */
  group: string
  own: Own
  candidates: readonly View[]
  /** Which candidates are right; none where nothing covers the question. */
  right: readonly boolean[]
  /** Has it an answer at all, found or not? */
  covered: boolean
}

/** A question and the entries that answer it; none: nothing does. */
export interface Asked {
  q: string
  gold: readonly string[]
}

export function exampleOf(index: FaqIndex, kind: Kind, group: string, { q, gold }: Asked): Example {
  const question = index.read(readQuery(q))
  const found = index.candidates(question)
  const candidates = marked(question, index.vocabulary, () =>
    found.map((profile) => viewOf(question, profile, index.vocabulary)),
  )
  return {
    kind,
    group,
    own: ownSignals(question),
    candidates,
    right: found.map((profile) => gold.includes(profile.served.entry.id)),
    covered: gold.length > 0,
  }
}

/** Parts of an entry's sentences that are left out, and half of them asked, in turn. */
const PARTS = 6

const sentencesOf = ({ entry }: Served) => [entry.question, ...entry.phrasings]

/** The entry as if a part of its sentences had never been written. */
function withoutPart(served: Served, part: number): Served {
  const kept = sentencesOf(served).filter((_, i) => i % PARTS !== part)
  const [question, ...phrasings] = kept
  return question === undefined
    ? served
    : { ...served, entry: { ...served.entry, question, phrasings } }
}

function* phrasingExamples(all: readonly Served[]): Iterable<Example> {
  for (let part = 0; part < PARTS; part++) {
    // Cheaper than taking every entry out of the index and putting it in again.
    const index = buildIndex(all.map((served) => withoutPart(served, part)))
    for (const served of all) {
      const { id } = served.entry
      const sentences = sentencesOf(served)
      if (sentences.length < 2) continue
      for (let i = part; i < sentences.length; i += 2 * PARTS) {
        yield exampleOf(index, 'phrasing', id, { q: sentences[i]!, gold: [id] })
      }
    }
  }
}

/** Every third sentence is asked while its topic is away: enough, in a third of the time. */
const ABSENT_EACH = 3

/** Every topic's questions while none of its entries is there: the hard case of an uncovered one. */
function* absentExamples(index: FaqIndex, all: readonly Served[]): Iterable<Example> {
  for (const topic of Map.groupBy(all, ({ entry }) => entry.topic).values()) {
    for (const { entry } of topic) index.remove(entry.id)
    for (const served of topic) {
      for (const q of sentencesOf(served).filter((_, i) => i % ABSENT_EACH === 0)) {
        yield exampleOf(index, 'absent', served.entry.id, { q, gold: [] })
      }
    }
    for (const served of topic) index.put(served)
  }
}

/** A question under one rule of another department is asked too: a sure answer overrides it. */
function isStopped(q: string): boolean {
  const rules = gate(q)
  const alone = rules.length === 1 && rules[0]!.reason === 'other-department'
  return emergency(q) !== null || (rules.length > 0 && !alone)
}

/** Rows that the gate lets through, as the search sees them. */
function* rowExamples(index: FaqIndex, rows: readonly EvalRow[]): Iterable<Example> {
  for (const { q, expect } of rows) {
    if (isStopped(q)) continue
    const gold = expect.startsWith('faq:') ? expect.slice(4) : null
    if (gold !== null && !index.get(gold)) continue
    // its entry is known when it is asked; only its own words are new
    yield exampleOf(index, 'row', q, { q, gold: gold === null ? [] : [gold] })
  }
}

/**
 * What the fit learns from: each sentence of each entry as a question that the entry must be found
 * by without it; word for word; the same with the whole topic gone, where nothing may be found;
 * labelled rows. Takes entries out of the index for a while, and leaves it as it was.
 */
export function examplesOf(index: FaqIndex, rows: readonly EvalRow[]): Example[] {
  const all = [...index.profiles()].map(({ served }) => served)
  const exact = all.map((served) =>
    exampleOf(index, 'exact', served.entry.id, {
      q: served.entry.question,
      gold: [served.entry.id],
    }),
  )
  return [
    ...exact,
    ...rowExamples(index, rows),
    ...phrasingExamples(all),
    ...absentExamples(index, all),
  ]
}

/** Parts of the solved questions that are asked while the others are phrasings already. */
const TURNS = 8

/** Entries with solved questions as further phrasings of those that solved them. */
export function withSolved(entries: readonly Served[], solved: readonly Asked[]): Served[] {
  const more = new Map<string, string[]>()
  for (const { q, gold } of solved) {
    for (const id of gold) more.set(id, [...(more.get(id) ?? []), q])
  }
  return entries.flatMap((served) => {
    const own = more.get(served.entry.id)
    if (!own) return []
    const phrasings = [...served.entry.phrasings, ...own]
    return [{ ...served, entry: { ...served.entry, phrasings } }]
  })
}

/**
 * Examples of solved questions, each asked while the others have become phrasings; leaves the index
 * with all of them.
 */
export function solvedExamples(
  index: FaqIndex,
  entries: readonly Served[],
  solved: readonly Asked[],
): Example[] {
  const touched = withSolved(entries, solved)
  const byId = new Map(entries.map((served) => [served.entry.id, served]))
  const bare = touched.map(({ entry }) => byId.get(entry.id)!)
  const examples: Example[] = []
  for (let turn = 0; turn < TURNS; turn++) {
    const isTurn = (_: Asked, i: number) => i % TURNS === turn
    const others = new Map(
      withSolved(
        bare,
        solved.filter((one, i) => !isTurn(one, i)),
      ).map((s) => [s.entry.id, s]),
    )
    for (const served of bare) index.put(others.get(served.entry.id) ?? served)
    solved.forEach((one, i) => {
      if (isTurn(one, i)) examples.push(exampleOf(index, 'row', one.q, one))
    })
  }
  for (const served of touched) index.put(served)
  return examples
}
