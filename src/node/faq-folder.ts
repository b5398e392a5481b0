import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type EntryProblem, type FaqEntry, isProblem, parseEntry } from '../faq/entry.ts'

const FOLDER = fileURLToPath(new URL('../../faq', import.meta.url))

/** Each file of the folder, in the order of their names: an entry, or why it is none. */
export async function readFaqFiles(folder = FOLDER): Promise<(FaqEntry | EntryProblem)[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort()
  return Promise.all(
    names.map(async (name) => parseEntry(name, await readFile(join(folder, name), 'utf8'))),
  )
}

/** A problem as people read it: file, field, what is wrong. */
export const tellProblem = ({ file, field, problem }: EntryProblem): string =>
  `faq/${file}: ${field} ${problem}`

/**
 * The starter FAQ.
 * @throws Error naming every file and field that is wrong
 */
export async function readFaqFolder(folder = FOLDER): Promise<FaqEntry[]> {
  const read = await readFaqFiles(folder)
  const problems = read.filter(isProblem)
  if (problems.length > 0) {
    const lines = problems.map((problem) => `  ${tellProblem(problem)}`)
    throw new Error(`the FAQ cannot be read:\n${lines.join('\n')}`)
  }
  return read.filter((one): one is FaqEntry => !isProblem(one))
}
