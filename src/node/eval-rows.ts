import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** A file that cannot be evaluated; the message names file and line. */
export class BadRows extends Error {}

const text = z.string().min(1)

/** One entry of a collection; `cites` is known and not used. */
export const entryRow = z.object({
  id: text,
  question: text,
  variants: z.array(text).default([]),
  answer: z.string().default(''),
})
export type EntryRow = z.infer<typeof entryRow>

/** One labelled question of a collection; no gold: nothing answers it. */
export const queryRow = z.object({ q: text, gold: z.array(text) })
export type QueryRow = z.infer<typeof queryRow>

/** One labelled question to the bureau. */
export const bureauRow = z.object({
  q: text,
  expect: z
    .string()
    .regex(
      /^(?:(?:faq|human|refer|reply):.+|unsure)$/,
      'is not faq:…, human:…, refer:…, reply:… or unsure',
    ),
})

function parsed(line: string, where: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new BadRows(`${where}: is not JSON`)
  }
}

/**
 * Rows of a JSON Lines file; empty lines are skipped.
 * @throws BadRows naming the file, and the line and field that is wrong
 */
export async function readRows<T>(
  file: string,
  shape: z.ZodType<T>,
): Promise<{ row: T; where: string }[]> {
  const whole = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new BadRows(`${file}: cannot be read (${error.code ?? error.message})`)
  })
  const rows = whole
    .replace(/^\ufeff/, '')
    .split('\n')
    .flatMap((line, i) => {
      if (line.trim() === '') return []
      const where = `${file}:${i + 1}`
      const read = shape.safeParse(parsed(line, where))
      if (read.success) return [{ row: read.data, where }]
      const { path, message } = read.error.issues[0]!
      throw new BadRows(`${where}: ${path.join('.') || 'the row'}: ${message}`)
    })
  if (rows.length === 0) throw new BadRows(`${file}: holds no rows`)
  return rows
}

/** Entries with ids of their own. */
export async function readEntries(file: string): Promise<EntryRow[]> {
  const seen = new Set<string>()
  const rows = await readRows(file, entryRow)
  return rows.map(({ row, where }) => {
    if (seen.has(row.id)) throw new BadRows(`${where}: id: ${row.id} is there already`)
    seen.add(row.id)
    return row
  })
}

/** Questions whose gold entries exist. */
export async function readQueries(file: string, entries: readonly EntryRow[]): Promise<QueryRow[]> {
  const ids = new Set(entries.map(({ id }) => id))
  const rows = await readRows(file, queryRow)
  return rows.map(({ row, where }) => {
    const unknown = row.gold.find((id) => !ids.has(id))
    if (unknown !== undefined) throw new BadRows(`${where}: gold: no entry ${unknown}`)
    return row
  })
}
