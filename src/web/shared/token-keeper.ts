import type { Timers } from './timers.ts'

/** Time before `exp` at which a token counts as used up. */
const MARGIN_MS = 60_000
const AGAIN_MS = 15_000

/**
 * Keeps the host platform's token until shortly before it expires, so that a flaky line does not
 * hammer the host, and says when a fresh one should be shown.
 */
export class TokenKeeper {
  readonly #fetch: () => Promise<string>
  readonly #timers: Timers
  #token: string | undefined
  /** Server time minus ours, ms: phones' clocks are often wrong. */
  #skew = 0
  #renewal: unknown

  constructor(fetch: () => Promise<string>, timers: Timers) {
    this.#fetch = fetch
    this.#timers = timers
  }

  async get(): Promise<string> {
    if (this.#token === undefined || this.#renewIn() <= 0) this.#token = await this.#fetch()
    return this.#token
  }

  drop(): void {
    this.#token = undefined
  }

  serverTime(now: string): void {
    const at = Date.parse(now)
    if (Number.isFinite(at)) this.#skew = at - this.#timers.now()
  }

  /** Until `rest()`, hands each fresh token over in time; a failing host is asked again. */
  keepFresh(show: (token: string) => void): void {
    const ms = this.#renewIn()
    if (ms === Number.POSITIVE_INFINITY) return
    this.#later(Math.max(ms, 1000), show)
  }

  rest(): void {
    this.#timers.clearTimeout(this.#renewal)
    this.#renewal = undefined
  }

  #later(ms: number, show: (token: string) => void): void {
    this.rest()
    this.#renewal = this.#timers.setTimeout(() => void this.#renew(show), ms)
  }

  async #renew(show: (token: string) => void): Promise<void> {
    const mine = this.#renewal
    try {
      const token = await this.#fetch()
      if (mine !== this.#renewal) return
      this.#token = token
      show(token)
      this.keepFresh(show)
    } catch {
      if (mine === this.#renewal) this.#later(AGAIN_MS, show)
    }
  }

  /** Milliseconds until the token should be renewed; `Infinity` where it does not tell. */
  #renewIn(): number {
    const exp = this.#token === undefined ? undefined : expiryOf(this.#token)
    if (exp === undefined) return Number.POSITIVE_INFINITY
    const left = exp * 1000 - (this.#timers.now() + this.#skew)
    // A token that lives for two minutes or less is renewed half-way.
    return left > 2 * MARGIN_MS ? left - MARGIN_MS : left / 2 - 1000
  }
}

/** `exp` of a JWT in seconds, unverified: only the server's opinion counts. */
export function expiryOf(token: string): number | undefined {
  try {
    const payload = token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')
    const { exp } = JSON.parse(atob(payload)) as { exp?: unknown }
    return typeof exp === 'number' ? exp : undefined
  } catch {
    return undefined
  }
}
