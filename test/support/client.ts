import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import type { CommandInput } from '../../src/protocol/commands.ts'
import type { TestServer } from './server.ts'

/** A frame as a black-box client sees it. */
// biome-ignore lint/suspicious/noExplicitAny: what comes over the wire is what the test is about
export type Frame = Record<string, any>

type Without<T> = T extends unknown ? Omit<T, 'id'> : never
export type Told = Without<CommandInput> & { id?: string }

export interface Connect {
  token?: string
  cookie?: string
  /** The header of the upgrade. */
  authorization?: string
  /** Null leaves the header out; the default is the server's own. */
  origin?: string | null
  protocols?: string[]
  resume?: Record<string, number>
  language?: string
  /** Whether to say hello at once (the default). */
  hello?: boolean
}

/** One socket, as a client author would write it: it keeps every frame and waits for new ones. */
export class Client {
  readonly frames: Frame[] = []
  readonly ws: WebSocket
  closed: { code: number; reason: string } | null = null
  #wake = new Set<() => void>()

  private constructor(ws: WebSocket) {
    this.ws = ws
    ws.on('message', (data) => {
      this.frames.push(JSON.parse(data.toString()) as Frame)
      this.#news()
    })
    ws.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
      this.#news()
    })
    ws.on('error', () => {})
  }

  #news() {
    for (const wake of this.#wake) wake()
  }

  static async open(server: Pick<TestServer, 'url'>, connect: Connect = {}): Promise<Client> {
    const { token, cookie, authorization, origin, resume, language } = connect
    const { protocols = ['shouwen.v1'] } = connect
    const ws = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, protocols, {
      headers: {
        ...(cookie === undefined ? {} : { cookie }),
        ...(authorization === undefined ? {} : { authorization }),
        ...(origin === null ? {} : { origin: origin ?? server.url }),
        ...(language === undefined ? {} : { 'accept-language': language }),
      },
    })
    const client = new Client(ws)
    await new Promise<void>((resolve, reject) => {
      ws.once('open', () => resolve())
      ws.once('unexpected-response', (_, response) =>
        reject(new Error(`status ${response.statusCode}`)),
      )
      ws.once('error', reject)
    })
    if (connect.hello === false) return client
    client.send({ type: 'hello', v: 1, ...(token ? { token } : {}), ...(resume ? { resume } : {}) })
    await client.next((frame) => frame.type === 'welcome' || frame.type === 'refused')
    return client
  }

  send(frame: Frame): void {
    this.ws.send(JSON.stringify(frame))
  }

  /** Waits until `look` finds something, or fails after a few real seconds. */
  async until<T>(look: () => T | undefined, what = 'a frame', patience = 10_000): Promise<T> {
    const deadline = Date.now() + patience
    for (;;) {
      const found = look()
      if (found !== undefined) return found
      const left = deadline - Date.now()
      if (left <= 0) throw new Error(`no ${what}; last: ${JSON.stringify(this.frames.slice(-5))}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, left)
        const wakers = this.#wake
        function done() {
          clearTimeout(timer)
          wakers.delete(done)
          resolve()
        }
        wakers.add(done)
      })
    }
  }

  next(wanted: (frame: Frame) => boolean, what?: string): Promise<Frame> {
    return this.until(() => this.frames.find(wanted), what ?? wanted.toString())
  }

  /** Sends a command and waits for its ack or refusal. */
  async tell(command: Told): Promise<Frame> {
    const id = command.id ?? randomUUID()
    const from = this.frames.length
    this.send({ ...command, id })
    return this.until(
      () =>
        this.frames
          .slice(from)
          .find((frame) => (frame.type === 'ack' || frame.type === 'refused') && frame.id === id),
      `answer to ${command.type}`,
    )
  }

  /** The entry of that kind (and number) in a thread, once it comes. */
  entry(thread: string, kind: string, seq?: number): Promise<Frame> {
    return this.next(
      (frame) =>
        frame.type === 'entry' &&
        frame.thread === thread &&
        frame.kind === kind &&
        (seq === undefined || frame.seq === seq),
      `${kind} in ${thread}`,
    )
  }

  entries(thread: string): Frame[] {
    return this.frames.filter((frame) => frame.type === 'entry' && frame.thread === thread)
  }

  ended(): Promise<{ code: number; reason: string }> {
    return this.until(() => this.closed ?? undefined, 'close')
  }

  close(): void {
    this.ws.close()
  }
}
