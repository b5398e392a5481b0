/** A `Date` is written as it stands on the wall in Shanghai; yes and no are 1 and 0. */
export type Cell = string | number | Date | null

/** Rows of some threads, and how many threads were looked at so far. */
export interface Page {
  done: number
  rows: readonly (readonly Cell[])[]
}

/** A piece of the file that the rows are written into. */
export interface Piece {
  done: number
  bytes: Uint8Array
}

/** What a spreadsheet would take for a formula, also full-width and behind white space. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/

/**
 * What enterprises write goes into cells: a text that begins like a formula gets a `'` before it,
 * so that it stays a text in whatever else the file is saved as.
 */
export const inert = (text: string) => (FORMULA.test(text) ? `'${text}` : text)
