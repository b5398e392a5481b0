import { shanghaiDate } from '../clock/day.ts'
import { type FaqEntry, isProblem } from '../faq/entry.ts'
import { type Finding, lintEntries } from '../faq/lint.ts'
import { readFaqFiles, tellProblem } from './faq-folder.ts'

/** `npm run check` reads the starter FAQ as a reviewer would: errors fail, warnings are told. */
async function main(): Promise<number> {
  const read = await readFaqFiles()
  const broken = read.filter(isProblem).map((problem): Finding => ({ ...problem, level: 'error' }))
  const entries = read.filter((one): one is FaqEntry => !isProblem(one))
  const found = [...broken, ...lintEntries(entries, shanghaiDate(new Date()))]
  for (const finding of found) {
    process.stderr.write(`${finding.level.toUpperCase()} ${tellProblem(finding)}\n`)
  }
  const errors = found.filter(({ level }) => level === 'error').length
  process.stderr.write(
    `faq: ${read.length} files, ${errors} errors, ${found.length - errors} warnings\n`,
  )
  return errors > 0 ? 1 : 0
}

process.exitCode = await main()
