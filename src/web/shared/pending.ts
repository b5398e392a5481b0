import type { Ack, CommandInput } from '../../protocol/commands.ts'
import type { LIMITS, ServerFrame } from '../../protocol/frames.ts'
import type { RefusalCode } from '../../protocol/refusals.ts'
import { backOff, type Timers } from './timers.ts'

/** The server said no. Nothing was stored; the same id may be used again. */
export class Refused extends Error {
  override name = 'Refused'
  readonly code: RefusalCode
  /** Seconds. */
  readonly retryAfter: number | undefined
  constructor(code: RefusalCode, message: string, retryAfter?: number) {
    super(message)
    this.code = code
    this.retryAfter = retryAfter
  }
}

/**
 * The connection was stopped or has ended before an answer came. Whether the command was stored
 * is unknown: send it again under the same id.
 */
export class Disconnected extends Error {
  override name = 'Disconnected'
}

type RefusedFrame = Extract<ServerFrame, { type: 'refused' }>

interface Waiting {
  text: string
  tries: number
  /** Runs while the command waits out a `too-fast` or `unavailable`. */
  pause?: unknown
  promise: Promise<Ack>
  resolve(ack: Ack): void
  reject(error: Error): void
}

const MOST_TRIES = 6
/** A longer wait is a rule (one reminder a day), not congestion: the person is told instead. */
const LONGEST_WAIT_S = 60
const MOST_BYTES: typeof LIMITS.frame = 65_536

/** Commands that have no answer yet, in the order in which they were given. */
export class Pending {
  readonly #waiting = new Map<string, Waiting>()
  readonly #timers: Timers
  readonly #transmit: (text: string) => boolean

  /** `transmit` returns false while there is no line; `sendAll` then makes up for it. */
  constructor(timers: Timers, transmit: (text: string) => boolean) {
    this.#timers = timers
    this.#transmit = transmit
  }

  /** The same id twice is the same command: both callers get the one answer. */
  add(command: CommandInput): Promise<Ack> {
    const key = command.id.toLowerCase()
    const known = this.#waiting.get(key)
    if (known) return known.promise
    const text = JSON.stringify(command)
    if (new TextEncoder().encode(text).length > MOST_BYTES) {
      return Promise.reject(new Refused('too-large', 'too-large'))
    }
    const { promise, resolve, reject } = deferred<Ack>()
    this.#waiting.set(key, { text, tries: 0, promise, resolve, reject })
    this.#transmit(text)
    return promise
  }

  /** After a reconnect: everything unanswered goes again, under the same ids. */
  sendAll(): void {
    for (const waiting of this.#waiting.values()) {
      if (waiting.pause === undefined) this.#transmit(waiting.text)
    }
  }

  acked(ack: Ack): void {
    this.#take(ack.id)?.resolve({ id: ack.id, thread: ack.thread, seq: ack.seq })
  }

  refused(frame: RefusedFrame): void {
    if (frame.id === undefined) return
    const waiting = this.#waiting.get(frame.id.toLowerCase())
    if (!waiting) return
    if (this.#mayTryAgain(frame, waiting)) this.#later(waiting, frame.retryAfter)
    else {
      this.#take(frame.id)
      waiting.reject(new Refused(frame.code, frame.message, frame.retryAfter))
    }
  }

  failAll(error: Error): void {
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(error)
  }

  #mayTryAgain(frame: RefusedFrame, waiting: Waiting): boolean {
    const congested = frame.code === 'unavailable' || frame.code === 'too-fast'
    if (!congested || (frame.retryAfter ?? 0) > LONGEST_WAIT_S) return false
    waiting.tries += 1
    return waiting.tries < MOST_TRIES
  }

  #later(waiting: Waiting, retryAfter: number | undefined): void {
    if (waiting.pause !== undefined) this.#timers.clearTimeout(waiting.pause)
    const wait = backOff(waiting.tries - 1, this.#timers.random)
    waiting.pause = this.#timers.setTimeout(
      () => {
        waiting.pause = undefined
        this.#transmit(waiting.text)
      },
      Math.max(wait, (retryAfter ?? 0) * 1000),
    )
  }

  #take(id: string): Waiting | undefined {
    const key = id.toLowerCase()
    const waiting = this.#waiting.get(key)
    if (waiting?.pause !== undefined) this.#timers.clearTimeout(waiting.pause)
    this.#waiting.delete(key)
    return waiting
  }
}

/** `Promise.withResolvers`, which older phones lack. */
function deferred<T>() {
  let resolve!: (value: T) => void
  let reject!: (error: Error) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
