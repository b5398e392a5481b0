import type { CommandInput } from '../../../protocol/commands.ts'
import type { ServerFrame } from '../../../protocol/frames.ts'
import type { RefusalCode } from '../../../protocol/refusals.ts'
import { Connection, Disconnected, Refused } from '../../shared/connection.ts'
import { mintId } from '../../shared/mint.ts'
import type { Wording } from '../../shared/wording/index.ts'
import type { Stage } from '../options.ts'
import type { ActInput } from './act.ts'
import { Api } from './api.ts'
import { Attachments } from './attachments.ts'
import { Attention } from './attention.ts'
import { browserStorage, Drawer } from './drawer.ts'
import { applyFrame, TYPING_MS } from './frames.ts'
import { Identity } from './identity.ts'
import { isLarge, setLarge } from './large.ts'
import { EMPTY_LOG, lastSeq } from './log.ts'
import { Outbox } from './outbox.ts'
import type { Outgoing } from './outgoing.ts'
import { INITIAL, resumeOf, type State, threadOf, type View, withoutThread } from './state.ts'
import { personalStore } from './store.ts'
import { loadThread, loadThreads } from './thread-list.ts'

const TYPING_EVERY_MS = 3000
const MINUTE_MS = 60_000

/** The widget's state and all that can be done with it; components only read and call. */
export class ChatModel {
  state: State = { ...INITIAL, now: new Date() }
  readonly words: Wording
  readonly api: Api
  readonly files: Attachments
  /** What this person ticked and has seen. */
  kept: Drawer<string> = new Drawer('kept', 'nobody', undefined)
  readonly host: HTMLElement
  drafts: Drawer<string> = new Drawer('draft', 'nobody', undefined)
  readonly #connection: Connection
  readonly #outbox: Outbox
  readonly #attention: Attention
  readonly #render: () => void
  readonly #clock: ReturnType<typeof setInterval>
  #typedAt = 0

  constructor(stage: Stage, words: Wording, render: () => void) {
    this.words = words
    this.#render = render
    this.host = stage.root.host as HTMLElement
    if (isLarge()) setLarge(this.host, true)
    this.files = new Attachments({
      root: stage.root,
      words,
      state: () => this.state,
      set: (change) => this.set(change),
    })
    const identity = new Identity(stage.options.getToken, {
      onKnown: (who) => this.#identified(who),
      onOther: () => this.#connection.stop(),
    })
    this.api = new Api(stage.server, identity)
    this.#connection = new Connection({
      url: `${stage.server.replace(/^http/, 'ws')}/ws`,
      token: identity.fetch,
      resume: () => resumeOf(this.state),
      onFrame: (frame) => this.#receive(frame),
      onStatus: (status, why) => this.set({ status, why }),
    })
    this.#outbox = new Outbox({
      send: (command) => this.#connection.command(command),
      upload: async (file, told) => {
        const { upload } = await this.files.load()
        return upload(this.api, file, told, () => this.state.status === 'ended')
      },
      onChange: (outbox) => this.set({ outbox }),
      onAck: (item, ack) => this.#written(item, ack.thread),
    })
    this.#attention = new Attention((frame) => this.#connection.send(frame), stage.onUnread)
    this.#connection.start()
    if (stage.options.topic) void this.#askAbout(stage.options.topic)
    this.#clock = setInterval(() => this.set({ now: new Date() }), MINUTE_MS)
    document.addEventListener('visibilitychange', this.#seen)
  }

  destroy(): void {
    clearInterval(this.#clock)
    document.removeEventListener('visibilitychange', this.#seen)
    this.#connection.stop()
  }

  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change }
    this.#render()
  }

  setOpen(open: boolean): void {
    this.set({ open, now: new Date() })
    this.#seen()
  }

  show(view: View): void {
    this.set({ view, trouble: undefined })
    if (view.page === 'mine') this.search('')
    if (view.page === 'thread' && !view.key.startsWith('ask:')) this.#watch(view.key)
    this.#seen()
  }

  /** Opens a new thread with these words. */
  ask(text: string): void {
    const { id } = this.#write('ask', text, { base: 0, ...this.files.take('home') })
    this.show({ page: 'thread', key: `ask:${id}` })
  }

  /** More words in the thread on the screen, also while its `ask` is still on its way. */
  say(text: string): void {
    const { view } = this.state
    if (view.page !== 'thread') return
    const { key } = view
    const on = key.startsWith('ask:')
      ? { ask: key.slice(4), base: 0 }
      : { thread: key, base: lastSeq(this.state.logs[key]) }
    this.#write('say', text, { ...on, ...this.files.take(key) })
  }

  reopen(thread: string, text: string): void {
    this.#write('reopen', text, { thread, base: lastSeq(this.state.logs[thread]) })
  }

  retry(id: string): void {
    this.#outbox.retry(id)
  }

  discard(id: string): string | undefined {
    const { view } = this.state
    const text = this.#outbox.discard(id)
    if (view.page === 'thread' && view.key === `ask:${id}`) this.show({ page: 'home' })
    return text
  }

  /** True when it was done; otherwise the reason stands above the composer. */
  async act(act: ActInput): Promise<boolean> {
    const moves = this.state.moves + (act.type === 'judge' ? 0 : 1)
    this.set({ trouble: undefined, moves })
    try {
      await this.#connection.command({ ...act, id: mintId() } as CommandInput)
      return true
    } catch (error) {
      if (error instanceof Refused) this.set({ trouble: this.refusalText(error.code) })
      else if (!(error instanceof Disconnected)) throw error
      return false
    }
  }

  refusalText(code: string): string {
    return this.words.refusals[code as RefusalCode] ?? this.words.widget.failed
  }

  typing(): void {
    const thread = threadOf(this.state)
    const now = Date.now()
    if (!thread || now - this.#typedAt < TYPING_EVERY_MS) return
    this.#typedAt = now
    this.#connection.send({ type: 'typing', thread })
  }

  search(q: string): void {
    this.set({ list: { ...INITIAL.list, q } })
    void this.loadList()
  }

  async loadList(more = false): Promise<void> {
    this.#look(await loadThreads(this.api, () => this.state, more))
  }

  #write(type: Outgoing['type'], text: string, on: Omit<Outgoing, 'id' | 'type' | 'text' | 'at'>) {
    this.set({ trouble: undefined, moves: this.state.moves + 1 })
    return this.#outbox.add({ type, text, at: new Date().toISOString(), ...on })
  }

  #written(item: Outgoing, thread: string): void {
    const { view } = this.state
    // Entries of an own thread come from seq 1 by themselves; after a reconnect they may not.
    this.#watch(thread)
    if (view.page === 'thread' && view.key === `ask:${item.id}`) {
      this.set({ view: { page: 'thread', key: thread } })
    }
    this.#outbox.arrived(thread, lastSeq(this.state.logs[thread]))
    if (!this.state.threads[thread]) void this.#fetchSummary(thread)
  }

  #watch(thread: string): void {
    const log = this.state.logs[thread]
    if (log?.caughtUp) return
    if (!log) this.set({ logs: { ...this.state.logs, [thread]: EMPTY_LOG } })
    this.#connection.send({ type: 'watch', thread, after: lastSeq(log) })
  }

  #receive(frame: ServerFrame): void {
    this.state = applyFrame(this.state, frame, new Date())
    if (frame.type === 'entry') {
      this.#outbox.arrived(frame.thread, lastSeq(this.state.logs[frame.thread]))
      if (!this.state.threads[frame.thread]) void this.#fetchSummary(frame.thread)
      const last = lastSeq(this.state.logs[frame.thread])
      // Something between is missing: ask again from where the log ends.
      if (last > 0 && frame.seq > last) {
        this.#connection.send({ type: 'watch', thread: frame.thread, after: last })
      }
    }
    // A thread that is no longer ours to see, or that the server knows less of than we do.
    if (frame.type === 'refused' && frame.thread && frame.id === undefined) {
      this.state = withoutThread(this.state, frame.thread, this.refusalText('not-found'))
    }
    // Drawn again when the other side has stopped writing without a word.
    if (frame.type === 'typing') setTimeout(this.#render, TYPING_MS + 100)
    this.#seen()
  }

  /** Questions about the page that one comes from, instead of the general ones. */
  async #askAbout(topic: string): Promise<void> {
    const found = await this.api.suggest(topic, new AbortController().signal).catch(() => [])
    if (found.length > 0) this.set({ examples: found.map(({ question }) => question) })
  }

  async #fetchSummary(thread: string): Promise<void> {
    this.#look(await loadThread(this.api, () => this.state, thread))
  }

  #identified(who: string): void {
    this.drafts = new Drawer('draft', who, browserStorage())
    this.kept = new Drawer('kept', who, browserStorage())
    this.set({ who: true })
    void this.#outbox.open(personalStore(who))
  }

  /** After whatever may have brought something into sight. */
  #look(state: State): void {
    this.state = this.#attention.look(state)
    this.#render()
  }

  readonly #seen = (): void => this.#look(this.state)
}
