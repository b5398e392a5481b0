import type { Ack, CommandInput } from '../../../protocol/commands.ts'
import type { ServerFrame } from '../../../protocol/frames.ts'
import type { Me, Summary } from '../../../protocol/http.ts'
import {
  type Connection,
  type ConnectionOptions,
  Refused,
  type Status,
} from '../../shared/connection.ts'
import type { Api } from '../api.ts'
import { allWaiting } from './all-waiting.ts'
import { Mailer } from './mailer.ts'
import { faded, stopped, TYPING_EVERY_MS, TYPING_FADES_MS, typed } from './presence.ts'
import { changed, loaded, reconnected } from './queue.ts'
import { Reader } from './reader.ts'
import { type DeskState, learn, moved, START } from './state.ts'
import { Store } from './store.ts'

export interface DeskOptions {
  me: Me
  api: Api
  connect(options: Pick<ConnectionOptions, 'resume' | 'onFrame' | 'onStatus'>): Connection
  /** Where unsent replies survive a reload; per tab, so that two tabs never send one twice. */
  storage: Storage
  /** The server ended the line for good. */
  onEnded(): void
}

type FrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>

/** Several entries of one thread come at once; its summary is asked for once. */
const SUMMARY_DELAY_MS = 250
const SUMMARY_AGAIN_MS = 5000

/** One signed-in person's live view of the bureau: feeds the store from socket and HTTP. */
export class Desk {
  readonly store = new Store<DeskState>(START)
  readonly mailer: Mailer
  readonly reader: Reader
  readonly #options: DeskOptions
  readonly #connection: Connection
  readonly #asked = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #typedAt = new Map<string, number>()
  #fading: ReturnType<typeof setInterval> | undefined

  constructor(options: DeskOptions) {
    this.#options = options
    this.#connection = options.connect({
      resume: () => this.reader.resume(),
      onFrame: (frame) => this.#receive(frame),
      onStatus: (status, why) => this.#turned(status, why),
    })
    const send = (frame: Parameters<Connection['send']>[0]) => this.#connection.send(frame)
    this.reader = new Reader(this.store, send)
    this.mailer = new Mailer(options.me.id, this.store, options.storage, {
      command: (command) => this.command(command),
      overHttp: (command) => options.api.command(command),
    })
  }

  start(): void {
    this.#connection.start()
    this.mailer.restore()
    void this.#loadDirectory()
    void this.loadQueue()
    this.#fading = setInterval(() => this.#fade(), TYPING_FADES_MS / 3)
  }

  stop(): void {
    this.#connection.stop()
    clearInterval(this.#fading)
    for (const timer of this.#asked.values()) clearTimeout(timer)
  }

  /** Rejects with `Refused` or `Disconnected`; waits for the line where there is none. */
  command(command: CommandInput): Promise<Ack> {
    return this.#connection.command(command)
  }

  /** Lists hand in what they fetched, so that every row shows the newest that is known. */
  learn(summaries: readonly Summary[]): void {
    const { summaries: known, staleness } = this.store.get()
    const anyMoved = summaries.some((summary) => moved(known.get(summary.id), summary))
    this.store.patch({
      summaries: learn(known, summaries),
      ...(anyMoved && { staleness: staleness + 1 }),
    })
  }

  /** Asks for a thread's summary soon. */
  refresh(thread: string, delay = SUMMARY_DELAY_MS): void {
    if (this.#asked.has(thread)) return
    const ask = async () => {
      this.#asked.delete(thread)
      try {
        this.learn([await this.#options.api.thread(thread)])
      } catch (error) {
        // A refusal stands; anything else was the network.
        if (!(error instanceof Refused)) this.refresh(thread, SUMMARY_AGAIN_MS)
      }
    }
    this.#asked.set(
      thread,
      setTimeout(() => void ask(), delay),
    )
  }

  /** The person writes a reply (not a note: nobody outside may guess that there is one). */
  typing(thread: string, now = Date.now()): void {
    if (now - (this.#typedAt.get(thread) ?? 0) < TYPING_EVERY_MS) return
    this.#typedAt.set(thread, now)
    this.#connection.send({ type: 'typing', thread })
  }

  #receive(frame: ServerFrame): void {
    if (frame.type === 'welcome') this.#welcomed(frame)
    else if (frame.type === 'queue') this.#queued(frame)
    else if (frame.type === 'entry') this.#entered(frame)
    else if (frame.type === 'watched') {
      this.reader.watched(frame.thread, frame.seq, frame.head)
      this.mailer.settle(frame.thread)
    } else if (frame.type === 'typing') this.#typed(frame)
    else if (frame.type === 'read') this.#read(frame)
    else if (frame.type === 'refused' && frame.thread && frame.id === undefined) {
      this.reader.refused(frame.thread, frame.code)
    }
  }

  #queued({ op, thread }: FrameOf<'queue'>): void {
    this.store.patch({ queue: changed(this.store.get().queue, op, thread) })
    this.learn([thread])
  }

  #welcomed({ now, threads, desks }: FrameOf<'welcome'>): void {
    const { queue, staleness, directory } = this.store.get()
    this.store.patch({
      skew: Date.parse(now) - Date.now(),
      queue: reconnected(queue),
      // An older server, in the middle of an upgrade, does not name them here.
      directory: { ...directory, desks: desks ?? directory.desks },
      staleness: staleness + 1,
    })
    this.learn(threads)
    this.reader.welcomed()
    void this.loadQueue()
    for (const thread of Object.keys(this.reader.resume())) this.refresh(thread)
  }

  #entered(entry: FrameOf<'entry'>): void {
    const { type: _, ...view } = entry
    this.reader.entered(view)
    this.mailer.settle(entry.thread)
    this.refresh(entry.thread)
    if (entry.kind === 'sealed') return
    this.store.patch({ typing: stopped(this.store.get().typing, entry.thread, entry.by.id) })
  }

  #typed({ thread, by }: FrameOf<'typing'>): void {
    if (by.id === this.#options.me.id) return
    this.store.patch({ typing: typed(this.store.get().typing, thread, by, Date.now()) })
  }

  #read({ thread, seq, by }: FrameOf<'read'>): void {
    const known = this.store.get().readByEnterprise
    if (by.role !== 'enterprise' || (known.get(thread) ?? 0) >= seq) return
    this.store.patch({ readByEnterprise: new Map(known).set(thread, seq) })
  }

  #turned(status: Status, why?: string): void {
    this.store.patch({ status })
    // Not where this page itself stopped it.
    if (status === 'ended' && why !== 'stopped') this.#options.onEnded()
  }

  /** The waiting threads over HTTP; on failure what the socket sent stays. */
  async loadQueue(): Promise<void> {
    const { me, api } = this.#options
    if (me.role !== 'officer' && me.role !== 'supervisor') return
    if (this.store.get().queueState === 'failed') this.store.patch({ queueState: 'loading' })
    try {
      const items = await allWaiting(api)
      this.learn(items)
      this.store.patch({ queue: loaded(this.store.get().queue, items), queueState: 'ready' })
    } catch {
      this.store.patch({ queueState: 'failed' })
    }
  }

  async #loadDirectory(): Promise<void> {
    const directory = await this.#options.api.directory().catch(() => undefined)
    if (directory) this.store.patch({ directory })
  }

  #fade(): void {
    const { typing } = this.store.get()
    if (typing.size > 0) this.store.patch({ typing: faded(typing, Date.now()) })
  }
}
