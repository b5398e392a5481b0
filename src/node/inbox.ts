import type { Services } from '../actions/services.ts'
import type { Db } from '../db/db.ts'
import type { Hub } from '../live/hub.ts'
import { changedSince } from '../record/record-store.ts'

interface InboxParts {
  db: Db
  hub: Hub
  services: Pick<Services, 'threads' | 'log'>
  /** Reads what these threads have new, each from the lowest number told, and hands it on. */
  feed(news: ReadonlyMap<string, number>): Promise<void>
}

/** Milliseconds until news that could not be read is tried again. */
const PAUSE = 1_000

/** News of other processes that waits to be read; what cannot be read now is read later. */
export class Inbox implements AsyncDisposable {
  readonly #parts: InboxParts
  /** Threads with the lowest number that was told and not fed yet. */
  readonly #waiting = new Map<string, number>()
  /** From when on something may have been missed. */
  #since: Date | null = null
  #running: Promise<void> | null = null
  #retry: ReturnType<typeof setTimeout> | undefined
  #isStopped = false

  constructor(parts: InboxParts) {
    this.#parts = parts
  }

  put(thread: string, seq: number): void {
    const { hub, services } = this.#parts
    services.threads.outdate(thread, seq)
    if (hub.size > 0) this.#waiting.set(thread, Math.min(seq, this.#waiting.get(thread) ?? seq))
    else hub.fed.forget(thread)
  }

  /** Nothing was heard since then: whatever changed is looked for. */
  missed(since: Date): void {
    if (this.#since === null || since < this.#since) this.#since = since
    this.kick()
  }

  kick(): void {
    if (this.#isStopped || this.#running) return
    clearTimeout(this.#retry)
    this.#running = this.#drain().then(
      () => {
        this.#running = null
        if (this.#isFull) this.kick()
      },
      (error: unknown) => {
        this.#running = null
        this.#parts.services.log.warn({ err: error }, 'news could not be read')
        if (!this.#isStopped) this.#retry = setTimeout(() => this.kick(), PAUSE)
      },
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#retry)
    await this.#running
  }

  get #isFull(): boolean {
    return this.#waiting.size > 0 || this.#since !== null
  }

  async #drain(): Promise<void> {
    while (!this.#isStopped && this.#isFull) {
      if (this.#since !== null) await this.#look(this.#since)
      const batch = new Map(this.#waiting)
      this.#waiting.clear()
      try {
        await this.#parts.feed(batch)
      } catch (error) {
        for (const [thread, seq] of batch) this.put(thread, seq)
        throw error
      }
    }
  }

  async #look(since: Date): Promise<void> {
    const { db, hub } = this.#parts
    for (const { id, seq } of await changedSince(db, since)) {
      if ((hub.fed.to(id) ?? 0) < seq) this.put(id, seq)
    }
    if (this.#since === since) this.#since = null
  }
}
