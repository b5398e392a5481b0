import type { Ack, CommandInput } from '../../protocol/commands.ts'
import type { ControlFrame, LIMITS, ServerFrame } from '../../protocol/frames.ts'
import type { CLOSE } from '../../protocol/refusals.ts'
import type { ConnectionOptions, Status } from './connection-options.ts'
import { browserHints } from './hints.ts'
import { Line, type WebSocketClass } from './line.ts'
import { Disconnected, Pending } from './pending.ts'
import { PutOff } from './put-off.ts'
import { backOff, realTimers, type Timers } from './timers.ts'
import { TokenKeeper } from './token-keeper.ts'

export type { ConnectionOptions, Status } from './connection-options.ts'
export { Disconnected, Refused } from './pending.ts'

const MALFORMED: typeof CLOSE.malformed = 4400
const NOT_IDENTIFIED: typeof CLOSE.notIdentified = 4401
const NOT_ALLOWED: typeof CLOSE.notAllowed = 4403
const RESUME_MOST: typeof LIMITS.resume = 50
const WATCH_MOST: typeof LIMITS.watches = 100

/** One lasting connection over many sockets: reconnects, resumes, renews, sends again. */
export class Connection {
  readonly #options: ConnectionOptions
  readonly #timers: Timers
  readonly #pending: Pending
  readonly #tokens: TokenKeeper | undefined
  readonly #putOff: PutOff
  #status: Status | 'new' = 'new'
  #line: Line | undefined
  /** Counts attempts to open, so that a token that comes late opens no second socket. */
  #round = 0
  #attempt = 0
  #triedFreshToken = false
  #lastNo: string | undefined
  #retry: unknown
  #deaf: (() => void) | undefined

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#timers = options.timers ?? realTimers
    this.#pending = new Pending(this.#timers, (text) => this.#line?.send(text) ?? false)
    this.#putOff = new PutOff(this.#timers, (watch) => this.send(watch))
    if (options.token) this.#tokens = new TokenKeeper(options.token, this.#timers)
  }

  get status(): Status | 'new' {
    return this.#status
  }

  start(): void {
    if (this.#status !== 'new') return
    this.#deaf = (this.#options.hints ?? browserHints)(({ seen }) => this.#hinted(seen))
    void this.#open()
  }

  /** For good: what has no answer yet is rejected with `Disconnected`. */
  stop(): void {
    this.#end('stopped')
  }

  /** False while offline: control frames are not kept. */
  send(frame: ControlFrame): boolean {
    this.#putOff.sent(frame)
    return this.#line?.send(JSON.stringify(frame)) ?? false
  }

  /**
   * Kept until it is acked or refused, and sent again under the same id after a reconnect.
   * Rejects with `Refused`, or with `Disconnected` when the connection ends first.
   */
  command(command: CommandInput): Promise<Ack> {
    if (this.#status === 'ended') return Promise.reject(new Disconnected(this.#lastNo))
    return this.#pending.add(command)
  }

  async #open(): Promise<void> {
    const round = ++this.#round
    this.#clearTimers()
    this.#set('connecting')
    let token: string | undefined
    try {
      token = await this.#tokens?.get()
    } catch {
      if (round === this.#round) this.#reconnect('token')
      return
    }
    if (round !== this.#round) return
    this.#lastNo = undefined
    const { url, WebSocket: Given } = this.#options
    try {
      this.#line = new Line({
        url,
        hello: () => this.#hello(token),
        onFrame: (frame) => this.#receive(frame),
        onGone: (code) => this.#gone(code),
        timers: this.#timers,
        WebSocket: Given ?? (WebSocket as unknown as WebSocketClass),
      })
    } catch {
      // Some browsers throw where a content security policy forbids the address.
      this.#reconnect('blocked')
    }
  }

  #hello(token: string | undefined): string {
    const resume = Object.fromEntries(this.#resumed().slice(0, RESUME_MOST))
    return JSON.stringify({ type: 'hello', v: 1, ...(token && { token }), resume })
  }

  #resumed(): [string, number][] {
    return Object.entries(this.#options.resume())
  }

  #receive(frame: ServerFrame): void {
    if (frame.type === 'welcome') this.#welcomed(frame.now)
    else if (frame.type === 'ack') this.#pending.acked(frame)
    else if (frame.type === 'bye') this.#lastNo = frame.code
    else if (frame.type === 'refused') {
      if (this.#putOff.refused(frame)) return
      if (frame.id === undefined && frame.thread === undefined) this.#lastNo = frame.code
      this.#pending.refused(frame)
    } else if (frame.type === 'watched' && frame.seq < frame.head) {
      this.send({ type: 'watch', thread: frame.thread, after: frame.seq })
    }
    this.#options.onFrame(frame)
  }

  #welcomed(now: string): void {
    this.#tokens?.serverTime(now)
    // A renewing `hello` is welcomed too; the line went on all the while.
    if (this.#status === 'online') return
    this.#attempt = 0
    this.#triedFreshToken = false
    this.#set('online')
    // A second `hello` of the same person keeps the socket beyond the first token's end.
    this.#tokens?.keepFresh((token) => this.send({ type: 'hello', v: 1, token }))
    for (const [thread, after] of this.#resumed().slice(RESUME_MOST, WATCH_MOST)) {
      this.send({ type: 'watch', thread, after })
    }
    this.#pending.sendAll()
  }

  #gone(code: number): void {
    this.#line = undefined
    const why = this.#lastNo ?? String(code)
    if (code === MALFORMED || code === NOT_ALLOWED) this.#end(why)
    else if (code !== NOT_IDENTIFIED) this.#reconnect(why)
    else if (!this.#tokens || this.#triedFreshToken) this.#end(why)
    else {
      this.#triedFreshToken = true
      this.#tokens.drop()
      void this.#open()
    }
  }

  #reconnect(why: string): void {
    this.#clearTimers()
    this.#set('offline', why)
    const wait = backOff(this.#attempt, this.#timers.random)
    this.#attempt += 1
    this.#retry = this.#timers.setTimeout(() => void this.#open(), wait)
  }

  #end(why: string): void {
    if (this.#status === 'ended') return
    this.#round += 1
    this.#clearTimers()
    this.#deaf?.()
    this.#line?.close()
    this.#line = undefined
    this.#lastNo = why
    this.#set('ended', why)
    this.#pending.failAll(new Disconnected(why))
  }

  /** The browser says that the network changed or that the page is seen again. */
  #hinted(seen: boolean): void {
    if (this.#status === 'online') this.#line?.probe()
    else if (this.#retry !== undefined && seen) {
      this.#attempt = 0
      void this.#open()
    }
  }

  #clearTimers(): void {
    this.#timers.clearTimeout(this.#retry)
    this.#retry = undefined
    this.#putOff.forget()
    this.#tokens?.rest()
  }

  #set(status: Status, why?: string): void {
    this.#status = status
    this.#options.onStatus(status, why)
  }
}
