import type { EntryView } from '../../../protocol/entries.ts'
import type { ControlFrame } from '../../../protocol/frames.ts'
import { append, caughtUp, headOf, NO_RECORD, type ThreadRecord, toForget } from './record.ts'
import type { DeskState } from './state.ts'
import type { Store } from './store.ts'

/** Records kept in memory and live; the server allows 100 watches, a `resume` names 50. */
const MOST_RECORDS = 30

/** Which records this tab follows: watches them, fills gaps, says what was read. */
export class Reader {
  readonly #store: Store<DeskState>
  readonly #send: (frame: ControlFrame) => boolean
  /** Oldest first. */
  #opened: string[] = []
  readonly #read = new Map<string, number>()
  /** Head at which a gap was last reported, so that one gap asks once. */
  readonly #asked = new Map<string, number>()

  constructor(store: Store<DeskState>, send: (frame: ControlFrame) => boolean) {
    this.#store = store
    this.#send = send
  }

  /** The record comes to the screen. */
  open(thread: string): void {
    const known = this.#store.get().records.get(thread)
    this.#opened = [...this.#opened.filter((id) => id !== thread), thread]
    for (const old of toForget(this.#opened, MOST_RECORDS)) this.#forget(old)
    if (known && known.state !== 'lost') return
    this.#put(thread, NO_RECORD)
    this.#send({ type: 'watch', thread, after: 0 })
  }

  /**
   * The line is up. A record that was opened between `hello` and `welcome` was neither named in
   * the one nor could it be watched before the other; entries that come twice are ignored.
   */
  welcomed(): void {
    this.#asked.clear()
    for (const thread of this.#opened) {
      const record = this.#store.get().records.get(thread)
      if (record?.state === 'loading') this.#send({ type: 'watch', thread, after: headOf(record) })
    }
  }

  /** For `hello`: the newest opened first. */
  resume(): Record<string, number> {
    const { records } = this.#store.get()
    const open = this.#opened.filter((id) => records.get(id)?.state !== 'lost').reverse()
    return Object.fromEntries(open.map((id) => [id, headOf(records.get(id) ?? NO_RECORD)]))
  }

  entered(entry: EntryView): void {
    const record = this.#store.get().records.get(entry.thread)
    // News of a thread that was never opened here: its list row is refreshed, that is all.
    if (!record) return
    const next = append(record, entry)
    if (next) this.#put(entry.thread, next)
    else this.#fill(entry.thread, record)
  }

  /** Something is missing between what we hold and what came. */
  #fill(thread: string, record: ThreadRecord): void {
    const head = headOf(record)
    if (this.#asked.get(thread) === head) return
    this.#asked.set(thread, head)
    this.#send({ type: 'watch', thread, after: head })
  }

  watched(thread: string, seq: number, head: number): void {
    const record = this.#store.get().records.get(thread)
    this.#asked.delete(thread)
    if (record && seq >= head) this.#put(thread, caughtUp(record))
  }

  refused(thread: string, code: string): void {
    const record = this.#store.get().records.get(thread)
    if (!record) return
    if (code === 'not-found') this.#put(thread, { ...record, state: 'lost' })
    else if (code === 'bad-request' && headOf(record) > 0) {
      // A restored database may know less than we do: start over.
      this.#put(thread, NO_RECORD)
      this.#send({ type: 'watch', thread, after: 0 })
    }
  }

  /** The newest entry is on the screen, and somebody looks at it. */
  markRead(thread: string, seq: number): void {
    const { summaries } = this.#store.get()
    const known = Math.max(this.#read.get(thread) ?? 0, summaries.get(thread)?.read ?? 0)
    if (seq <= known || !this.#send({ type: 'read', thread, seq })) return
    this.#read.set(thread, seq)
    const summary = summaries.get(thread)
    if (!summary) return
    this.#store.patch({ summaries: new Map(summaries).set(thread, { ...summary, read: seq }) })
  }

  #forget(thread: string): void {
    this.#opened = this.#opened.filter((id) => id !== thread)
    const { records, summaries } = this.#store.get()
    const next = new Map(records)
    next.delete(thread)
    this.#store.patch({ records: next })
    // `unwatch` also ends the live entries of one's own threads, which the lists live on.
    if (summaries.get(thread)?.state !== 'held') this.#send({ type: 'unwatch', thread })
  }

  #put(thread: string, record: ThreadRecord): void {
    this.#store.patch({ records: new Map(this.#store.get().records).set(thread, record) })
  }
}
