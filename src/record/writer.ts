import { Batcher, Overloaded } from '../db/batcher.ts'
import type { Sql } from '../db/db.ts'
import { isContention, isInDoubt, isUniqueViolation, isUnreachable } from '../db/faults.ts'
import { type Appended, append } from './append.ts'
import { filesOf, type Group } from './group.ts'

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
  /** Milliseconds after which a group is not sent (again) any more. */
  patience?: number
  onFlush?: (groups: number) => void
}

/** Tries of one statement that PostgreSQL refused for a passing reason. */
const ATTEMPTS = 4
/** Milliseconds between two looks at what became of a statement whose connection broke. */
const PAUSE = 100

/** Milliseconds of a round trip that says what the database's clock is. */
const SWIFT = 1_000

interface Waiting {
  group: Group
  /** When it has waited for too long, by `performance.now()`. */
  until: number
}

/** `away` is certain that nothing of this group was stored, unless its connection broke for good. */
type Stored = Appended | { as: 'away'; error: unknown }

/** Made once: an error's stack costs more than all else that a flush does before it is sent. */
const TOO_LATE = new Overloaded('waited for too long')

const identityOf = ({ command }: Group) => (command ? `${command.caller} ${command.id}` : null)

/**
 * Puts what may not share a statement into later ones: two groups of one thread (the second was
 * decided on the first's head or will lose), of one command, or with the same file.
 */
export function lanes(groups: readonly Group[]): number[][] {
  const out: { used: Set<string>; at: number[] }[] = []
  groups.forEach((group, i) => {
    const keys = [group.after.id, identityOf(group), ...filesOf(group)].filter(
      (key) => key !== null,
    )
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
  readonly #patience: number
  /** The database's clock less `performance.now()`; null until it is known. */
  #skew: number | null = null
  readonly #batcher: Batcher<Waiting, Stored>
  readonly #onFlush: (groups: number) => void

  /** @param sql its `statement_timeout` and `patience` together bound what an append may take */
  constructor(sql: Sql, options: WriterOptions) {
    this.#sql = sql
    this.#origin = options.origin
    this.#patience = options.patience ?? 5_000
    this.#onFlush = options.onFlush ?? (() => {})
    this.#batcher = new Batcher((waiting) => this.#flush(waiting), {
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
    const until = Math.min(performance.now() + this.#patience, group.until ?? Infinity)
    const stored = await this.#batcher.add({ group, until }).catch((error: unknown): Stored => {
      if (error instanceof Overloaded) return { as: 'away', error }
      throw error
    })
    if (stored.as !== 'away' && stored.as !== 'late') return stored
    const cause = stored.as === 'away' ? stored.error : undefined
    throw new Unavailable('the record cannot be written now', { cause })
  }

  async #flush(all: Waiting[]): Promise<Stored[]> {
    this.#onFlush(all.length)
    const results = all.map(() => away(TOO_LATE))
    for (const lane of lanes(all.map(({ group }) => group))) {
      const due = lane.filter((i) => all[i]!.until > performance.now())
      const stored = await this.#store(due.map((i) => all[i]!))
      due.forEach((i, at) => {
        results[i] = stored[at]!
      })
    }
    return results
  }

  /**
   * Retries what is ours to retry. After a broken connection nobody knows whether the statement was
   * committed; sending it again is safe, because a command that was stored is found as known, and
   * it is the only way to give an honest answer.
   */
  async #store(batch: readonly Waiting[]): Promise<Stored[]> {
    if (batch.length === 0) return []
    const groups = batch.map(({ group }) => group)
    const until = Math.max(...batch.map((waiting) => waiting.until))
    let isDoubtful = false
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#send(groups)
      } catch (error) {
        isDoubtful ||= isInDoubt(error)
        if (isContention(error) || isUniqueViolation(error)) {
          if (attempt < ATTEMPTS) continue
        } else if (isUnreachable(error)) {
          if (!isDoubtful || performance.now() > until) return batch.map(() => away(error))
          await new Promise((resolve) => setTimeout(resolve, PAUSE))
          continue
        }
        if (batch.length === 1) return [{ as: 'failed', error }]
        return this.#oneByOne(batch)
      }
    }
  }

  /**
   * One statement, which PostgreSQL must not carry out after its callers have stopped waiting: it may
   * be stopped for a while with the statement in its socket.
   */
  async #send(groups: readonly Group[]): Promise<Appended[]> {
    const sent = performance.now()
    const until = Math.min(...groups.map((group) => group.until ?? Infinity))
    const deadline =
      this.#skew === null || until === Infinity ? undefined : Math.floor(until + this.#skew)
    const { results, now } = await append(this.#sql, this.#origin, groups, deadline)
    const heard = performance.now()
    if (heard - sent < SWIFT) this.#skew = now - heard
    // the most impatient of them set the deadline; the others still wait
    const isLeft = ({ until = Infinity }: Group, i: number) =>
      results[i]?.as === 'late' && until > heard
    const left = groups.filter(isLeft)
    if (left.length === 0 || left.length === groups.length) return results
    const again = (await this.#send(left)).values()
    return results.map((result, i) => (isLeft(groups[i]!, i) ? again.next().value! : result))
  }

  /** A group that PostgreSQL will not take must not take its neighbours down with it. */
  async #oneByOne(batch: readonly Waiting[]): Promise<Stored[]> {
    const results: Stored[] = []
    for (const one of batch) {
      const last = results.at(-1)
      // together they were refused, so the rest is not stored and need not be tried
      results.push(...(last?.as === 'away' ? [last] : await this.#store([one])))
    }
    return results
  }
}

const away = (error: unknown): Stored => ({ as: 'away', error })
