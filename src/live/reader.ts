import { type Caller, isStaff } from '../protocol/caller.ts'
import type { ControlFrame } from '../protocol/frames.ts'
import { LIMITS } from '../protocol/frames.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'
import { loadEntries, loadThread, markRead } from '../record/record-store.ts'
import { authorOf } from '../record/rules/rule.ts'
import { sightOf } from '../record/sight.ts'
import { summaryOf } from '../record/summary.ts'
import type { Thread } from '../record/thread.ts'
import type { Listener, News, Sign, Topic } from './hub.ts'
import { personsIn } from './names.ts'
import { catchUp, type Replay, replayPage } from './replay.ts'
import type { Session } from './session.ts'
import { follow, onNews, type Subscription } from './subscription.ts'

/** Which threads a session follows, and how far it has got in each. */
export class Reader implements Listener {
  readonly #session: Session
  readonly #subs = new Map<string, Subscription>()
  readonly #topics = new Set<Topic>()
  readonly #replay: Replay

  constructor(session: Session) {
    this.#session = session
    const { shared } = session
    this.#replay = {
      socket: session.socket,
      load: (thread, after, limit) => loadEntries(shared.services.db, thread, { after, limit }),
      names: (entries) => shared.names(personsIn(entries)),
      send: (frame) => session.send(frame),
      sendText: (text) => session.sendText(text),
      isOver: () => session.isOver,
    }
  }

  /** Listens for what may come to concern this caller. */
  join(caller: Caller): void {
    this.#listen(`person:${caller.id}`)
    if (!isStaff(caller)) return
    if (caller.role === 'officer' || caller.role === 'supervisor') {
      for (const desk of caller.desks) this.#listen(`desk:${desk}`)
    }
  }

  #listen(topic: Topic): void {
    this.#topics.add(topic)
    this.#session.shared.hub.join(topic, this)
  }

  /** Follows live from a number on, unless it does so already. */
  followFrom(thread: string, seq: number, phase: Subscription['phase'] = 'live'): void {
    if (this.#subs.has(thread)) return
    this.#subs.set(thread, { ...follow(seq, false), phase })
    this.#listen(`thread:${thread}`)
  }

  /** Ends the waiting of a follower that was set up before `welcome` could be sent. */
  async release(thread: Thread): Promise<void> {
    const sub = this.#subs.get(thread.id)
    const sight = this.#session.caller && sightOf(thread, this.#session.caller)
    if (!sub || !sight || sub.asked || sub.phase !== 'loading') return
    sub.phase = 'live'
    sub.head = Math.max(sub.head, thread.seq)
    if (sub.head > sub.cursor) await this.#catchUp(thread.id, sub, sight)
  }

  unfollow(thread: string): void {
    this.#subs.delete(thread)
    this.#topics.delete(`thread:${thread}`)
    this.#session.shared.hub.leave(`thread:${thread}`, this)
  }

  async control(frame: ControlFrame): Promise<Refusal | null> {
    switch (frame.type) {
      case 'ping':
        this.#session.send({ type: 'pong' })
        return null
      case 'watch':
        return this.watch(frame.thread, frame.after)
      case 'unwatch':
        this.unfollow(frame.thread)
        return null
      case 'read':
        return this.#read(frame.thread, frame.seq)
      case 'typing':
        return this.#typing(frame.thread)
      default:
        return refuse('bad-request')
    }
  }

  /** Follows a thread, after a page of what came after `after`; live only without it. */
  async watch(id: string, after?: number): Promise<Refusal | null> {
    const known = this.#subs.get(id)
    const asked = [...this.#subs.values()].filter((sub) => sub.asked).length
    if (!known?.asked && asked >= LIMITS.watches) return refuse('bad-request', { detail: 'watch' })
    // joined before the head is read: what is written in between comes as news
    this.#listen(`thread:${id}`)
    const thread = await this.#seen(id)
    if (thread === null || (after ?? 0) > thread.thread.seq) {
      if (!this.#subs.has(id)) this.unfollow(id)
      return refuse(thread === null ? 'not-found' : 'bad-request')
    }
    const head = thread.thread.seq
    const sub = { ...follow(after ?? head, true), head: Math.max(head, known?.head ?? 0) }
    this.#subs.set(id, sub)
    await replayPage(this.#replay, id, sub, thread.sight)
    return null
  }

  async #seen(id: string) {
    const thread = await loadThread(this.#session.shared.services.db, id)
    const sight = thread && this.#session.caller ? sightOf(thread, this.#session.caller) : null
    return thread && sight ? { thread, sight } : null
  }

  async #read(id: string, seq: number): Promise<Refusal | null> {
    const { services, hub } = this.#session.shared
    const seen = await this.#seen(id)
    if (!seen) return refuse('not-found')
    if (seq > seen.thread.seq) return refuse('bad-request', { detail: 'seq' })
    const caller = this.#session.caller!
    await markRead(services.db, id, caller.id, seq)
    hub.sign({ type: 'read', thread: id, seq, by: authorOf(caller) }, seen.thread)
    return null
  }

  async #typing(id: string): Promise<Refusal | null> {
    const { services, hub } = this.#session.shared
    const cached = services.threads.get(id)
    const caller = this.#session.caller!
    const thread = cached && sightOf(cached, caller) ? cached : (await this.#seen(id))?.thread
    if (!thread) return refuse('not-found')
    hub.sign({ type: 'typing', thread: id, by: authorOf(caller) }, thread)
    return null
  }

  deliver({ after, sheet }: News): void {
    const sub = this.#subs.get(after.id)
    const caller = this.#session.caller
    if (!sub || !caller) return
    const sight = sightOf(after, caller)
    if (sight === null) {
      this.unfollow(after.id)
      this.#session.refuse(refuse('not-found'), { thread: after.id })
      return
    }
    for (const [i, { seq }] of sheet.entries.entries()) {
      const what = onNews(sub, seq)
      if (what === 'send') this.#session.sendText(sheet.frame(i, sight))
      if (what === 'catch-up') void this.#catchUp(after.id, sub, sight)
    }
  }

  async #catchUp(id: string, sub: Subscription, sight: NonNullable<ReturnType<typeof sightOf>>) {
    try {
      await catchUp(this.#replay, id, sub, sight)
    } catch (error) {
      // the socket has a gap that cannot be filled now: the client comes back and resumes
      this.#session.shared.services.log.warn({ err: error }, 'a catch-up failed')
      this.#session.close(1013, 'overloaded')
    }
  }

  concern(news: News): void {
    const caller = this.#session.caller
    if (caller === null || (isStaff(caller) && caller.role !== 'officer')) return
    if (this.#subs.has(news.after.id) || sightOf(news.after, caller) === null) return
    this.followFrom(news.after.id, news.sheet.entries[0]!.seq - 1)
    this.deliver(news)
  }

  queue(op: 'put' | 'drop', thread: Thread): void {
    const caller = this.#session.caller
    if (!caller) return
    const { now, readClocks } = this.#session.shared.services
    const sight = sightOf(thread, caller) ?? 'masked'
    const summary = summaryOf(thread, sight, { now: now(), read: 0, readClocks })
    this.#session.send({ type: 'queue', op, thread: summary })
  }

  /** An enterprise gets the owner's signs only; nobody gets their own back. */
  sign(sign: Sign, thread: Thread): void {
    const caller = this.#session.caller
    if (!caller || sign.by.id === caller.id || !this.#subs.has(thread.id)) return
    if (sightOf(thread, caller) === null) return
    if (!isStaff(caller) && sign.by.id !== thread.owner?.id) return
    this.#session.send(sign)
  }

  stop(): void {
    for (const topic of this.#topics) this.#session.shared.hub.leave(topic, this)
    this.#topics.clear()
    this.#subs.clear()
  }
}
