import { withoutTrade } from './features.ts'
import { buildIndex, type Served } from './index.ts'
import { type Example, exampleOf } from './training.ts'

/** How many phrasings entries keep in turn: a bank has many for each, a list of questions none. */
const KEPT = [0, 4, 10]
/** Of the sentences left over, every third is asked; fewer of absent topics. */
const EACH = 3

const thinned = ({ entry, version }: Served, kept: number): Served => ({
  version,
  entry: { ...entry, keywords: [], phrasings: entry.phrasings.slice(0, kept) },
})

/** The questions that a thinned entry has lost. */
const leftOver = ({ entry }: Served, kept: number) =>
  entry.phrasings.slice(kept).filter((_, i) => i % EACH === 0)

const plain = (example: Example): Example => ({
  ...example,
  candidates: example.candidates.map(withoutTrade),
})

function* thinExamples(all: readonly Served[], kept: number): Iterable<Example> {
  const index = buildIndex(all.map((served) => thinned(served, kept)))
  for (const served of all) {
    const { id } = served.entry
    for (const q of leftOver(served, kept)) {
      yield plain(exampleOf(index, 'phrasing', id, { q, gold: [id] }))
    }
  }
  for (const topic of Map.groupBy(all, ({ entry }) => entry.topic).values()) {
    for (const { entry } of topic) index.remove(entry.id)
    for (const served of topic) {
      for (const q of leftOver(served, kept).slice(0, 2)) {
        yield plain(exampleOf(index, 'absent', served.entry.id, { q, gold: [] }))
      }
    }
    for (const served of topic) index.put(thinned(served, kept))
  }
}

/** Our own entries made to look like other people's collections: thin, and without trade words. */
export const genericExamples = (all: readonly Served[]): Example[] =>
  KEPT.flatMap((kept) => [...thinExamples(all, kept)])
