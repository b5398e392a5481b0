import { isCommandType } from '../protocol/commands.ts'
import { isControlType, type ServerFrame } from '../protocol/frames.ts'
import { type Refusal, refusalMessage } from '../protocol/refusals.ts'
import type { Locale } from '../protocol/vocabulary.ts'

/** A client's frame as far as anybody may look before its shape is checked. */
export interface Frame {
  type?: unknown
  id?: unknown
  thread?: unknown
  v?: unknown
  token?: unknown
}

/** A frame is one JSON object in a text message; anything else is null. */
export function parseFrame(text: string | null): Frame | null {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

/** A frame's type for the log: a word of ours, or `unknown`. */
export const typeOf = (frame: Frame | null) =>
  isCommandType(frame?.type) || isControlType(frame?.type) ? frame?.type : 'unknown'

/** How much of a client's own id it gets back. */
const ECHO = 64

/** A “no” to a frame, which names what it was about as far as the frame did. */
export function refusedFrame(
  refusal: Refusal,
  { id, thread }: Pick<Frame, 'id' | 'thread'>,
  locale: Locale,
): ServerFrame {
  const { refused: code, retryAfter } = refusal
  return {
    type: 'refused',
    ...(typeof id === 'string' ? { id: id.slice(0, ECHO) } : {}),
    ...(typeof thread === 'string' ? { thread: thread.slice(0, ECHO) } : {}),
    code,
    message: refusalMessage(refusal, locale),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }
}
