/** Thrown to a caller whose item was not taken: nothing was stored. */
export class Overloaded extends Error {
  override name = 'Overloaded'
}

interface Waiting<I, O> {
  item: I
  resolve: (result: O) => void
  reject: (error: unknown) => void
}

export interface BatcherOptions {
  /** Items in one flush. */
  maxBatch: number
  /** Flushes at the same time. */
  maxFlights: number
  /** Items waiting beyond which `add` refuses. */
  maxWaiting: number
}

/** Milliseconds that items gather while a flush is under way, before another one joins it. */
const GATHER = 4

/** The next turn of the event loop; where only timers are, at their first. */
const { setImmediate: atNextTurn = (work: () => void) => setTimeout(work, 0) } =
  globalThis as unknown as { setImmediate?: (work: () => void) => unknown }

/**
 * Takes what waits and hands it over at once: while a flush is under way the next one gathers,
 * so that load makes batches and an idle moment makes none. A flush that hangs only delays what
 * comes behind it. `flush` returns one result an item, in order. A failing flush fails all its
 * items.
 */
export class Batcher<I, O> {
  #waiting: Waiting<I, O>[] = []
  #flights = 0
  #isDue = false
  #gathers = false
  readonly #flush: (items: I[]) => Promise<O[]>
  readonly #options: BatcherOptions

  constructor(flush: (items: I[]) => Promise<O[]>, options: BatcherOptions) {
    this.#flush = flush
    this.#options = options
  }

  get waiting(): number {
    return this.#waiting.length
  }

  get flights(): number {
    return this.#flights
  }

  /** @throws Overloaded when too many wait already */
  add(item: I): Promise<O> {
    if (this.#waiting.length >= this.#options.maxWaiting) {
      return Promise.reject(new Overloaded('the write queue is full'))
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      if (this.#flights === 0) this.#soon()
      else this.#later()
    })
  }

  /** One turn of the event loop, so that frames that arrived together share a flush. */
  #soon(): void {
    if (this.#isDue) return
    this.#isDue = true
    atNextTurn(() => {
      this.#isDue = false
      this.#pump()
    })
  }

  #later(): void {
    if (this.#gathers) return
    this.#gathers = true
    setTimeout(() => {
      this.#gathers = false
      this.#pump()
    }, GATHER)
  }

  #pump(): void {
    while (this.#waiting.length > 0 && this.#flights < this.#options.maxFlights) {
      const batch = this.#waiting.splice(0, this.#options.maxBatch)
      this.#flights += 1
      void this.#fly(batch)
    }
  }

  async #fly(batch: Waiting<I, O>[]): Promise<void> {
    try {
      const results = await this.#flush(batch.map(({ item }) => item))
      batch.forEach(({ resolve }, i) => {
        resolve(results[i] as O)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    } finally {
      this.#flights -= 1
      // the next turn, so that what only waited for these results comes along
      this.#soon()
    }
  }
}
