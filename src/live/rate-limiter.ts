/** A bucket of tokens for each person, or for each address that nobody has named yet. */
export interface RateLimiter {
  /** Takes one; null when there was one, else the seconds until there will be. */
  take(key: string, now: Date): number | null
  /** Forgets buckets that are full again. */
  sweep(now: Date): void
}

interface Bucket {
  tokens: number
  at: number
}

/** `perSecond` tokens flow into each bucket, which holds `burst`. */
export function createRateLimiter(perSecond: number, burst: number): RateLimiter {
  const buckets = new Map<string, Bucket>()
  const level = (bucket: Bucket, at: number) =>
    Math.min(burst, bucket.tokens + (Math.max(0, at - bucket.at) / 1000) * perSecond)
  return {
    take(key, now) {
      const at = now.getTime()
      const bucket = buckets.get(key)
      const tokens = bucket ? level(bucket, at) : burst
      if (tokens < 1) {
        buckets.set(key, { tokens, at })
        return Math.max(1, Math.ceil((1 - tokens) / perSecond))
      }
      buckets.set(key, { tokens: tokens - 1, at })
      return null
    },
    sweep(now) {
      for (const [key, bucket] of buckets) {
        if (level(bucket, now.getTime()) >= burst) buckets.delete(key)
      }
    },
  }
}

/** For measurements only; refused in production. */
export const UNLIMITED: RateLimiter = { take: () => null, sweep: () => {} }
