import { type Caller, isStaff } from '../protocol/caller.ts'
import { LIMITS, type ServerFrame } from '../protocol/frames.ts'
import { CLOSE, type Refusal, refuse } from '../protocol/refusals.ts'
import { type Frame, parseFrame, refusedFrame, typeOf } from './frame.ts'
import { hello } from './hello.ts'
import { obey } from './obey.ts'
import { Reader } from './reader.ts'
import type { LiveServices, Opened } from './services.ts'
import { type LiveSocket, SLOW_READER_BYTES } from './socket.ts'
import { Strikes } from './strikes.ts'

/** Frames at work at once; a socket with more is flooding. */
const PENDING_MAX = 1_000
const EXPIRY_LEEWAY = 60_000

/**
 * One connection. It is handed frames and the time, holds no timer of its own, and everything it
 * knows can be had again from the record by `hello` with `resume`.
 */
export class Session {
  caller: Caller | null = null
  readonly reader: Reader
  readonly shared: LiveServices
  readonly socket: LiveSocket
  readonly opened: Opened
  #over = false
  #openedAt: number
  #heardAt: number
  #pending = 0
  /** The `hello` that is being looked at; what comes behind it waits for it. */
  #hello: Promise<void> | null = null
  readonly #strikes = new Strikes()
  #used = true
  #deaf = false

  constructor(shared: LiveServices, socket: LiveSocket, opened: Opened) {
    this.shared = shared
    this.socket = socket
    this.opened = opened
    this.#openedAt = this.#heardAt = shared.services.now().getTime()
    this.reader = new Reader(this)
  }

  get isOver(): boolean {
    return this.#over
  }

  /** One frame as it came; null for one that was not text. */
  receive(text: string | null): void {
    // between two rounds of the clock a frame may come from somebody whose token has just ended
    this.#endIfExpired(this.shared.services.now())
    if (this.#over || this.#deaf) return
    this.#heardAt = this.shared.services.now().getTime()
    const frame = parseFrame(text)
    const isFirst = this.caller === null && this.#hello === null
    if (isFirst && (frame?.type !== 'hello' || frame.v !== 1)) {
      this.close(CLOSE.malformed, 'malformed')
      return
    }
    if (this.#pending >= PENDING_MAX) {
      this.close(CLOSE.overloaded, 'overloaded')
      return
    }
    this.#pending += 1
    void this.#handle(frame).finally(() => {
      this.#pending -= 1
    })
  }

  /** Frames at work. */
  get pending(): number {
    return this.#pending
  }

  /** Takes no more frames, and lets those at work end. */
  deafen(): void {
    this.#deaf = true
  }

  /** Whether its person did anything since this was last asked; a ping is nobody's doing. */
  wasUsed(): boolean {
    const used = this.#used
    this.#used = false
    return used
  }

  async #handle(frame: Frame | null): Promise<void> {
    if (frame?.type !== 'ping') this.#used = true
    try {
      if (frame?.type === 'hello') {
        await this.#inTurn(frame)
        return
      }
      if (this.#hello) await this.#hello
      if (this.#over) return
      if (this.caller === null) this.refuse(refuse('not-signed-in'), frame ?? {})
      else if (this.allows(this.caller, frame)) await obey(this, frame, this.caller)
    } catch (error) {
      this.#failed(error, frame)
    }
  }

  /** One `hello` at a time; it never rejects, because what waits for it has its own answer. */
  async #inTurn(frame: Frame): Promise<void> {
    const before = this.#hello ?? Promise.resolve()
    const turn = before
      .then(() => hello(this, frame))
      .catch((error: unknown) => {
        this.#failed(error, {})
        // half a welcome leaves gaps that nobody would notice: the client comes back and resumes
        this.close(CLOSE.overloaded, 'overloaded')
      })
    this.#hello = turn
    await turn
    if (this.#hello === turn) this.#hello = null
  }

  #failed(error: unknown, frame: Frame | null): void {
    this.shared.services.log.error({ err: error, frame: typeOf(frame) }, 'a frame failed')
    this.refuse(refuse('unavailable'), frame ?? {})
  }

  /** Whether this caller may send one more frame now; says so where not. */
  allows(caller: Caller, frame: Frame | null): boolean {
    const wait = this.shared.limiter.take(caller.id, this.shared.services.now())
    if (wait !== null) this.refuse(refuse('too-fast', { retryAfter: wait }), frame ?? {})
    return wait === null
  }

  send(frame: ServerFrame): void {
    this.sendText(JSON.stringify(frame))
  }

  /** A reader that does not read is cut, so that its unread bytes never pile up here. */
  sendText(text: string): void {
    if (this.#over) return
    if (this.socket.buffered > SLOW_READER_BYTES) {
      this.close(CLOSE.slowReader)
      return
    }
    this.socket.send(text)
  }

  refuse(refusal: Refusal, frame: { id?: unknown; thread?: unknown }): void {
    if (this.#over) return
    this.send(refusedFrame(refusal, frame, this.opened.locale))
    if (this.#strikes.add(this.shared.services.now())) this.close(CLOSE.tooFast, 'too-fast')
  }

  /** Looks at the time: who never said hello, whose token ended, who fell silent. */
  tick(now: Date): void {
    this.#endIfExpired(now)
    if (this.#over) return
    const at = now.getTime()
    if (this.caller === null) {
      if (at - this.#openedAt <= LIMITS.hello * 1000) return
      this.refuse(refuse('not-signed-in'), {})
      this.close(CLOSE.notIdentified)
    } else if (at - this.#heardAt > LIMITS.silence * 1000) this.close(CLOSE.silent, 'silent')
  }

  #endIfExpired(now: Date): void {
    if (this.#over || this.caller === null) return
    const leeway = isStaff(this.caller) ? 0 : EXPIRY_LEEWAY
    if (now.getTime() <= this.caller.expiresAt.getTime() + leeway) return
    this.revoke(isStaff(this.caller) ? 'not-signed-in' : 'token-expired')
  }

  /** The session, the role or the token behind this socket has ended. */
  revoke(code = 'not-signed-in'): void {
    this.close(CLOSE.notIdentified, code)
  }

  /** Says goodbye where there is something to say, and closes from our side. */
  close(code: number, bye?: string): void {
    if (this.#over) return
    if (bye !== undefined) this.socket.send(JSON.stringify({ type: 'bye', code: bye }))
    this.ended()
    this.socket.close(code, bye ?? '')
  }

  /** The socket is gone, whoever closed it. */
  ended(): void {
    if (this.#over) return
    this.#over = true
    this.reader.stop()
    if (this.caller) this.shared.leave(this.caller.id, this)
  }
}
