import type { LIMITS, ServerFrame, SUBPROTOCOL } from '../../protocol/frames.ts'
import type { CLOSE } from '../../protocol/refusals.ts'
import type { Timers } from './timers.ts'

/** The part of a browser's WebSocket that is used; a test's fits too. */
export interface WebSocketLike {
  onopen: ((event: never) => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number }) => void) | null
  send(text: string): void
  close(code?: number): void
}
export type WebSocketClass = new (url: string, protocols: string[]) => WebSocketLike

// Spelled again and held to the protocol by their types: its modules bring zod along.
const PROTOCOL: typeof SUBPROTOCOL = 'shouwen.v1'
const GOING_AWAY: typeof CLOSE.goingAway = 1001
const PING_S: typeof LIMITS.ping = 25
/** Longest wait for `welcome`, and for any sign of life after a ping. */
const WELCOME_MS = 15_000
const PONG_MS = 10_000
/** After a hint of trouble (flight mode, waking up) the line has to prove itself faster. */
const PROBE_MS = 3000

export interface LineOptions {
  url: string
  /** Text of the first frame, asked for when the socket is open. */
  hello(): string
  onFrame(frame: ServerFrame): void
  /** Once, and nothing after it. A line that fell silent is gone with 1001. */
  onGone(code: number): void
  timers: Timers
  WebSocket: WebSocketClass
}

/** One socket from `hello` to its close: keeps it alive, and notices when it no longer is. */
export class Line {
  readonly #options: LineOptions
  readonly #socket: WebSocketLike
  #gone = false
  #welcomed = false
  #quiet: unknown
  #deadline: unknown

  constructor(options: LineOptions) {
    this.#options = options
    this.#socket = new options.WebSocket(options.url, [PROTOCOL])
    this.#expect(WELCOME_MS)
    this.#socket.onopen = () => {
      if (!this.#gone) this.#socket.send(options.hello())
    }
    this.#socket.onmessage = ({ data }) => this.#receive(data)
    this.#socket.onclose = ({ code }) => this.#lose(code)
  }

  /** False before `welcome` and after the end. */
  send(text: string): boolean {
    if (this.#gone || !this.#welcomed) return false
    this.#socket.send(text)
    this.#restQuiet()
    return true
  }

  /** Is anybody there? Called when the browser says that the network changed. */
  probe(): void {
    this.#ping(PROBE_MS)
  }

  close(): void {
    this.#gone = true
    this.#rest()
    this.#socket.close(1000)
  }

  #receive(data: unknown): void {
    const frame = parse(data)
    if (!frame || this.#gone) return
    if (frame.type === 'welcome' && !this.#welcomed) {
      this.#welcomed = true
      this.#restQuiet()
    }
    if (this.#welcomed) this.#expect(undefined)
    if (frame.type !== 'pong') this.#options.onFrame(frame)
  }

  #lose(code: number): void {
    if (this.#gone) return
    this.#gone = true
    this.#rest()
    // 1006 never goes over the wire; it means that the line was cut.
    this.#options.onGone(code === 1006 ? GOING_AWAY : code)
  }

  #ping(patience: number): void {
    if (this.send('{"type":"ping"}')) this.#expect(patience)
  }

  /** Without a sign of life in time the line counts as cut, whatever the socket says. */
  #expect(ms: number | undefined): void {
    this.#options.timers.clearTimeout(this.#deadline)
    this.#deadline =
      ms === undefined
        ? undefined
        : this.#options.timers.setTimeout(() => {
            this.#socket.close()
            this.#lose(GOING_AWAY)
          }, ms)
  }

  #restQuiet(): void {
    this.#options.timers.clearTimeout(this.#quiet)
    this.#quiet = this.#options.timers.setTimeout(() => this.#ping(PONG_MS), PING_S * 1000)
  }

  #rest(): void {
    this.#options.timers.clearTimeout(this.#quiet)
    this.#options.timers.clearTimeout(this.#deadline)
  }
}

function parse(data: unknown): ServerFrame | undefined {
  try {
    const frame = JSON.parse(data as string) as ServerFrame | null
    return typeof frame?.type === 'string' ? frame : undefined
  } catch {
    return undefined
  }
}
