import type { ControlFrame, ServerFrame } from '../../protocol/frames.ts'
import type { Timers } from './timers.ts'

type Watch = Extract<ControlFrame, { type: 'watch' }>

/** Records that were asked for, so that one that the server has no time for is asked for again. */
export class PutOff {
  readonly #watches = new Map<string, Watch>()
  readonly #waiting = new Set<unknown>()
  readonly #timers: Timers
  readonly #send: (watch: Watch) => void

  constructor(timers: Timers, send: (watch: Watch) => void) {
    this.#timers = timers
    this.#send = send
  }

  sent(frame: ControlFrame): void {
    if (frame.type === 'watch') this.#watches.set(frame.thread, frame)
  }

  /** True for a refusal that passes by itself: it is no answer to anybody. */
  refused({ code, id, thread, retryAfter = 1 }: Extract<ServerFrame, { type: 'refused' }>) {
    if (code !== 'too-fast' && code !== 'unavailable') return false
    if (id !== undefined || thread === undefined) return false
    const watch = this.#watches.get(thread)
    if (watch === undefined) return true
    const timer = this.#timers.setTimeout(() => {
      this.#waiting.delete(timer)
      this.#send(watch)
    }, retryAfter * 1000)
    this.#waiting.add(timer)
    return true
  }

  /** The line is gone: what is followed is named in the next `hello`. */
  forget(): void {
    for (const timer of this.#waiting) this.#timers.clearTimeout(timer)
    this.#waiting.clear()
    this.#watches.clear()
  }
}
