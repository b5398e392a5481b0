import type { Directory, Summary } from '../../../protocol/http.ts'
import type { Status } from '../../shared/connection.ts'
import type { Outgoing } from './outbox.ts'
import type { Typing } from './presence.ts'
import { NO_QUEUE, type Queue } from './queue.ts'
import type { ThreadRecord } from './record.ts'

/** Everything that the screens show and that comes, in part, from the socket. */
export interface DeskState {
  status: Status
  /** Server time minus ours, ms: office clocks are often wrong, promises must not be. */
  skew: number
  queue: Queue
  queueState: 'loading' | 'ready' | 'failed'
  /** The newest summary known of each thread, from whatever list or frame. */
  summaries: ReadonlyMap<string, Summary>
  records: ReadonlyMap<string, ThreadRecord>
  outbox: readonly Outgoing[]
  typing: Typing
  /** How far the enterprise has read, by thread. */
  readByEnterprise: ReadonlyMap<string, number>
  directory: Directory
  /** Grows when lists over HTTP may be stale: a reconnect, a thread that changed hands. */
  staleness: number
}

export const START: DeskState = {
  status: 'connecting',
  skew: 0,
  queue: NO_QUEUE,
  queueState: 'loading',
  summaries: new Map(),
  records: new Map(),
  outbox: [],
  typing: new Map(),
  readByEnterprise: new Map(),
  directory: { desks: [], people: [] },
  staleness: 0,
}

/** Keeps the newer of two summaries of a thread (frames and HTTP answers overtake each other). */
export function learn(
  known: ReadonlyMap<string, Summary>,
  news: readonly Summary[],
): ReadonlyMap<string, Summary> {
  const next = new Map(known)
  for (const summary of news) {
    const old = next.get(summary.id)
    if (!old || summary.seq >= old.seq) next.set(summary.id, summary)
  }
  return next
}

/** Did it change hands or state, so that it may belong to another list now? */
export const moved = (old: Summary | undefined, now: Summary): boolean =>
  old !== undefined &&
  (old.state !== now.state || old.owner?.id !== now.owner?.id || old.desk !== now.desk)

export const deskName = (directory: Directory, id: string | undefined): string =>
  directory.desks.find((desk) => desk.id === id)?.name ?? id ?? ''
