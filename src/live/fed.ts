import { LRUCache } from 'lru-cache'
import type { Feed } from '../actions/services.ts'
import type { Thread } from '../record/thread.ts'
import type { Topic } from './hub.ts'

interface Known {
  /** The newest state that was fed. */
  newest: number
  /** Everything up to here was fed; news of two processes may come in the wrong order. */
  to: number
  /** Who is shown it as waiting: its desk, and persons who were alerted. */
  shown: readonly Topic[]
}

const MOST = 50_000

/** In whose queue it stands: its desk's, and that of whoever was told that it waits. */
export function shownTo({ state, desk, alert }: Thread): Topic[] {
  if (state !== 'waiting' || desk === null) return []
  return [`desk:${desk}`, ...(alert?.to ?? []).map((id): Topic => `person:${id}`)]
}

/** What this process was told of each thread; forgotten, it costs a reading of the record. */
export class Fed {
  readonly #threads = new LRUCache<string, Known>({ max: MOST })

  /** Up to where a thread was fed; undefined where nothing is known of it. */
  to(thread: string): number | undefined {
    return this.#threads.get(thread)?.to
  }

  forget(thread: string): void {
    this.#threads.delete(thread)
  }

  /**
   * Takes note of news.
   * @returns where the thread was shown as waiting before, or `late` where something newer was told
   */
  note({ before, after, entries }: Feed): { was: readonly Topic[] } | 'late' {
    const known = this.#threads.get(after.id)
    const first = entries[0]?.seq ?? after.seq
    const isNext = known === undefined || first <= known.to + 1
    const to = isNext ? Math.max(known?.to ?? 0, after.seq) : known.to
    if (known && known.newest >= after.seq) {
      known.to = to
      return 'late'
    }
    this.#threads.set(after.id, { newest: after.seq, to, shown: shownTo(after) })
    if (known) return { was: known.shown }
    // a `drop` too many tells nobody anything wrong: one whose past is unknown gets one
    return { was: before ? shownTo(before) : after.desk ? [`desk:${after.desk}`] : [] }
  }
}
