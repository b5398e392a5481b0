import type { ServerFrame } from '../../src/protocol/frames.ts'
import { Connection, type ConnectionOptions, type Status } from '../../src/web/shared/connection.ts'
import type { WebSocketLike } from '../../src/web/shared/line.ts'
import type { Timers } from '../../src/web/shared/timers.ts'

/** Time that stands still until it is told to go on. `random` is 0: the shortest wait of all. */
export class ManualTimers implements Timers {
  #now = Date.parse('2026-11-23T02:00:00.000Z')
  #timers: { at: number; run: () => void }[] = []
  random = () => 0
  now = () => this.#now

  setTimeout(run: () => void, ms: number): unknown {
    const timer = { at: this.#now + ms, run }
    this.#timers.push(timer)
    return timer
  }

  clearTimeout(timer: unknown): void {
    this.#timers = this.#timers.filter((one) => one !== timer)
  }

  /** Runs everything that falls due on the way, in its order, with promises in between. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms
    await settled()
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
      if (!next) break
      this.clearTimeout(next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await settled()
    }
    this.#now = end
  }
}

/** Lets promises that wait for nothing but each other come to rest. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

type Frame = { type: string } & Record<string, unknown>

/** The browser's end of a socket; the test is the server. */
export class FakeSocket implements WebSocketLike {
  onopen: ((event: never) => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly sent: Frame[] = []
  closed = false
  readonly protocols: string[]

  constructor(_url: string, protocols: string[]) {
    this.protocols = protocols
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(): void {
    this.closed = true
  }

  open(): void {
    this.onopen?.({} as never)
  }

  give(frame: Frame | ServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }

  drop(code = 1006): void {
    this.onclose?.({ code })
  }

  commands(): Frame[] {
    return this.sent.filter(({ type }) => !['hello', 'ping', 'watch'].includes(type))
  }
}

/** A connection with all that it touches in the test's hand. */
export class Bench {
  readonly timers = new ManualTimers()
  readonly sockets: FakeSocket[] = []
  readonly frames: ServerFrame[] = []
  readonly statuses: [Status, string | undefined][] = []
  resume: Record<string, number> = {}
  wake: (hint: { seen: boolean }) => void = () => {}
  readonly connection: Connection

  constructor(options: Partial<ConnectionOptions> = {}) {
    const sockets = this.sockets
    this.connection = new Connection({
      url: 'ws://bureau.test/ws',
      resume: () => this.resume,
      onFrame: (frame) => this.frames.push(frame),
      onStatus: (status, why) => this.statuses.push([status, why]),
      timers: this.timers,
      hints: (wake) => {
        this.wake = wake
        return () => {
          this.wake = () => {}
        }
      },
      WebSocket: class extends FakeSocket {
        constructor(url: string, protocols: string[]) {
          super(url, protocols)
          sockets.push(this)
        }
      },
      ...options,
    })
  }

  get socket(): FakeSocket {
    return this.sockets[this.sockets.length - 1]!
  }

  get status(): Status | 'new' {
    return this.connection.status
  }

  get why(): string | undefined {
    return this.statuses[this.statuses.length - 1]?.[1]
  }

  async online(): Promise<this> {
    this.connection.start()
    await this.welcome()
    return this
  }

  /** Opens the newest socket and answers its `hello`. */
  async welcome(): Promise<void> {
    await settled()
    this.socket.open()
    this.socket.give({ type: 'welcome', now: this.iso(), me: {}, limits: {}, threads: [] })
    await settled()
  }

  iso(): string {
    return new Date(this.timers.now()).toISOString()
  }
}

/** A token as the host mints it, good for so many seconds from the bench's beginning. */
export function aToken(seconds: number, name = 'a'): string {
  const exp = Date.parse('2026-11-23T02:00:00.000Z') / 1000 + seconds
  return `${btoa('{}')}.${btoa(JSON.stringify({ exp, name }))}.x`
}
