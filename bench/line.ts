import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import type { Side } from './words.ts'

/** A frame of either server: what we look at of it, where its type has it. */
export interface Frame {
  type: string
  id: string
  thread: string
  kind: string
  /** Of a refusal. */
  code: string
  by: { role: string }
  body: { text: string; desk: string }
  /** Of a welcome. */
  threads: { id: string; desk: string }[]
}

interface Waiting {
  wanted(frame: Frame): boolean
  resolve(frame: Frame): void
  reject(error: Error): void
}

const PATIENCE = 20_000

/** One client socket: it hands on what comes, and waits for a frame when it is told to. */
export class Line {
  readonly side: Side
  /** Hears every frame; null while nobody measures. */
  listener: ((frame: Frame, line: Line) => void) | null = null
  readonly #ws: WebSocket
  readonly #waiting = new Set<Waiting>()

  private constructor(side: Side, ws: WebSocket) {
    this.side = side
    this.#ws = ws
    ws.on('message', (data) => this.#hear(JSON.parse(data.toString()) as Frame))
    ws.on('close', (code) => this.#fail(`a socket was closed (${code})`))
    ws.on('error', () => {})
  }

  /** Opens a socket and says hello; answers with the welcome. */
  static async open(
    url: string,
    side: Side,
    hello: object,
    headers: Record<string, string> = {},
  ): Promise<{ line: Line; welcome: Frame }> {
    const ws = new WebSocket(`${url.replace('http', 'ws')}/ws`, ['shouwen.v1'], {
      headers: { origin: url, ...headers },
      perMessageDeflate: false,
      skipUTF8Validation: true,
    })
    await new Promise<void>((resolve, reject) => {
      ws.once('open', () => resolve())
      ws.once('error', reject)
    })
    const line = new Line(side, ws)
    const welcomed = line.until((frame) => frame.type === 'welcome', 'welcome')
    line.send({ type: 'hello', v: 1, ...hello })
    return { line, welcome: await welcomed }
  }

  #hear(frame: Frame): void {
    this.listener?.(frame, this)
    for (const waiting of this.#waiting) {
      if (frame.type === 'refused') waiting.reject(new Error(JSON.stringify(frame)))
      else if (waiting.wanted(frame)) waiting.resolve(frame)
    }
  }

  #fail(why: string): void {
    for (const waiting of this.#waiting) waiting.reject(new Error(why))
  }

  send(frame: object): void {
    this.#ws.send(JSON.stringify(frame))
  }

  async until(wanted: Waiting['wanted'], what = 'frame'): Promise<Frame> {
    const { promise, resolve, reject } = Promise.withResolvers<Frame>()
    const late = setTimeout(() => reject(new Error(`no ${what} came`)), PATIENCE)
    const waiting = { wanted, resolve, reject }
    this.#waiting.add(waiting)
    try {
      return await promise
    } finally {
      clearTimeout(late)
      this.#waiting.delete(waiting)
    }
  }

  /** Sends a command and waits for its ack. */
  tell(command: object): Promise<Frame> {
    const id = randomUUID()
    const acked = this.until((frame) => frame.type === 'ack' && frame.id === id, 'ack')
    this.send({ ...command, id })
    return acked
  }

  close(): void {
    this.#ws.terminate()
  }
}
