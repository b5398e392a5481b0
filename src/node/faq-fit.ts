import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Weights } from '../faq/confidence.ts'
import { WEIGHTS } from '../faq/confidence-weights.ts'
import type { EvalRow } from '../faq/evaluate.ts'
import { certainty, type HeldOut, judge } from '../faq/fit.ts'
import { buildIndex } from '../faq/index.ts'
import { type Measured, measure } from '../faq/measure.ts'
import { scorerOf } from '../faq/rank.ts'
import { renderWeights } from '../faq/render.ts'
import { fitFaq, LINEAR } from '../faq/thresholds.ts'
import { type Example, examplesOf, type Kind } from '../faq/training.ts'
import { genericExamples } from '../faq/training-generic.ts'
import { BadRows, bureauRow, readRows } from './eval-rows.ts'
import { readFaqFolder } from './faq-folder.ts'

const USAGE = `usage: npm run faq:fit -- [FILE.jsonl …]

Fits the weights of the FAQ search on the entries in faq/, on the labelled questions {"q", "expect"}
in faq/asked/ and on those of the files named, and writes src/faq/confidence-weights.ts and src/faq/generic-weights.ts for review.`

/** Questions as people might ask them, each with what should come of it. */
const ASKED = fileURLToPath(new URL('../../faq/asked', import.meta.url))
const fileOf = (name: string) => fileURLToPath(new URL(`../faq/${name}`, import.meta.url))
const KINDS: readonly Kind[] = ['row', 'phrasing', 'absent', 'exact']

const measured = (one: HeldOut): Measured => ({
  covered: one.example.covered,
  place: one.place,
  confidence: one.confidence,
})

/** Quality, and what the upper threshold would do, for each kind of question. */
function report(title: string, judged: readonly HeldOut[], { tauAnswer }: Weights): void {
  const lines = KINDS.flatMap((kind) => {
    const rows = judged.filter(({ example }) => example.kind === kind)
    if (rows.length === 0) return []
    const { n, hit1, hit3, auroc, c95, ece } = measure(rows.map(measured))
    const answers = rows.filter(({ confidence }) => confidence >= tauAnswer)
    const right = answers.filter((one) => one.right).length
    const share = (part: number, whole: number) =>
      whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10
    const answered = share(answers.length, n)
    const precision = share(right, answers.length)
    return [[kind, { n, hit1, hit3, auroc, c95, ece, answered, precision }] as const]
  })
  process.stdout.write(`${title}\n`)
  console.table(Object.fromEntries(lines))
}

const judgedBy = (examples: readonly Example[], weights: Weights): HeldOut[] => {
  const scorer = scorerOf(weights.rank)
  return examples.flatMap((example) => {
    const one = judge(example, scorer)
    return one ? [{ ...one, confidence: certainty(one, weights.confidence) }] : []
  })
}

async function main(files: readonly string[]): Promise<void> {
  const asked = (await readdir(ASKED)).filter((name) => name.endsWith('.jsonl')).sort()
  const all = [...asked.map((name) => join(ASKED, name)), ...files]
  const read = await Promise.all(all.map((file) => readRows(file, bureauRow)))
  const rows: EvalRow[] = read.flat().map(({ row }) => row)
  const entries = await readFaqFolder()
  const served = entries.map((entry) => ({ entry, version: 1 }))
  const index = buildIndex(served)
  const examples = examplesOf(index, rows)
  report('Before', judgedBy(examples, WEIGHTS), WEIGHTS)
  const { weights, heldOut } = fitFaq(examples)
  report('After, in sample', judgedBy(examples, weights), weights)
  report('After, each entry judged by weights that never saw it', heldOut, weights)
  process.stdout.write(`tauAnswer ${weights.tauAnswer}, tauChoose ${weights.tauChoose}\n`)
  await writeFile(fileOf('confidence-weights.ts'), renderWeights('WEIGHTS', weights))
  const generic = fitFaq(genericExamples(served), LINEAR)
  report('For other collections, never seen', generic.heldOut, generic.weights)
  await writeFile(fileOf('generic-weights.ts'), renderWeights('GENERIC_WEIGHTS', generic.weights))
}

const files = process.argv.slice(2)
if (files.some((file) => file.startsWith('-'))) {
  process.stderr.write(`${USAGE}\n`)
  process.exitCode = 2
} else {
  process.exitCode = await main(files).then(
    () => 0,
    (error: unknown) => {
      if (!(error instanceof BadRows)) throw error
      process.stderr.write(`${error.message}\n`)
      return 2
    },
  )
}
