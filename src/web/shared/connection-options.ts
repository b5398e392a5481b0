import type { ServerFrame } from '../../protocol/frames.ts'
import type { Hints } from './hints.ts'
import type { WebSocketClass } from './line.ts'
import type { Timers } from './timers.ts'

export type Status = 'connecting' | 'online' | 'offline' | 'ended'

export interface ConnectionOptions {
  /** `ws(s)://…/ws` */
  url: string
  /** Gets the host platform's token; absent: the session cookie speaks. */
  token?: () => Promise<string>
  /** Last seq seen of each thread, most important first. */
  resume: () => Record<string, number>
  /** Every frame but `pong`, after the connection has acted upon it. */
  onFrame(frame: ServerFrame): void
  /**
   * `connecting` comes with every attempt, `offline` between two of them, `ended` once.
   * `why`: the code of the last `bye` or refusal of the socket, else the close code, or `token`
   * where the host gave none.
   */
  onStatus(status: Status, why?: string): void
  WebSocket?: WebSocketClass
  timers?: Timers
  hints?: Hints
}
