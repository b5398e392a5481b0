import type { Spent } from './spent.ts'

const MINUTE = 60_000

/**
 * Times as counts of minutes (full ones, rounded up), so that what is in hand grows with the
 * length of the longest and not with how many there are.
 */
export class Spread {
  readonly #counts = new Map<number, number>()
  #n = 0
  #sum = 0

  add(ms: number): void {
    const minutes = Math.ceil(ms / MINUTE)
    this.#counts.set(minutes, (this.#counts.get(minutes) ?? 0) + 1)
    this.#n += 1
    this.#sum += ms
  }

  /** Minutes; a percentile is the least time that at least so many per cent did not exceed. */
  read() {
    const at = this.#percentiles([50, 90])
    const sum = Math.round(this.#sum / MINUTE)
    return { n: this.#n, p50: at[0] ?? null, p90: at[1] ?? null, sum }
  }

  #percentiles(wanted: readonly number[]): number[] {
    if (this.#n === 0) return []
    const sorted = [...this.#counts].sort(([a], [b]) => a - b)
    return wanted.map((percent) => {
      const rank = Math.ceil((percent * this.#n) / 100)
      let seen = 0
      for (const [minutes, count] of sorted) {
        seen += count
        if (seen >= rank) return minutes
      }
      return sorted.at(-1)?.[0] ?? 0
    })
  }
}

export interface RatioRead {
  n: number
  of: number
  /** Null where there is nothing to count. */
  rate: number | null
}
export interface TimeRead {
  working: ReturnType<Spread['read']>
  elapsed: ReturnType<Spread['read']>
}

export class Ratio {
  #n = 0
  #of = 0

  add(hit: boolean): void {
    this.#of += 1
    if (hit) this.#n += 1
  }

  read(): RatioRead {
    return { n: this.#n, of: this.#of, rate: this.#of === 0 ? null : this.#n / this.#of }
  }
}

export class Times {
  readonly #working = new Spread()
  readonly #elapsed = new Spread()

  add({ working, elapsed }: Spent): void {
    if (working !== null) this.#working.add(working)
    this.#elapsed.add(elapsed)
  }

  read(): TimeRead {
    return { working: this.#working.read(), elapsed: this.#elapsed.read() }
  }
}
