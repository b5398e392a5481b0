import { type Caller, isStaff } from '../protocol/caller.ts'
import type { ControlFrame } from '../protocol/frames.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'
import { sightOf } from '../record/sight.ts'
import { summaryOf } from '../record/summary.ts'
import type { Thread } from '../record/thread.ts'
import { Following } from './following.ts'
import type { Listener, News, Sign, Topic } from './hub.ts'
import type { Session } from './session.ts'
import { markAsRead, showTyping } from './signs.ts'

/** What a session hears at the hub, and what of it its client is told. */
export class Reader implements Listener {
  readonly following: Following
  readonly #session: Session
  /** Where it listens beside the threads that it follows: its person, its desks. */
  readonly #topics = new Set<Topic>()
  /** Read marks of this person, as far as this socket has met them. */
  readonly #marks = new Map<string, number>()
  /** News that waits until a `welcome` is sent; null when there is nothing to wait for. */
  #held: (() => void)[] | null = null
  /** Threads that have come to concern the caller meanwhile. */
  readonly #since = new Set<string>()

  constructor(session: Session) {
    this.#session = session
    this.following = new Following(session, this)
  }

  /** Listens for what may come to concern this caller. */
  join(caller: Caller): void {
    const works = caller.role === 'officer' || caller.role === 'supervisor'
    const desks = isStaff(caller) && works ? caller.desks : []
    for (const topic of [`person:${caller.id}`, ...desks.map((id) => `desk:${id}`)] as Topic[]) {
      this.#topics.add(topic)
      this.#session.shared.hub.join(topic, this)
    }
  }

  /** Keeps news back until `flush`, so that none overtakes a list that is being read. */
  hold(): void {
    this.#held ??= []
    this.#since.clear()
  }

  /** Follows a thread of that list from where it shows it. */
  followNamed({ id, seq }: Thread): void {
    if (this.#since.has(id)) this.following.end(id)
    this.following.from(id, seq, 'named')
  }

  flush(): void {
    const held = this.#held ?? []
    this.#held = null
    for (const news of held) news()
  }

  /** True where it is kept back for later. */
  #keeps(news: () => void): boolean {
    this.#held?.push(news)
    return this.#held !== null
  }

  /** Notes how far this person has read a thread. */
  marked(thread: string, seq: number): void {
    this.#marks.set(thread, Math.max(seq, this.#marks.get(thread) ?? 0))
  }

  async control(frame: ControlFrame): Promise<Refusal | null> {
    switch (frame.type) {
      case 'ping':
        this.#session.send({ type: 'pong' })
        return null
      case 'watch':
        return this.following.watch(frame.thread, frame.after)
      case 'unwatch':
        this.following.end(frame.thread)
        return null
      case 'read':
        return markAsRead(this.#session, frame.thread, frame.seq)
      case 'typing':
        return showTyping(this.#session, frame.thread)
      default:
        return refuse('bad-request')
    }
  }

  deliver(news: News): void {
    if (!this.#keeps(() => this.deliver(news))) this.following.deliver(news)
  }

  /** Followed at once, also while news is kept back: the next news must find it. */
  concern(news: News, seq: number): void {
    const { caller } = this.#session
    if (caller === null || (isStaff(caller) && caller.role !== 'officer')) return
    if (this.following.has(news.after.id) || sightOf(news.after, caller) === null) return
    this.following.from(news.after.id, seq - 1)
    if (this.#held) this.#since.add(news.after.id)
    this.deliver(news)
  }

  queue(op: 'put' | 'drop', thread: Thread): void {
    if (this.#keeps(() => this.queue(op, thread))) return
    const { caller, shared } = this.#session
    if (caller === null) return
    const { now, readClocks } = shared.services
    const sight = sightOf(thread, caller)
    const read = this.#marks.get(thread.id) ?? 0
    // of a thread that has left for elsewhere only its id and its state are told
    const known = sight === null ? withoutWords(thread) : thread
    const summary = summaryOf(known, sight ?? 'masked', { now: now(), read, readClocks })
    this.#session.send({ type: 'queue', op, thread: summary })
  }

  /** An enterprise gets the owner's signs only; nobody gets their own back. */
  sign(sign: Sign, thread: Thread): void {
    const { caller } = this.#session
    if (caller === null || this.#held !== null || !this.following.has(thread.id)) return
    if (sign.by.id === caller.id) {
      if (sign.type === 'read') this.marked(thread.id, sign.seq)
      return
    }
    const sight = sightOf(thread, caller)
    // a sign names its person, and a curator is to see none
    if (sight === null || sight === 'masked') return
    if (sight === 'open' && sign.by.id !== thread.owner?.id) return
    this.#session.send(sign)
  }

  stop(): void {
    for (const topic of this.#topics) this.#session.shared.hub.leave(topic, this)
    this.#topics.clear()
    this.following.endAll()
  }
}

const withoutWords = (thread: Thread): Thread => ({
  ...thread,
  question: { ...thread.question, text: '' },
  clocks: [],
})
