import { perform } from '../actions/perform.ts'
import type { Services } from '../actions/services.ts'
import { type Caller, isStaff } from '../protocol/caller.ts'
import { isCommandType } from '../protocol/commands.ts'
import {
  CONTROL_FRAMES,
  type ControlFrame,
  isControlType,
  LIMITS,
  type ServerFrame,
} from '../protocol/frames.ts'
import { CLOSE, isRefusal, type Refusal, refusalMessage, refuse } from '../protocol/refusals.ts'
import type { Locale } from '../protocol/vocabulary.ts'
import { welcome } from './hello.ts'
import type { Hub } from './hub.ts'
import type { NameLookup } from './names.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { Reader } from './reader.ts'
import { type LiveSocket, SLOW_READER_BYTES } from './socket.ts'

/** What every session of a process shares. */
export interface LiveServices {
  services: Services
  hub: Hub
  limiter: RateLimiter
  names: NameLookup
  identify(token: string, now: Date): Promise<Caller | Refusal>
  /** Takes a place for this person's socket; false when the person has too many. */
  enter(person: string, session: Session): boolean
  leave(person: string, session: Session): void
}

/** What the upgrade already told. */
export interface Opened {
  address: string
  locale: Locale
  /** Whom the cookie names; null without one. */
  staff: Caller | null
  /** The token that came as a subprotocol. */
  token?: string
}

/** 200 refusals within 10 s end a socket. */
const REFUSALS_MAX = 200
const REFUSALS_WINDOW = 10_000
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
  #identifying: Promise<void> | null = null
  #refusals: number[] = []
  #used = true

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
    if (this.#over) return
    const now = this.shared.services.now()
    this.#heardAt = now.getTime()
    const wait = this.shared.limiter.take(this.caller?.id ?? this.opened.address, now)
    const frame = parse(text)
    if (wait !== null) {
      this.refuse(refuse('too-fast', { retryAfter: wait }), frame ?? {})
      return
    }
    if (this.caller === null && this.#identifying === null) {
      if (frame?.type !== 'hello' || frame.v !== 1) {
        this.close(CLOSE.malformed, 'malformed')
        return
      }
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
        const before = this.#identifying
        this.#identifying = (before ?? Promise.resolve()).then(() => this.#hello(frame))
        await this.#identifying
        return
      }
      if (this.#identifying) await this.#identifying
      if (this.#over || this.caller === null) return
      if (frame === null) this.refuse(refuse('bad-request'), {})
      else if (isCommandType(frame.type)) await this.#command(frame)
      else await this.#control(frame)
    } catch (error) {
      this.shared.services.log.error({ err: error, frame: typeOf(frame) }, 'a frame failed')
      this.refuse(refuse('unavailable'), frame ?? {})
    }
  }

  async #hello(frame: Frame): Promise<void> {
    if (this.#over) return
    const parsed = CONTROL_FRAMES.hello.safeParse(frame)
    if (!parsed.success) {
      this.refuse(refuse('bad-request'), {})
      return
    }
    const caller = await this.#identify(parsed.data.token)
    if (this.#over) return
    if (isRefusal(caller)) {
      this.refuse(caller, {})
      if (this.caller === null) this.close(CLOSE.notIdentified)
      return
    }
    if (this.caller !== null && this.caller.id !== caller.id) {
      this.close(CLOSE.notAllowed, 'not-allowed')
      return
    }
    if (this.caller === null && !this.shared.enter(caller.id, this)) {
      this.refuse(refuse('too-fast', { retryAfter: LIMITS.silence }), {})
      this.close(CLOSE.tooFast)
      return
    }
    this.caller = caller
    await welcome(this, caller, parsed.data.resume ?? {})
  }

  async #identify(token: string | undefined): Promise<Caller | Refusal> {
    const given = token ?? (this.caller === null ? this.opened.token : undefined)
    if (given !== undefined) return this.shared.identify(given, this.shared.services.now())
    if (this.caller !== null) return this.caller
    return this.opened.staff ?? refuse('not-signed-in')
  }

  async #command(frame: Frame): Promise<void> {
    const result = await perform(this.shared.services, frame, this.caller!)
    if (isRefusal(result)) this.refuse(result, frame)
    else this.send({ type: 'ack', ...result })
  }

  async #control(frame: Frame): Promise<void> {
    if (!isControlType(frame.type)) {
      this.refuse(refuse('bad-request', { detail: 'type' }), frame)
      return
    }
    const parsed = CONTROL_FRAMES[frame.type].safeParse(frame)
    if (!parsed.success) {
      this.refuse(refuse('bad-request'), frame)
      return
    }
    const no = await this.reader.control(parsed.data as ControlFrame)
    if (no) this.refuse(no, frame)
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
    const { id, thread } = frame
    this.send({
      type: 'refused',
      ...(typeof id === 'string' ? { id: id.slice(0, 64) } : {}),
      ...(typeof thread === 'string' ? { thread: thread.slice(0, 64) } : {}),
      code: refusal.refused,
      message: refusalMessage(refusal, this.opened.locale),
      ...(refusal.retryAfter === undefined ? {} : { retryAfter: refusal.retryAfter }),
    })
    this.#countRefusal()
  }

  #countRefusal(): void {
    const now = this.shared.services.now().getTime()
    this.#refusals.push(now)
    if (this.#refusals.length < REFUSALS_MAX) return
    const oldest = this.#refusals.shift() ?? 0
    if (now - oldest <= REFUSALS_WINDOW) this.close(CLOSE.tooFast, 'too-fast')
  }

  /** Looks at the time: who never said hello, whose token ended, who fell silent. */
  tick(now: Date): void {
    if (this.#over) return
    const at = now.getTime()
    if (this.caller === null) {
      if (at - this.#openedAt > LIMITS.hello * 1000) {
        this.refuse(refuse('not-signed-in'), {})
        this.close(CLOSE.notIdentified)
      }
      return
    }
    const leeway = isStaff(this.caller) ? 0 : EXPIRY_LEEWAY
    if (at > this.caller.expiresAt.getTime() + leeway) this.revoke('token-expired')
    else if (at - this.#heardAt > LIMITS.silence * 1000) this.close(CLOSE.silent, 'silent')
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

interface Frame {
  type?: unknown
  id?: unknown
  thread?: unknown
  v?: unknown
}

/** A frame is one JSON object; anything else is null. */
function parse(text: string | null): Frame | null {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

const typeOf = (frame: Frame | null) =>
  isCommandType(frame?.type) || isControlType(frame?.type) ? frame?.type : 'unknown'
