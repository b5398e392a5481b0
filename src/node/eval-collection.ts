import { decide } from '../faq/answer.ts'
import type { Weights } from '../faq/confidence.ts'
import { fitWeights } from '../faq/fit.ts'
import { GENERIC_WEIGHTS } from '../faq/generic-weights.ts'
import { buildIndex, type FaqIndex, type Served } from '../faq/index.ts'
import { type Measured, measure, type Quality } from '../faq/measure.ts'
import { search } from '../faq/search.ts'
import { solvedExamples } from '../faq/training.ts'
import type { EntryRow, QueryRow } from './eval-rows.ts'

/** What `eval -- --entries` prints: quality, then milliseconds of a whole decision, and the index. */
export interface Evaluation extends Quality {
  p50ms: number
  p99ms: number
  buildMs: number
  heapMB: number
}

/** A collection has no bases and no dates: every entry counts as published for good. */
const servedOf = ({ id, question, variants, answer }: EntryRow): Served => ({
  version: 1,
  entry: {
    id,
    question,
    topic: id,
    phrasings: variants,
    keywords: [],
    valid: { from: '2000-01-01' },
    status: 'published',
    review: { by: '2100-01-01', required: false, notes: [] },
    basis: [
      {
        title: id,
        number: null,
        article: null,
        issuer: id,
        effective: null,
        status: 'current',
        verified: 'V',
      },
    ],
    local: { varies: false },
    answer,
  },
})

/** Milliseconds, two decimals. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share))
  return Math.round((sorted[at] ?? 0) * 100) / 100
}

export const heapMB = () => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** Weights from labelled questions of the same collection, which become phrasings of their entries. */
function fitted(index: FaqIndex, entries: readonly Served[], rows: readonly QueryRow[]): Weights {
  const examples = solvedExamples(index, entries, rows)
  // Nothing of a collection is offered or refused here: thresholds are not used.
  const all = { trees: true, words: true }
  const { rank, confidence } = fitWeights(examples, all)
  return { rank, confidence, tauAnswer: 0.9, tauChoose: 0.3 }
}

/** Asks every question once for the figures and once, alone, for the time of a whole decision. */
export function evaluateCollection(
  entries: readonly EntryRow[],
  queries: readonly QueryRow[],
  fit: readonly QueryRow[],
): Evaluation {
  const all = entries.map(servedOf)
  const before = heapMB()
  const started = performance.now()
  const index = buildIndex(all)
  const buildMs = Math.round(performance.now() - started)
  const heap = Math.round((heapMB() - before) * 10) / 10
  const weights = fit.length > 0 ? fitted(index, all, fit) : GENERIC_WEIGHTS
  const rows = queries.map(({ q, gold }): Measured => {
    const found = search(q, index, weights)
    return {
      covered: gold.length > 0,
      place: found.findIndex(({ profile }) => gold.includes(profile.served.entry.id)),
      confidence: found[0]?.confidence ?? 0,
    }
  })
  const now = new Date()
  const took = queries.map(({ q }) => {
    const from = performance.now()
    decide(q, { index, now, files: false, weights })
    return performance.now() - from
  })
  const [p50ms, p99ms] = [quantile(took, 0.5), quantile(took, 0.99)]
  return { ...measure(rows), p50ms, p99ms, buildMs, heapMB: heap }
}
