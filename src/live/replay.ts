import type { StoredEntry } from '../protocol/entries.ts'
import type { ServerFrame } from '../protocol/frames.ts'
import { LIMITS } from '../protocol/frames.ts'
import type { Sight } from '../record/sight.ts'
import { entryFrame } from './sheet.ts'
import { type LiveSocket, REPLAY_PAUSE_BYTES } from './socket.ts'
import type { Subscription } from './subscription.ts'

export interface Replay {
  socket: LiveSocket
  load(thread: string, after: number, limit: number): Promise<StoredEntry[]>
  names(entries: readonly StoredEntry[]): Promise<ReadonlyMap<string, string>>
  send(frame: ServerFrame): void
  sendText(text: string): void
  isOver(): boolean
}

/** Milliseconds between two looks at whether a reader has caught up. */
const LOOK = 25

async function drained(replay: Replay): Promise<void> {
  while (replay.socket.buffered > REPLAY_PAUSE_BYTES && !replay.isOver()) {
    await new Promise((resolve) => setTimeout(resolve, LOOK))
  }
}

async function sendAll(
  replay: Replay,
  sub: Subscription,
  entries: readonly StoredEntry[],
  sight: Exclude<Sight, null>,
): Promise<void> {
  const names = await replay.names(entries)
  for (const entry of entries) {
    if (replay.socket.buffered > REPLAY_PAUSE_BYTES) await drained(replay)
    if (replay.isOver()) return
    replay.sendText(entryFrame(entry, sight, names))
    sub.cursor = entry.seq
  }
}

/**
 * One page from the record, then `watched`. At the head the subscription turns live, having read
 * whatever was written meanwhile, so that page and news meet without gap or repeat.
 */
export async function replayPage(
  replay: Replay,
  thread: string,
  sub: Subscription,
  sight: Exclude<Sight, null>,
): Promise<void> {
  sub.phase = 'loading'
  const page = await replay.load(thread, sub.cursor, LIMITS.page)
  await sendAll(replay, sub, page, sight)
  sub.head = Math.max(sub.head, sub.cursor)
  sub.phase = sub.cursor < sub.head && page.length === LIMITS.page ? 'paged' : 'live'
  const head = sub.phase === 'live' ? sub.cursor : sub.head
  replay.send({ type: 'watched', thread, seq: sub.cursor, head })
  if (sub.phase === 'live' && sub.head > sub.cursor) await catchUp(replay, thread, sub, sight)
}

/** News came with a gap before it: another process wrote, or a notification was lost. */
export async function catchUp(
  replay: Replay,
  thread: string,
  sub: Subscription,
  sight: Exclude<Sight, null>,
): Promise<void> {
  if (sub.phase === 'loading') return
  sub.phase = 'loading'
  while (!replay.isOver()) {
    const page = await replay.load(thread, sub.cursor, LIMITS.page)
    await sendAll(replay, sub, page, sight)
    if (page.length === 0 || (page.length < LIMITS.page && sub.cursor >= sub.head)) break
  }
  sub.phase = 'live'
}
