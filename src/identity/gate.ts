import { type Refusal, refuse } from '../protocol/refusals.ts'

interface Waiting {
  key: string
  start: () => void
}

/** Runs work when there is room; what finds the queue full is refused, `too-fast`. */
export type Gate = <T>(key: string, work: () => Promise<T>) => Promise<T | Refusal>

/**
 * At most `atOnce` pieces of work at a time, and at most one of each key: a hundred parallel
 * guesses at one password are counted one by one, and sign-in never takes the whole machine.
 */
export function createGate({ atOnce, waiting }: { atOnce: number; waiting: number }): Gate {
  const busy = new Set<string>()
  const queue: Waiting[] = []

  const admit = () => {
    while (busy.size < atOnce) {
      const next = queue.findIndex(({ key }) => !busy.has(key))
      if (next < 0) return
      for (const { key, start } of queue.splice(next, 1)) {
        busy.add(key)
        start()
      }
    }
  }

  return async (key, work) => {
    if (queue.length >= waiting) return refuse('too-fast', { retryAfter: 1 })
    await new Promise<void>((start) => {
      queue.push({ key, start })
      admit()
    })
    try {
      return await work()
    } finally {
      busy.delete(key)
      admit()
    }
  }
}
