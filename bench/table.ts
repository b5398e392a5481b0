/** Rows under their heads; every column but the first stands to the right while it holds numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows]
  const isNumber = head.map((_, i) => i > 0 && rows.every((row) => /^[\d.]+$/.test(row[i]!)))
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]!.length)))
  const pad = (text: string, i: number) =>
    isNumber[i] ? text.padStart(widths[i]!) : text.padEnd(widths[i]!)
  return all.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}
