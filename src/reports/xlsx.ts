import { Zip, ZipDeflate } from 'fflate'
import { DAY, toWall } from '../clock/day.ts'
import { type Cell, inert, type Page, type Piece } from './cell.ts'
import { partsOf, STYLE, sheetEnd, sheetStart } from './workbook.ts'
import { xmlText } from './xml-text.ts'

/** Rows that a sheet can have, the heading not counted. */
export const XLSX_ROWS = 1_048_575
/** Characters that a cell can have; Excel calls a file with more of them broken. */
const LONGEST = 32_767
/** Days from 1899-12-30, where spreadsheets begin to count, to 1970-01-01. */
const EPOCH = 25_569

export interface Sheet {
  head: readonly string[]
  /** Of the columns, in characters. */
  widths: readonly number[]
  name: string
  /** The date that the parts of the file bear. */
  at: Date
}

/**
 * A workbook of one sheet with a heading, deflated piece by piece as it is asked for; nothing but
 * the compressor's window is in hand between two pages.
 */
export async function* xlsxOf(
  { head, widths, name, at }: Sheet,
  pages: AsyncIterable<Page>,
): AsyncGenerator<Piece, void> {
  const { add, taken, end } = archive(at)
  for (const [path, text] of partsOf(name)) add(path)(text, true)
  const write = add('xl/worksheets/sheet1.xml')
  let rows = 1
  write(sheetStart(widths) + rowOf(head, rows, STYLE.heading))
  yield { done: 0, bytes: taken() }
  let seen = 0
  for await (const page of pages) {
    write(page.rows.map((cells) => rowOf(cells, ++rows)).join(''))
    seen = page.done
    yield { done: seen, bytes: taken() }
  }
  write(sheetEnd(head.length, rows), true)
  end()
  yield { done: seen, bytes: taken() }
}

/** A ZIP whose bytes are taken away as they come. */
function archive(at: Date) {
  const utf8 = new TextEncoder()
  let parts: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    parts.push(bytes)
  })
  return {
    add(path: string) {
      const file = new ZipDeflate(path, { level: 6 })
      file.mtime = at
      zip.add(file)
      return (text: string, last = false) => file.push(utf8.encode(text), last)
    },
    taken(): Uint8Array {
      const bytes = joined(parts)
      parts = []
      return bytes
    },
    end: () => zip.end(),
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const rowOf = (cells: readonly Cell[], row: number, style: number = STYLE.text) =>
  `<row r="${row}">${cells.map((cell) => cellOf(cell, style)).join('')}</row>`

/** Texts stand inside their cells and are texts by type: nothing of them can be a formula. */
function cellOf(value: Cell, style: number): string {
  if (value === null) return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  if (value instanceof Date) {
    return `<c s="${STYLE.time}"><v>${toWall(value) / DAY + EPOCH}</v></c>`
  }
  const text = xmlText(inert(value).slice(0, LONGEST))
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`
}
