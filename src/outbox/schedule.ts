const SECOND = 1_000
const HOUR = 3_600_000

/** Milliseconds for which it is tried. */
export const LIFE = 24 * HOUR

/** Statuses by which a receiver refuses this one message and would take the next. */
export const REFUSED = [400, 413, 422] as const

/**
 * Milliseconds until the next try: 5 s, doubled with each up to an hour, then shortened by up to
 * half, so that a crowd does not come back at once.
 * @param tries that have failed, from 1
 * @param jitter from 0 to 1
 */
export const backoff = (tries: number, jitter: number): number =>
  Math.min(5 * SECOND * 2 ** (tries - 1), HOUR) * (1 - jitter / 2)

/** When it is tried again; null where its time is over. */
export function nextTry(
  { tries, since }: { tries: number; since: Date },
  now: Date,
  jitter: number,
): Date | null {
  const at = now.getTime() + backoff(tries, jitter)
  return at > since.getTime() + LIFE ? null : new Date(at)
}
