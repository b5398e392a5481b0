import type { Summary } from '../../../protocol/http.ts'
import { dueOf } from './clocks.ts'

type Threads = ReadonlyMap<string, Summary>

/**
 * The waiting threads. After a reconnect the socket sends only the fifty due first, and says
 * nothing of those that left meanwhile; so the list is asked for over HTTP, and what the socket
 * says until it comes (`since`) wins over it.
 */
export interface Queue {
  shown: Threads
  since?: { put: Threads; dropped: ReadonlySet<string> }
}

export const NO_QUEUE: Queue = { shown: new Map(), since: { put: new Map(), dropped: new Set() } }

export const reconnected = (queue: Queue): Queue => ({
  shown: queue.shown,
  since: { put: new Map(), dropped: new Set() },
})

export function changed(queue: Queue, op: 'put' | 'drop', thread: Summary): Queue {
  const shown = new Map(queue.shown)
  if (op === 'put') shown.set(thread.id, thread)
  else shown.delete(thread.id)
  if (!queue.since) return { shown }
  const put = new Map(queue.since.put)
  const dropped = new Set(queue.since.dropped)
  if (op === 'put') {
    put.set(thread.id, thread)
    dropped.delete(thread.id)
  } else {
    put.delete(thread.id)
    dropped.add(thread.id)
  }
  return { shown, since: { put, dropped } }
}

/** The whole list has come over HTTP. */
export function loaded(queue: Queue, items: readonly Summary[]): Queue {
  const shown = new Map<string, Summary>()
  for (const item of items) if (!queue.since?.dropped.has(item.id)) shown.set(item.id, item)
  for (const [id, thread] of queue.since?.put ?? []) shown.set(id, thread)
  return { shown }
}

/**
 * Emergencies first, then what is due first; without a due time last, oldest first. A thread of
 * which something newer is known than that it waits is left out.
 */
export function inOrder(queue: Queue, newest: Threads): Summary[] {
  const rank = (thread: Summary) => (thread.urgent ? 0 : 1)
  const waits = (thread: Summary) => (newest.get(thread.id) ?? thread).state === 'waiting'
  return [...queue.shown.values()]
    .filter(waits)
    .sort((a, b) => rank(a) - rank(b) || dueOf(a) - dueOf(b) || compare(a.openedAt, b.openedAt))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
