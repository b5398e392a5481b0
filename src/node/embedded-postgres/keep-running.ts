import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './start.ts'

/** Milliseconds between two looks. */
const LOOK_MS = 500
/** Between two tries at most. */
const LONGEST_MS = 60_000

export interface Kept {
  isRunning(): Promise<boolean>
  /** Brings it back to where it was, or throws. */
  revive(): Promise<void>
  log: Log
}

/**
 * Looks after what should run: a server that was killed, or ran out of memory, comes back without
 * anybody's doing. @returns what ends it, and waits for a try that is under way
 */
export function keepRunning({ isRunning, revive, log }: Kept): () => Promise<void> {
  const over = new AbortController()
  const paused = (ms: number) =>
    sleep(ms, true, { signal: over.signal, ref: false }).catch(() => false)
  async function look() {
    for (let pause = LOOK_MS; await paused(pause); ) {
      try {
        if (!(await isRunning())) await revive()
        pause = LOOK_MS
      } catch (error) {
        pause = Math.min(pause * 2, LONGEST_MS)
        log.error(`embedded PostgreSQL is not back: ${(error as Error).message}`)
      }
    }
  }
  const looking = look()
  return () => {
    over.abort()
    return looking
  }
}
