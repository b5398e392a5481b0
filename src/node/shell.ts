/** What a command of the shell is told, and where it says what it found. */
export interface Shell {
  argv: readonly string[]
  env: Readonly<Record<string, string | undefined>>
  out: (line: string) => void
  err: (line: string) => void
}
