import { LIMITS } from '../protocol/frames.ts'
import { CLOSE, type Refusal, refuse } from '../protocol/refusals.ts'
import { loadEntries, loadThread } from '../record/record-store.ts'
import { sightOf } from '../record/sight.ts'
import type { Thread } from '../record/thread.ts'
import { Turns } from '../record/turns.ts'
import type { Listener, News, Topic } from './hub.ts'
import { personsIn } from './names.ts'
import { catchUp, type Replay, type ReplayPorts, replayPage } from './replay.ts'
import type { Session } from './session.ts'
import { follow, onNews, type Subscription } from './subscription.ts'

/** What a client asked for by `watch` or `resume`, until `unwatch` or the loss of sight. */
interface Wish {
  /** False from then on: whatever is still under way for it sends nothing more. */
  stands: boolean
  /** Whether it counts against the limit of `watch`; `resume` has its own. */
  counts: boolean
  /** Asked for that often, and not answered yet. */
  pending: number
  granted: boolean
}

/** Which threads a socket follows, and how far it has got in each. */
export class Following {
  readonly #session: Session
  readonly #listener: Listener
  readonly #subs = new Map<string, Subscription>()
  readonly #wishes = new Map<string, Wish>()
  readonly #turns = new Turns()
  readonly #ports: ReplayPorts

  constructor(session: Session, listener: Listener) {
    this.#session = session
    this.#listener = listener
    const { shared } = session
    this.#ports = {
      socket: session.socket,
      load: (thread, after, limit) => loadEntries(shared.services.db, thread, { after, limit }),
      names: (entries) => shared.names(personsIn(entries)),
      send: (frame) => session.send(frame),
      sendText: (text) => session.sendText(text),
      isCurrent: (thread, sub) => !session.isOver && this.#subs.get(thread) === sub,
    }
  }

  has(thread: string): boolean {
    return this.#subs.has(thread) || this.#wishes.has(thread)
  }

  /** Follows from a number on, unless it does so already. */
  from(thread: string, seq: number, phase: Subscription['phase'] = 'live'): void {
    if (this.has(thread)) return
    this.#subs.set(thread, follow(seq, phase))
    this.#listen(thread)
  }

  /** Ends the waiting of a follower that was set up before `welcome` could be sent. */
  async release(thread: Thread): Promise<void> {
    const sub = this.#subs.get(thread.id)
    if (sub?.phase !== 'named') return
    const sight = this.#session.caller && sightOf(thread, this.#session.caller)
    if (!sight) return this.end(thread.id)
    sub.phase = 'live'
    sub.head = Math.max(sub.head, thread.seq)
    if (sub.head > sub.cursor) await this.#catchUp(this.#replay(thread.id, sub, sight))
  }

  end(thread: string): void {
    const wish = this.#wishes.get(thread)
    if (wish) wish.stands = false
    this.#wishes.delete(thread)
    this.#subs.delete(thread)
    this.#session.shared.hub.leave(topicOf(thread), this.#listener)
  }

  endAll(): void {
    for (const thread of new Set([...this.#subs.keys(), ...this.#wishes.keys()])) this.end(thread)
  }

  /** Follows a thread, after a page of what came after `after`; live only without it. */
  async watch(id: string, after?: number): Promise<Refusal | null> {
    const counted = [...this.#wishes.values()].filter(({ counts }) => counts).length
    if (!this.#wishes.has(id) && counted >= LIMITS.watches) {
      return refuse('bad-request', { detail: 'watch' })
    }
    return this.#wish(id, after, true)
  }

  /**
   * The same for a thread that `hello` names, where their number is limited. No news of it is sent
   * from now on until its turn comes.
   */
  async resume(id: string, after: number, turn: Promise<void>): Promise<Refusal | null> {
    return this.#wish(id, after, false, turn)
  }

  /** Wishes for one thread come true one after the other, and not at all once it is unwatched. */
  async #wish(id: string, after: number | undefined, counts: boolean, turn?: Promise<void>) {
    const wish = this.#wishes.get(id) ?? { stands: true, counts, pending: 0, granted: false }
    this.#wishes.set(id, wish)
    wish.pending += 1
    try {
      return await this.#turns.run(id, async () => {
        await turn
        return this.#fulfil(id, after, wish)
      })
    } catch (error) {
      // a follower that could not be filled would stay silent for ever: the client asks again
      if (wish.stands) this.end(id)
      throw error
    } finally {
      wish.pending -= 1
      if (wish.stands && !wish.granted && wish.pending === 0) this.#forget(id)
    }
  }

  async #fulfil(id: string, after: number | undefined, wish: Wish): Promise<Refusal | null> {
    const { caller, shared } = this.#session
    if (!wish.stands || caller === null) return null
    // joined before the head is read: what is written in between comes as news
    this.#listen(id)
    const seen = await this.#seen(id)
    if (!wish.stands) return null
    if (seen === null) return refuse('not-found')
    const { seq } = seen.thread
    if ((after ?? 0) > seq) return refuse('bad-request')
    await shared.services.audit.looked(caller, 'thread-watched', {
      thread: id,
      after: after ?? seq,
    })
    if (!wish.stands) return null
    wish.granted = true
    const head = Math.max(seq, this.#subs.get(id)?.head ?? 0)
    const sub = { ...follow(after ?? seq, 'loading'), head }
    this.#subs.set(id, sub)
    await replayPage(this.#replay(id, sub, seen.sight))
    return null
  }

  /** Nothing came of a wish: what was followed before it is followed still. */
  #forget(id: string): void {
    this.#wishes.delete(id)
    if (!this.#subs.has(id)) this.end(id)
  }

  async #seen(id: string) {
    const thread = await loadThread(this.#session.shared.services.db, id)
    const sight = thread && this.#session.caller ? sightOf(thread, this.#session.caller) : null
    return thread && sight ? { thread, sight } : null
  }

  deliver({ after, sheet }: News): void {
    const sub = this.#subs.get(after.id)
    const caller = this.#session.caller
    if (!sub || !caller) return
    const sight = sightOf(after, caller)
    if (sight === null) {
      this.end(after.id)
      this.#session.refuse(refuse('not-found'), { thread: after.id })
      return
    }
    for (const [i, { seq }] of sheet.entries.entries()) {
      const what = onNews(sub, seq)
      if (what === 'send') this.#session.sendText(sheet.frame(i, sight))
      if (what === 'catch-up') void this.#catchUp(this.#replay(after.id, sub, sight))
    }
  }

  #replay(thread: string, sub: Subscription, sight: Replay['sight']): Replay {
    return { ports: this.#ports, thread, sub, sight }
  }

  async #catchUp(replay: Replay): Promise<void> {
    try {
      await catchUp(replay)
    } catch (error) {
      // the socket has a gap that cannot be filled: the client comes back and resumes
      this.#session.shared.services.log.warn({ err: error }, 'a catch-up failed')
      this.#session.close(CLOSE.overloaded, 'overloaded')
    }
  }

  #listen(thread: string): void {
    this.#session.shared.hub.join(topicOf(thread), this.#listener)
  }
}

const topicOf = (thread: string): Topic => `thread:${thread}`
