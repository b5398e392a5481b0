import type { ControlFrame } from '../../../protocol/frames.ts'
import { attempt, browserStorage } from './drawer.ts'
import { lastSeq } from './log.ts'
import { isUnread, ongoing, type State, threadOf } from './state.ts'

/** The loader looks for it: somebody waits for a reply, so the chat should listen. */
const WAITING_KEY = 'shouwen:waiting'

/** What the person has seen: told to the server as `read`, and to the launcher as a number. */
export class Attention {
  readonly #send: (frame: ControlFrame) => boolean
  readonly #onUnread: (n: number) => void
  readonly #marked = new Map<string, number>()
  #unread = 0

  constructor(send: (frame: ControlFrame) => boolean, onUnread: (n: number) => void) {
    this.#send = send
    this.#onUnread = onUnread
  }

  /** Takes note of what is on the screen; gives the state with it marked as read. */
  look(state: State): State {
    const seen = this.#markRead(state)
    const open = ongoing(seen)
    const unread = open.filter(isUnread).length
    if (unread !== this.#unread) this.#onUnread(unread)
    this.#unread = unread
    attempt(() => {
      const storage = browserStorage()
      if (open.length > 0) storage?.setItem(WAITING_KEY, '1')
      else if (seen.me) storage?.removeItem(WAITING_KEY)
    })
    return seen
  }

  #markRead(state: State): State {
    const thread = threadOf(state)
    const summary = thread === undefined ? undefined : state.threads[thread]
    const visible = state.open && document.visibilityState === 'visible'
    if (!thread || !summary || !visible) return state
    const seq = lastSeq(state.logs[thread])
    // Short of the head there is a replay on its way: one mark at its end is enough.
    if (seq < summary.seq || seq <= (this.#marked.get(thread) ?? 0)) return state
    if (!this.#send({ type: 'read', thread, seq })) return state
    this.#marked.set(thread, seq)
    return { ...state, threads: { ...state.threads, [thread]: { ...summary, read: seq } } }
  }
}
