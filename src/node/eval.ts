import { parseArgs } from 'node:util'
import { decide } from '../faq/answer.ts'
import { type EvalRow, evaluate, type Outcome } from '../faq/evaluate.ts'
import { buildIndex } from '../faq/index.ts'
import { search } from '../faq/search.ts'
import { evaluateCollection, quantile } from './eval-collection.ts'
import { BadRows, bureauRow, readEntries, readQueries, readRows } from './eval-rows.ts'
import { evaluateStock, STOCK } from './eval-stock.ts'
import { readFaqFolder } from './faq-folder.ts'

const USAGE = `usage: npm run --silent eval -- --bureau FILE [--json]
       npm run --silent eval -- --entries FILE --queries FILE [--fit FILE] [--json]`

const options = {
  bureau: { type: 'string' },
  entries: { type: 'string' },
  queries: { type: 'string' },
  fit: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** The arguments, or null where they make no sense together. */
function readArguments() {
  try {
    const { values } = parseArgs({ options })
    const { bureau, entries, queries, fit, json } = values
    if (bureau !== undefined) {
      return (entries ?? queries ?? fit) ? null : { mode: 'bureau' as const, bureau, json }
    }
    if (entries === undefined || queries === undefined) return null
    return { mode: 'collection' as const, entries, queries, fit, json }
  } catch {
    return null
  }
}
type Arguments = NonNullable<ReturnType<typeof readArguments>>

async function main(args: Arguments): Promise<void> {
  if (args.mode === 'bureau') print(await onBureau(args.bureau), args.json)
  else await onCollection(args)
}

/** The real pipeline (gate, search, decision) on labelled rows `{q, expect}`, one JSON a line. */
async function onBureau(file: string) {
  const rows: EvalRow[] = (await readRows(file, bureauRow)).map(({ row }) => row)
  const entries = await readFaqFolder()
  const index = buildIndex(entries.map((entry) => ({ entry, version: 1 })))
  const now = new Date()
  const took: number[] = []
  const figures = evaluate(rows, (q): Outcome => {
    const from = performance.now()
    const decision = decide(q, { index, now, files: false })
    took.push(performance.now() - from)
    return {
      decision: decision.decision,
      ...(decision.decision === 'answer' ? { answered: decision.hit.id } : {}),
      ...(decision.decision === 'choose' ? { chosen: decision.choices.map(({ id }) => id) } : {}),
      ranked: search(q, index).map(({ profile }) => profile.served.entry.id),
    }
  })
  return { ...figures, p50ms: quantile(took, 0.5), p99ms: quantile(took, 0.99) }
}

/** Any collection; without `--json` beside stock MiniSearch in the same run. */
async function onCollection(args: Extract<Arguments, { mode: 'collection' }>): Promise<void> {
  const entries = await readEntries(args.entries)
  const queries = await readQueries(args.queries, entries)
  const fit = args.fit === undefined ? [] : await readQueries(args.fit, entries)
  const ours = evaluateCollection(entries, queries, fit)
  if (args.json) return print(ours, true)
  const stock = Object.entries(STOCK).map(
    ([name, how]) => [name, evaluateStock(entries, queries, how)] as const,
  )
  print(Object.fromEntries([['Shouwen', ours] as const, ...stock]), false)
}

function print(figures: object, json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify(figures)}\n`)
  else console.table(figures)
}

function fail(why: string): number {
  process.stderr.write(`${why}\n`)
  return 2
}

const args = readArguments()
process.exitCode = args
  ? await main(args).then(
      () => 0,
      (error: unknown) => {
        if (error instanceof BadRows) return fail(error.message)
        throw error
      },
    )
  : fail(USAGE)
