/** Says what a fault test has seen, where somebody wants to know: `FIGURES=1`. */
export function figures(name: string, numbers: Readonly<Record<string, unknown>>): void {
  if (!process.env.FIGURES) return
  const text = Object.entries(numbers).map(([key, value]) => `${key}=${String(value)}`)
  process.stdout.write(`${name}: ${text.join(' ')}\n`)
}
