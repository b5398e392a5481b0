import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Frame, Told } from './client.ts'
import { Feed } from './feed.ts'

/** One command's life as its sender knows it: the checker's only source. */
export interface Invoked {
  readonly id: string
  readonly type: string
  readonly by: string
  readonly thread: string | undefined
  /** `unknown` until an answer came; `fail` is a refusal that says nothing was stored. */
  outcome: 'ok' | 'fail' | 'unknown'
  /** Every ack that came, of whatever try. */
  readonly acks: { thread: string; seq: number }[]
  readonly refusals: string[]
  tries: number
  /** Milliseconds from the first sending to the first answer of any kind. */
  answeredAfter?: number
}

export type History = Map<string, Invoked>

export interface CallerOptions {
  url: () => string
  history: History
  token?: string
  cookie?: string
  /** Whether a command that was `unavailable` is sent again; it is by default. */
  persistent?: boolean
  /** How often every command is sent at once; once by default. */
  copies?: number
  /** Where it says it comes from, where that is not where it connects to. */
  origin?: string
  onFrame?: (frame: Frame, caller: Caller) => void
}

interface Pending {
  frame: Frame
  invoked: Invoked
  sentAt: number
  done: (invoked: Invoked) => void
}

/**
 * A client as the contract wants one: it comes back after every loss of the connection, resumes
 * where it was, and sends what was never answered again, with the same ids.
 */
export class Caller {
  me: Frame = {}
  readonly feed = new Feed((frame) => this.#send(frame))
  /** How often it connected, and which close codes it saw. */
  readonly closes: number[] = []
  readonly byes: string[] = []
  connections = 0
  readonly #options: CallerOptions
  readonly #pending = new Map<string, Pending>()
  readonly #life: Promise<void>
  #ws: WebSocket | null = null
  #welcomed = false
  #over = false

  constructor(options: CallerOptions) {
    this.#options = options
    this.#life = this.#live()
  }

  get isWelcome(): boolean {
    return this.#welcomed
  }

  get pending(): number {
    return this.#pending.size
  }

  /** Says it until it is acknowledged or refused for good. */
  tell(command: Told): Promise<Invoked> {
    const id = command.id ?? randomUUID()
    const { type } = command
    const thread = 'thread' in command ? command.thread : undefined
    const by = String(this.me.id)
    const { history } = this.#options
    const invoked: Invoked = history.get(id) ?? {
      id,
      type,
      by,
      thread,
      outcome: 'unknown',
      acks: [],
      refusals: [],
      tries: 0,
    }
    history.set(id, invoked)
    return new Promise((done) => {
      const pending = { frame: { ...command, id }, invoked, sentAt: performance.now(), done }
      this.#pending.set(id, pending)
      this.#say(pending)
    })
  }

  async stop(): Promise<void> {
    this.#over = true
    this.#ws?.close()
    await this.#life
  }

  async #live(): Promise<void> {
    for (let failures = 0; !this.#over; ) {
      const before = this.connections
      await this.#connected()
      this.#welcomed = false
      failures = this.connections > before ? 0 : failures + 1
      // a crowd that comes back does not come at once, and not ever again at once
      const wait = Math.min(1_000, 100 * 2 ** failures) * (0.5 + Math.random() / 2)
      if (!this.#over) await sleep(wait)
    }
  }

  #connected(): Promise<void> {
    const { url, token, cookie, origin = url() } = this.#options
    const ws = new WebSocket(`${url().replace('http', 'ws')}/ws`, ['shouwen.v1'], {
      headers: { origin, ...(cookie === undefined ? {} : { cookie }) },
      handshakeTimeout: 5_000,
    })
    this.#ws = ws
    return new Promise((resolve) => {
      ws.on('open', () => {
        this.connections += 1
        const resume = this.feed.resume()
        this.#send({ type: 'hello', v: 1, ...(token ? { token } : {}), resume })
      })
      ws.on('message', (data) => this.#hear(JSON.parse(data.toString()) as Frame))
      ws.on('error', () => {})
      ws.on('close', (code) => {
        this.closes.push(code)
        resolve()
      })
    })
  }

  #send(frame: Frame): void {
    if (this.#ws?.readyState === WebSocket.OPEN) this.#ws.send(JSON.stringify(frame))
  }

  #say(pending: Pending): void {
    if (!this.#welcomed) return
    pending.invoked.tries += 1
    for (let n = 0; n < (this.#options.copies ?? 1); n++) this.#send(pending.frame)
  }

  #hear(frame: Frame): void {
    if (frame.type === 'welcome') {
      this.me = frame.me
      this.#welcomed = true
      this.feed.resumeRest()
      for (const pending of this.#pending.values()) this.#say(pending)
    } else if (frame.type === 'entry') this.feed.take(frame)
    else if (frame.type === 'watched') this.feed.watched(frame)
    else if (frame.type === 'ack') this.#acked(frame)
    else if (frame.type === 'refused') this.#refused(frame)
    else if (frame.type === 'bye') this.byes.push(frame.code)
    this.#options.onFrame?.(frame, this)
  }

  #acked(frame: Frame): void {
    const invoked = this.#options.history.get(frame.id)
    invoked?.acks.push({ thread: frame.thread, seq: frame.seq })
    this.#answered(frame.id, 'ok')
    if (invoked?.type === 'ask') this.feed.opened(frame.thread, invoked.tries > 1)
  }

  #refused(frame: Frame): void {
    if (frame.id === undefined) this.#refusedToFollow(frame)
    const pending = this.#pending.get(frame.id)
    if (!pending) return
    pending.invoked.refusals.push(frame.code)
    pending.invoked.answeredAfter ??= performance.now() - pending.sentAt
    const isAway = frame.code === 'unavailable'
    if (!isAway || this.#options.persistent === false) this.#answered(frame.id, 'fail')
    else setTimeout(() => this.#pending.has(frame.id) && this.#say(pending), 100)
  }

  #refusedToFollow({ code, thread }: Frame): void {
    if (code !== 'unavailable') this.feed.violations.push(`${thread} ${code}`)
    // a hello that could not be answered: only coming back helps
    if (code !== 'unavailable' || thread === undefined) this.#ws?.close()
    else setTimeout(() => this.feed.again(thread), 100)
  }

  #answered(id: string, outcome: 'ok' | 'fail'): void {
    const pending = this.#pending.get(id)
    if (!pending) return
    this.#pending.delete(id)
    pending.invoked.outcome = outcome
    pending.invoked.answeredAfter ??= performance.now() - pending.sentAt
    pending.done(pending.invoked)
  }
}
