import { toWall } from '../clock/day.ts'
import { type Cell, inert, type Page, type Piece } from './cell.ts'

/** Excel reads UTF-8 only with it. */
const BOM = '\uFEFF'

/** A file of RFC 4180 with a heading, piece by piece. */
export async function* csvOf(
  head: readonly string[],
  pages: AsyncIterable<Page>,
): AsyncGenerator<Piece, void> {
  const utf8 = new TextEncoder()
  yield { done: 0, bytes: utf8.encode(BOM + csvLine(head)) }
  for await (const { done, rows } of pages) {
    yield { done, bytes: utf8.encode(rows.map(csvLine).join('')) }
  }
}

/** One line; numbers are ours and stay numbers. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(',')}\r\n`

function cellOf(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = value instanceof Date ? wallText(value) : inert(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const wallText = (at: Date) => new Date(toWall(at)).toISOString().slice(0, 19).replace('T', ' ')
