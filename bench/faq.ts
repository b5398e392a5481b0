import { fileURLToPath } from 'node:url'
import MiniSearch from 'minisearch'
import { decide } from '../src/faq/answer.ts'
import type { FaqEntry } from '../src/faq/entry.ts'
import { buildIndex } from '../src/faq/index.ts'
import { quantile } from '../src/node/eval-collection.ts'
import { bureauRow, readRows } from '../src/node/eval-rows.ts'
import { STOCK } from '../src/node/eval-stock.ts'
import { readFaqFolder } from '../src/node/faq-folder.ts'
import { table } from './table.ts'

/**
 * The FAQ against MiniSearch as it comes with the platform's own word segmentation: the same
 * entries, the same questions, in the same run. Ours also passes the gate and decides.
 */

const MANY = 20_000
/** Every so many of the questions: enough, for the floor takes its time. */
const EACH = 5
const TYPED = ['环评要不要重新办', '危废能放多久', 'pwxkz', 'huanpingpifu', '排wu', 'zh', 'cod超标']
const ASKED = fileURLToPath(new URL('../faq/asked/clerks.jsonl', import.meta.url))

interface Times {
  build: number
  search: { p50: number; p99: number }
  suggest: { p50: number; p99: number }
}

/** The shipped entries' words put together anew, with short answers; the same list in every run. */
function many(shipped: readonly FaqEntry[]): FaqEntry[] {
  const clauses = shipped.flatMap(({ question, phrasings }) => [question, ...phrasings])
  const at = <T>(list: readonly T[], n: number) => list[n % list.length]!
  return Array.from({ length: MANY }, (_, n) => ({
    ...at(shipped, n),
    id: `many-${n}`,
    question: at(clauses, n * 7) + at(clauses, n * 13 + 5).slice(0, 8),
    phrasings: [1, 2, 3].map((k) => `${at(clauses, n * 11 + k * 17)}${n % 97}`),
    answer: at(shipped, n).answer.slice(0, 120),
    notice: undefined,
  }))
}

/** Milliseconds of each call; a first round over all of them warms the code up. */
function timed<T>(inputs: readonly T[], call: (input: T) => unknown) {
  for (const input of inputs) call(input)
  const took = inputs.map((input) => {
    const from = performance.now()
    call(input)
    return performance.now() - from
  })
  return { p50: quantile(took, 0.5), p99: quantile(took, 0.99) }
}

function clocked<T>(work: () => T): [ms: number, T] {
  const from = performance.now()
  const result = work()
  return [performance.now() - from, result]
}

const strokes = TYPED.flatMap((line) => [...line].map((_, n) => line.slice(0, n + 1)))

function ours(entries: readonly FaqEntry[], questions: readonly string[]): Times {
  const served = entries.map((entry) => ({ entry, version: 1 }))
  const [build, index] = clocked(() => buildIndex(served))
  const now = new Date()
  return {
    build,
    search: timed(questions, (text) => decide(text, { index, now, files: false })),
    suggest: timed(strokes, (typed) => index.suggest(typed, now)),
  }
}

function floor(entries: readonly FaqEntry[], questions: readonly string[]): Times {
  const fields = ['question', 'variants', 'answer']
  const mini = new MiniSearch({ fields, ...STOCK['MiniSearch, Intl.Segmenter'] })
  const rows = entries.map(({ id, question, phrasings, answer }) => ({
    id,
    question,
    variants: phrasings.join('\n'),
    answer,
  }))
  return {
    build: clocked(() => mini.addAll(rows))[0],
    search: timed(questions, (text) => mini.search(text)),
    suggest: timed(strokes, (typed) => mini.autoSuggest(typed, { prefix: true })),
  }
}

const FIGURES: readonly [string, (times: Times) => number][] = [
  ['whole decision, p50 ms', ({ search }) => search.p50],
  ['whole decision, p99 ms', ({ search }) => search.p99],
  ['suggest, p50 ms', ({ suggest }) => suggest.p50],
  ['suggest, p99 ms', ({ suggest }) => suggest.p99],
  ['index built, ms', ({ build }) => build],
]

/** @returns the printed table, a row a figure and size */
export async function faqTable(): Promise<string> {
  const shipped = await readFaqFolder()
  const asked = await readRows(ASKED, bureauRow)
  const questions = asked.filter((_, n) => n % EACH === 0).map(({ row }) => row.q)
  const rows = [shipped, many(shipped)].flatMap((entries) => {
    const [theirs, mine] = [floor(entries, questions), ours(entries, questions)]
    return FIGURES.map(([name, read]) => {
      const [low, high] = [read(theirs), read(mine)]
      const ratio = (high / low).toFixed(2)
      return [`${name}, ${entries.length} entries`, low.toFixed(2), high.toFixed(2), ratio]
    })
  })
  return table(['FAQ', 'stock MiniSearch', 'ours', 'ratio'], rows)
}
