/** One failed sign-in under some name. */
export interface Failure {
  address: string
  at: Date
}

const MINUTE = 60_000
/** So many failures within `window` block new sign-ins, until `window` after the last of them. */
export const LOCK = { window: 15 * MINUTE, fromOneAddress: 5, fromAnywhere: 20 } as const
/** Milliseconds that a failure can matter: one that begins a window whose end begins a lock. */
export const FAILURE_LIFE = 2 * LOCK.window

/**
 * Until when a name is blocked for an address, or undefined when it is not. Blocked attempts are
 * not recorded, so knocking on a locked door does not prolong the lock.
 *
 * @param failures those under that name of the last `FAILURE_LIFE`, in any order
 */
export function lockedUntil(
  failures: readonly Failure[],
  address: string,
  now: Date,
): Date | undefined {
  const all = failures.map(({ at }) => at.getTime())
  const here = failures.filter((one) => one.address === address).map(({ at }) => at.getTime())
  const until = Math.max(endOf(all, LOCK.fromAnywhere), endOf(here, LOCK.fromOneAddress))
  return until > now.getTime() ? new Date(until) : undefined
}

/** When the newest lock that `limit` failures within a window made is over. */
function endOf(times: number[], limit: number): number {
  const newestFirst = times.toSorted((a, b) => b - a)
  for (const [i, last] of newestFirst.entries()) {
    const first = newestFirst[i + limit - 1]
    if (first === undefined) break
    if (last - first <= LOCK.window) return last + LOCK.window
  }
  return Number.NEGATIVE_INFINITY
}
