/** Excel reads UTF-8 only with it. */
export const BOM = '\uFEFF'

/** What a spreadsheet would take for a formula, also full-width and behind white space. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/

/**
 * One line of RFC 4180. What enterprises write goes into it, so a text that begins like a formula
 * gets a `'` before it and stays a text; numbers are ours and stay numbers.
 */
export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(cellOf).join(',')}\r\n`

function cellOf(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
