import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { decide, search } from '../faq/answer.ts'
import { type EvalRow, evaluate, type Outcome } from '../faq/evaluate.ts'
import { buildIndex } from '../faq/index.ts'
import { readFaqFolder } from './faq-folder.ts'

const USAGE = 'usage: npm run --silent eval -- --bureau FILE.jsonl [--json]'

/** The real pipeline (gate, search, decision) on labelled rows `{q, expect}`, one JSON a line. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { bureau: { type: 'string' }, json: { type: 'boolean', default: false } },
  })
  if (values.bureau === undefined) return fail(USAGE)
  const rows = await readRows(values.bureau)
  if (rows === null) return fail(`${values.bureau} holds no rows {"q", "expect"}`)
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
  print({ ...figures, p50ms: quantile(took, 0.5), p99ms: quantile(took, 0.99) }, values.json)
  return 0
}

async function readRows(file: string): Promise<EvalRow[] | null> {
  try {
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '')
    const rows = lines.map((line) => JSON.parse(line) as EvalRow)
    const whole = rows.every(({ q, expect }) => typeof q === 'string' && typeof expect === 'string')
    return whole && rows.length > 0 ? rows : null
  } catch {
    return null
  }
}

/** Milliseconds, two decimals. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share))
  return Math.round((sorted[at] ?? 0) * 100) / 100
}

function print(figures: object, json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify(figures)}\n`)
  else console.table(figures)
}

function fail(why: string): number {
  process.stderr.write(`${why}\n`)
  return 2
}

process.exitCode = await main()
