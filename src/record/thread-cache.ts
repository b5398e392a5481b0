import { LRUCache } from 'lru-cache'
import type { Db } from '../db/db.ts'
import { loadThread } from './record-store.ts'
import type { Thread } from './thread.ts'
import { Turns } from './turns.ts'
import { Unavailable } from './writer.ts'

/**
 * Milliseconds that a command waits for those before it on its thread. It is told `unavailable`
 * then, and must not be done later all the same.
 */
const TURN = 3_000

/**
 * Threads that this process has lately decided on. A copy may be behind another process: an append
 * on it loses and decides again, and nothing is ever refused on the strength of a cached copy.
 */
export class ThreadCache {
  readonly #threads: LRUCache<string, Thread>
  /** Threads that another process is known to have moved on: not to be decided on. */
  readonly #outdated = new Set<string>()
  readonly #turns = new Turns()
  readonly #db: Db

  constructor(db: Db, max = 20_000) {
    this.#db = db
    this.#threads = new LRUCache({ max, dispose: (_, id) => this.#outdated.delete(id) })
  }

  /** To decide on; undefined where there is no copy, or a known older one. */
  get(id: string): Thread | undefined {
    return this.#outdated.has(id) ? undefined : this.#threads.get(id)
  }

  /** The last copy that was here, however old: what news is compared with. */
  last(id: string): Thread | undefined {
    return this.#threads.get(id)
  }

  /** Keeps the newer of what is there and what comes. */
  put(thread: Thread): void {
    const known = this.#threads.get(thread.id)
    if (known && known.seq > thread.seq) return
    this.#threads.set(thread.id, thread)
    this.#outdated.delete(thread.id)
  }

  /** Another writer is said to have reached `seq`. */
  outdate(id: string, seq: number): void {
    const known = this.#threads.get(id)
    if (known && known.seq < seq) this.#outdated.add(id)
  }

  /** As the database has it now. */
  async fresh(id: string): Promise<Thread | null> {
    const thread = await loadThread(this.#db, id)
    if (thread) this.put(thread)
    return thread
  }

  /**
   * One decision at a time on a thread within this process, so that they do not race themselves.
   * @throws Unavailable when its turn comes too late; nothing was done then
   */
  exclusively<T>(id: string, work: () => Promise<T>): Promise<T> {
    const until = performance.now() + TURN
    return this.#turns.run(id, () => {
      if (performance.now() <= until) return work()
      throw new Unavailable('its thread was busy for too long')
    })
  }
}
