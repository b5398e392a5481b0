import { measure, share } from './gate-measure.ts'
import { gateRows } from './gate-rows.ts'

// Run: node test/faq/gate-measure-run.ts [--wrong] — the gate on texts that were never learned from.
const figures = measure(gateRows('held-out'))
for (const [label, { right, of, wrong }] of figures) {
  console.log(`${label.padEnd(18)} ${right} / ${of}`)
  if (process.argv.includes('--wrong')) {
    for (const { text, done } of wrong) console.log(`    ${done.padEnd(9)} ${text}`)
  }
}
console.log({
  urgent: share(figures, 'emergency'),
  escalated: share(figures, 'human'),
  replied: share(figures, 're'),
  let_through: share(figures, 'pass'),
  calm: share(figures, 'calm'),
})
