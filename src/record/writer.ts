import { Batcher, Overloaded } from '../db/batcher.ts'
import type { Sql } from '../db/db.ts'
import { isContention, isUniqueViolation, isUnreachable } from '../db/faults.ts'
import { type Appended, append, type Group } from './append.ts'

/** The database is away or the queue is full. The command may be sent again with the same id. */
export class Unavailable extends Error {
  override name = 'Unavailable'
}

export interface WriterOptions {
  /** Names this process in notifications, so that it can skip its own. */
  origin: string
  maxBatch?: number
  maxFlights?: number
  maxWaiting?: number
  /** Flushes after a lost connection before giving up; a restart of PostgreSQL takes longer. */
  attempts?: number
  onFlush?: (groups: number) => void
}

const identityOf = ({ command }: Group) => (command ? `${command.caller} ${command.id}` : null)

/**
 * Puts what may not share a statement into later ones: two groups of one thread (the second was
 * decided on the first's head or will lose), or of one command.
 */
export function lanes(groups: readonly Group[]): number[][] {
  const out: { used: Set<string>; at: number[] }[] = []
  groups.forEach((group, i) => {
    const keys = [group.after.id, identityOf(group)].filter((key) => key !== null)
    let lane = out.find(({ used }) => !keys.some((key) => used.has(key)))
    if (!lane) {
      lane = { used: new Set(), at: [] }
      out.push(lane)
    }
    for (const key of keys) lane.used.add(key)
    lane.at.push(i)
  })
  return out.map(({ at }) => at)
}

/**
 * The only writer of entries. Commands that arrive together share one statement; each is stored
 * whole or not at all, and is acknowledged only after the commit.
 */
export class Writer {
  readonly #sql: Sql
  readonly #origin: string
  readonly #attempts: number
  readonly #batcher: Batcher<Group, Appended>
  readonly #onFlush: (groups: number) => void

  constructor(sql: Sql, options: WriterOptions) {
    this.#sql = sql
    this.#origin = options.origin
    this.#attempts = options.attempts ?? 3
    this.#onFlush = options.onFlush ?? (() => {})
    this.#batcher = new Batcher((groups) => this.#flush(groups), {
      maxBatch: options.maxBatch ?? 200,
      maxFlights: options.maxFlights ?? 2,
      maxWaiting: options.maxWaiting ?? 5_000,
    })
  }

  get waiting(): number {
    return this.#batcher.waiting
  }

  get flights(): number {
    return this.#batcher.flights
  }

  /** @throws Unavailable when nothing could be stored; the same command id may be sent again */
  async append(group: Group): Promise<Appended> {
    try {
      return await this.#batcher.add(group)
    } catch (error) {
      if (error instanceof Overloaded || isUnreachable(error)) {
        throw new Unavailable('the record cannot be written now', { cause: error })
      }
      throw error
    }
  }

  async #flush(groups: Group[]): Promise<Appended[]> {
    this.#onFlush(groups.length)
    const results: Appended[] = groups.map(() => ({ as: 'lost' }))
    for (const lane of lanes(groups)) {
      const batch = lane.map((i) => groups[i] as Group)
      const done = await this.#store(batch)
      lane.forEach((i, at) => {
        results[i] = done[at] as Appended
      })
    }
    return results
  }

  /**
   * Retries what is ours to retry. After a lost connection nobody knows whether the statement was
   * committed; sending it again is safe, because a command that was stored is found as known.
   */
  async #store(batch: Group[]): Promise<Appended[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await append(this.#sql, this.#origin, batch)
      } catch (error) {
        const again = isContention(error) || isUniqueViolation(error) || isUnreachable(error)
        if (again && attempt < this.#attempts) continue
        if (batch.length === 1 || isUnreachable(error)) throw error
        return await this.#oneByOne(batch)
      }
    }
  }

  /** A group that PostgreSQL will not take must not take its neighbours down with it. */
  async #oneByOne(batch: Group[]): Promise<Appended[]> {
    const results: Appended[] = []
    for (const group of batch) {
      try {
        results.push(...(await append(this.#sql, this.#origin, [group])))
      } catch (error) {
        if (isUnreachable(error)) throw error
        results.push({ as: 'failed', error })
      }
    }
    return results
  }
}
