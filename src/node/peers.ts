/** Milliseconds after which a process that was not heard of counts as gone. */
const GONE = 10 * 60 * 1000

/**
 * Which other processes share the database: known by what they tell, so that one that runs alone
 * tells nobody what only others would want to hear.
 */
export class Peers {
  readonly origin: string
  readonly #now: () => Date
  #heardAt = Number.NEGATIVE_INFINITY

  /** @param origin names this process at the beginning of everything that it tells */
  constructor(origin: string, now: () => Date) {
    this.origin = origin
    this.#now = now
  }

  get areThere(): boolean {
    return this.#now().getTime() - this.#heardAt < GONE
  }

  /** @returns what another process told, null for what we told ourselves */
  heard(payload: string): string | null {
    const at = payload.indexOf(' ')
    if (payload.slice(0, at) === this.origin) return null
    this.#heardAt = this.#now().getTime()
    return payload.slice(at + 1)
  }
}
