/** What happens again and again; each turn ends before its next begins. */
export interface Round {
  every: number
  /** Whether its first turn is at the start. */
  atOnce?: boolean
  work(now: Date): Promise<void> | void
}

/** Runs rounds by the wall clock until it is disposed of, and then waits for what is under way. */
export function startTicker(
  rounds: readonly Round[],
  { now, onError }: { now: () => Date; onError(error: unknown): void },
): AsyncDisposable {
  let stopped = false
  const running = new Set<Promise<void>>()
  const timers = rounds.map(({ every, atOnce = false, work }) => {
    let busy = false
    const run = () => {
      if (busy || stopped) return
      busy = true
      const turn = Promise.resolve()
        .then(() => work(now()))
        .catch(onError)
        .finally(() => {
          busy = false
          running.delete(turn)
        })
      running.add(turn)
    }
    if (atOnce) run()
    return setInterval(run, every)
  })
  return {
    async [Symbol.asyncDispose]() {
      stopped = true
      for (const timer of timers) clearInterval(timer)
      await Promise.all(running)
    },
  }
}
