import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fitGate, writeWeights } from '../../src/faq/gate-fit.ts'
import { knownTexts } from './gate-rows.ts'

// Run: node test/faq/gate-fit-run.ts — writes the weights anew, in seconds, always the same ones.
const HEAD = `/**
 * Written by the fit (\`node test/faq/gate-fit-run.ts\`), never by hand; reviewed like code. Each line:
 * a kind of text, how much the features speak for or against it (in steps of half), the features
 * (\`#…\` is a notion of \`gate-concepts.ts\`; the rest are letters of the text, see \`featuresOf\`).
 */
export const GATE_WEIGHTS = \``

const weights = writeWeights(fitGate(knownTexts()))
writeFileSync(
  join(import.meta.dirname, '../../src/faq/gate-weights.ts'),
  `${HEAD}\n${weights}\n\`\n`,
)
