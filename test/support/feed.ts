import { LIMITS } from '../../src/protocol/frames.ts'
import { hashOf } from '../../src/record/chain.ts'
import type { Frame } from './client.ts'

interface Followed {
  /** The first entry that is expected. */
  first: number
  cursor: number
  hash: string
  /** A page was asked for: until it is there, other numbers may come too. */
  isLoading: boolean
  kinds: string[]
}

const NOTHING = { first: 1, cursor: 0, hash: '', isLoading: false }

/**
 * The entries that one client has got, over all its connections: each thread's must come in order,
 * without a gap, without a repeat, and each must carry on the hash of the one before.
 */
export class Feed {
  readonly violations: string[] = []
  readonly #threads = new Map<string, Followed>()
  readonly #send: (frame: Frame) => void

  constructor(send: (frame: Frame) => void) {
    this.#send = send
  }

  get threads(): string[] {
    return [...this.#threads.keys()]
  }

  cursor(thread: string): number {
    return this.#threads.get(thread)?.cursor ?? 0
  }

  kinds(thread: string): readonly string[] {
    return this.#threads.get(thread)?.kinds ?? []
  }

  /** For `hello`: where it is in each thread, as many as one may name. */
  resume(): Record<string, number> {
    for (const followed of this.#threads.values()) followed.isLoading = false
    const named = [...this.#threads].slice(0, LIMITS.resume)
    return Object.fromEntries(named.map(([id, { cursor }]) => [id, cursor]))
  }

  /** After `welcome`: asks for those that `resume` had no room for. */
  resumeRest(): void {
    for (const [thread, followed] of [...this.#threads].slice(LIMITS.resume)) {
      followed.isLoading = true
      this.#send({ type: 'watch', thread, after: followed.cursor })
    }
  }

  /** A thread of one's own comes from its first entry; after a retry that may have passed unheard. */
  opened(thread: string, isRetry: boolean): void {
    const followed = this.#threads.get(thread)
    if (followed?.first === 1) return
    if (isRetry) this.watch(thread)
    else if (followed) this.violations.push(`${thread} begins with ${followed.first}`)
    else this.#threads.set(thread, { ...NOTHING, kinds: [] })
  }

  watch(thread: string): void {
    this.#threads.set(thread, { ...NOTHING, isLoading: true, kinds: [] })
    this.#send({ type: 'watch', thread, after: 0 })
  }

  /** Asks again for what could not be read when it was asked for. */
  again(thread: string): void {
    const followed = this.#threads.get(thread)
    if (!followed) return
    followed.isLoading = true
    this.#send({ type: 'watch', thread, after: followed.cursor })
  }

  watched({ thread, seq, head }: Frame): void {
    const followed = this.#threads.get(thread)
    if (!followed) return
    if (seq < head) this.#send({ type: 'watch', thread, after: followed.cursor })
    else followed.isLoading = false
  }

  take(entry: Frame): void {
    const known = this.#threads.get(entry.thread)
    const first = entry.seq
    const followed: Followed = known ?? { ...NOTHING, first, cursor: first - 1, kinds: [] }
    if (!known) this.#threads.set(entry.thread, followed)
    if (entry.seq !== followed.cursor + 1) {
      if (!followed.isLoading) this.#wrong(entry, `after ${followed.cursor}`)
      return
    }
    if (followed.hash !== '' && entry.prev !== followed.hash) this.#wrong(entry, 'breaks the chain')
    if (entry.content && entry.hash !== hashOf(entry.prev, entry.content)) {
      this.#wrong(entry, 'is not what its hash says')
    }
    followed.cursor = entry.seq
    followed.hash = entry.hash
    followed.kinds.push(entry.kind)
  }

  #wrong({ thread, seq, kind }: Frame, what: string): void {
    this.violations.push(`${thread}:${seq} ${kind} ${what}`)
  }
}
