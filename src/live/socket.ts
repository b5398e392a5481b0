/** The smallest socket that a session needs: `ws`, a Durable Object's and a test pair all fit. */
export interface LiveSocket {
  send(text: string): void
  close(code: number, reason: string): void
  /** Bytes accepted by `send` that have not left yet. */
  readonly buffered: number
}

/** A reader that leaves this many bytes unread is cut; it can resume where it was. */
export const SLOW_READER_BYTES = 1024 * 1024
/** A replay waits while this much is unread, so that only live news can ever cut a reader. */
export const REPLAY_PAUSE_BYTES = 256 * 1024
