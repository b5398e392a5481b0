/** Time and chance, so that a test can hold them in its hand. Milliseconds. */
export interface Timers {
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
  /** In [0, 1). */
  random(): number
  now(): number
}

export const realTimers: Timers = {
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as number),
  random: Math.random,
  now: Date.now,
}

const SHORTEST = 500
const LONGEST = 30_000

/** Jittered exponential back-off between 0.5 and 30 s; `attempt` counts from 0. */
export function backOff(attempt: number, random: () => number): number {
  const ceiling = Math.min(LONGEST, 2 * SHORTEST * 2 ** attempt)
  return Math.round(SHORTEST + random() * (ceiling - SHORTEST))
}
