import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FaqEntry, parseEntry } from '../faq/entry.ts'

const FOLDER = fileURLToPath(new URL('../../faq', import.meta.url))

/**
 * The starter FAQ.
 * @throws Error naming every file and field that is wrong
 */
export async function readFaqFolder(folder = FOLDER): Promise<FaqEntry[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort()
  const read = await Promise.all(
    names.map(async (name) => parseEntry(name, await readFile(join(folder, name), 'utf8'))),
  )
  const problems = read.filter((entry) => 'problem' in entry)
  if (problems.length > 0) {
    const lines = problems.map(({ file, field, problem }) => `  faq/${file}: ${field} ${problem}`)
    throw new Error(`the FAQ cannot be read:\n${lines.join('\n')}`)
  }
  return read as FaqEntry[]
}
