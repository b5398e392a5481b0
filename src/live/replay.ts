import type { StoredEntry } from '../protocol/entries.ts'
import type { ServerFrame } from '../protocol/frames.ts'
import { LIMITS } from '../protocol/frames.ts'
import type { Sight } from '../record/sight.ts'
import { entryFrame } from './sheet.ts'
import { type LiveSocket, REPLAY_PAUSE_BYTES } from './socket.ts'
import type { Subscription } from './subscription.ts'

/** Where a replay reads and writes; one a session. */
export interface ReplayPorts {
  socket: LiveSocket
  load(thread: string, after: number, limit: number): Promise<StoredEntry[]>
  names(entries: readonly StoredEntry[]): Promise<ReadonlyMap<string, string>>
  send(frame: ServerFrame): void
  sendText(text: string): void
  /** Whether the socket is open and still follows the thread by this very subscription. */
  isCurrent(thread: string, sub: Subscription): boolean
}

/** One subscription's way through the record. */
export interface Replay {
  ports: ReplayPorts
  thread: string
  sub: Subscription
  sight: Exclude<Sight, null>
}

/** Milliseconds between two looks at whether a reader has caught up. */
const LOOK = 25

const isOver = ({ ports, thread, sub }: Replay) => !ports.isCurrent(thread, sub)

async function drained(replay: Replay): Promise<void> {
  while (replay.ports.socket.buffered > REPLAY_PAUSE_BYTES && !isOver(replay)) {
    await new Promise((resolve) => setTimeout(resolve, LOOK))
  }
}

/** Reads one page and sends it. @returns how many entries there were */
async function sendPage(replay: Replay): Promise<number> {
  const { ports, thread, sub, sight } = replay
  const page = await ports.load(thread, sub.cursor, LIMITS.page)
  const names = await ports.names(page)
  for (const entry of page) {
    if (ports.socket.buffered > REPLAY_PAUSE_BYTES) await drained(replay)
    if (isOver(replay)) break
    ports.sendText(entryFrame(entry, sight, names))
    sub.cursor = entry.seq
  }
  return page.length
}

/**
 * One page from the record, then `watched`. At the head the subscription turns live, having read
 * whatever was written meanwhile, so that page and news meet without gap or repeat.
 */
export async function replayPage(replay: Replay): Promise<void> {
  const { ports, thread, sub } = replay
  sub.phase = 'loading'
  const found = await sendPage(replay)
  if (isOver(replay)) return
  sub.head = Math.max(sub.head, sub.cursor)
  sub.phase = sub.cursor < sub.head && found === LIMITS.page ? 'paged' : 'live'
  const head = sub.phase === 'live' ? sub.cursor : sub.head
  ports.send({ type: 'watched', thread, seq: sub.cursor, head })
  if (sub.phase === 'live' && sub.head > sub.cursor) await catchUp(replay)
}

/** Milliseconds to wait, one after the other, for a record that cannot be read now. */
const PATIENCE = [100, 200, 400, 800, 1_600, 3_200]

/** A page, also when the database goes away and comes back meanwhile; throws when it stays away. */
async function sendPageWhenItCan(replay: Replay): Promise<number> {
  for (const pause of PATIENCE) {
    try {
      return await sendPage(replay)
    } catch (error) {
      if (isOver(replay)) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  return sendPage(replay)
}

/** News came with a gap before it: another process wrote, or a notification was lost. */
export async function catchUp(replay: Replay): Promise<void> {
  const { sub } = replay
  if (sub.phase === 'loading') return
  sub.phase = 'loading'
  for (;;) {
    const found = await sendPageWhenItCan(replay)
    if (isOver(replay)) return
    if (found === 0 || (found < LIMITS.page && sub.cursor >= sub.head)) break
  }
  sub.phase = 'live'
}
