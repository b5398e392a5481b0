import type { Feed } from '../actions/services.ts'
import type { Author } from '../protocol/entries.ts'
import { concernedBy, type Thread } from '../record/thread.ts'
import { Fed, shownTo } from './fed.ts'
import { createSheet, type Sheet } from './sheet.ts'

/** News of a thread, ready to be sent. */
export interface News {
  after: Thread
  sheet: Sheet
}

/** Something that passes and is not kept: who is typing, how far somebody has read. */
export type Sign =
  | { type: 'typing'; thread: string; by: Author }
  | { type: 'read'; thread: string; seq: number; by: Author }

/** Who listens at the hub: a session, or in a test whatever wants to know. */
export interface Listener {
  /** A thread that it follows has news. */
  deliver(news: News): void
  /** A thread has come to concern it (asked, owned, offered, consulted) by entry `seq` of these. */
  concern(news: News, seq: number): void
  /** A desk's queue changed. */
  queue(op: 'put' | 'drop', thread: Thread): void
  sign(sign: Sign, thread: Thread): void
}

/** Topics: `thread:ID`, `person:ID`, `desk:ID`. */
export type Topic = `${'thread' | 'person' | 'desk'}:${string}`

/**
 * Who wants to hear what, within one process. It is fed after a commit, here or elsewhere; it
 * keeps no truth and no timers, and a reader that missed something reads the record.
 */
export class Hub {
  readonly fed = new Fed()
  /** Takes signs to other processes. */
  relay: ((sign: Sign) => void) | null = null
  readonly #topics = new Map<Topic, Set<Listener>>()

  join(topic: Topic, listener: Listener): void {
    const there = this.#topics.get(topic)
    if (there) there.add(listener)
    else this.#topics.set(topic, new Set([listener]))
  }

  leave(topic: Topic, listener: Listener): void {
    const there = this.#topics.get(topic)
    there?.delete(listener)
    if (there?.size === 0) this.#topics.delete(topic)
  }

  /** Anybody here who follows this thread. */
  isFollowed(thread: string): boolean {
    return this.#topics.has(`thread:${thread}`)
  }

  get size(): number {
    return this.#topics.size
  }

  feed(feed: Feed, names: ReadonlyMap<string, string>): void {
    const { after, entries } = feed
    const news: News = { after, sheet: createSheet(entries, names) }
    for (const listener of this.#at(`thread:${after.id}`)) listener.deliver(news)
    for (const entry of entries) {
      for (const id of concernedBy(entry, after)) {
        for (const listener of this.#at(`person:${id}`)) listener.concern(news, entry.seq)
        for (const listener of this.#at(`desk:${id}`)) listener.concern(news, entry.seq)
      }
    }
    const noted = this.fed.note(feed)
    if (noted !== 'late') this.#queue(noted.was, after)
  }

  /** Shows it here, and to other processes where there are any. */
  sign(sign: Sign, thread: Thread): void {
    this.show(sign, thread)
    this.relay?.(sign)
  }

  show(sign: Sign, thread: Thread): void {
    for (const listener of this.#at(`thread:${thread.id}`)) listener.sign(sign, thread)
  }

  /** Once for each listener, who may have it from their desk and as somebody who was alerted. */
  #queue(was: readonly Topic[], after: Thread): void {
    const shown = new Set(shownTo(after).flatMap((topic) => this.#at(topic)))
    const gone = new Set(was.flatMap((topic) => this.#at(topic)))
    for (const listener of gone) if (!shown.has(listener)) listener.queue('drop', after)
    for (const listener of shown) listener.queue('put', after)
  }

  /** A copy, because a listener may leave while it is told. */
  #at(topic: Topic): Listener[] {
    return [...(this.#topics.get(topic) ?? [])]
  }
}
