import MiniSearch, { type Options } from 'minisearch'
import { type Measured, measure } from '../faq/measure.ts'
import { type Evaluation, heapMB, quantile } from './eval-collection.ts'
import type { EntryRow, QueryRow } from './eval-rows.ts'

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
const segments = (text: string) =>
  Array.from(segmenter.segment(text))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment)

interface Row {
  id: string
  question: string
  variants: string
  answer: string
}

/** MiniSearch as it comes, or with the platform's own words: what anybody would begin with. */
export const STOCK: Record<string, Partial<Options<Row>>> = {
  'MiniSearch, default': {},
  'MiniSearch, Intl.Segmenter': { tokenize: segments },
}

/** Its confidence is its score, scaled to the best of all questions. */
export function evaluateStock(
  entries: readonly EntryRow[],
  queries: readonly QueryRow[],
  options: Partial<Options<Row>>,
): Evaluation {
  const before = heapMB()
  const started = performance.now()
  const search = new MiniSearch<Row>({ fields: ['question', 'variants', 'answer'], ...options })
  search.addAll(
    entries.map(({ id, question, variants, answer }) => ({
      id,
      question,
      variants: variants.join('\n'),
      answer,
    })),
  )
  const buildMs = Math.round(performance.now() - started)
  const heap = Math.round((heapMB() - before) * 10) / 10
  const took: number[] = []
  const rows = queries.map(({ q, gold }): Measured => {
    const from = performance.now()
    const found = search.search(q)
    took.push(performance.now() - from)
    return {
      covered: gold.length > 0,
      place: found.findIndex(({ id }) => gold.includes(id)),
      confidence: found[0]?.score ?? 0,
    }
  })
  const top = Math.max(...rows.map(({ confidence }) => confidence), 1e-9)
  const scaled = rows.map((row) => ({ ...row, confidence: row.confidence / top }))
  const [p50ms, p99ms] = [quantile(took, 0.5), quantile(took, 0.99)]
  return { ...measure(scaled), p50ms, p99ms, buildMs, heapMB: heap }
}
