import { alertTimes } from './alerts.ts'
import { isOpen, type Thread } from './thread.ts'

const DAY = 24 * 60 * 60 * 1000
/** Milliseconds after a resolution until the thread is closed, unless somebody comes back to it. */
export const CLOSES_AFTER = 7 * DAY
/** Milliseconds after its last entry until a thread that the bot answers is idle no longer. */
export const IDLE_AFTER = 3 * DAY

/** When a thread is closed by itself; null where somebody still has something to do. */
export function closesAt(thread: Thread): number | null {
  if (thread.state === 'answering') return Date.parse(thread.at) + IDLE_AFTER
  const owed = thread.clocks.some((clock) => clock.name === 'call-back' && isOpen(clock))
  if (thread.state !== 'resolved' || owed) return null
  return Date.parse(thread.endedAt ?? thread.at) + CLOSES_AFTER
}

/**
 * When the clockwork has something to write next: a pause at its maximum, a due time gone by, an
 * alert, the close. Null where it has nothing to wait for. The due time itself is still in time.
 */
export function wakeAt(thread: Thread): string | null {
  const noticed = new Set(thread.noticed)
  const times = thread.clocks.filter(isOpen).flatMap((clock) => {
    if (clock.pausedAt !== undefined) return clock.pauseEndsAt ? Date.parse(clock.pauseEndsAt) : []
    const isKnown = clock.dueAt === undefined || noticed.has(`${clock.name}#${clock.n}`)
    return isKnown ? [] : Date.parse(clock.dueAt!) + 1
  })
  const all = [...times, ...alertTimes(thread), closesAt(thread)].filter((time) => time !== null)
  return all.length === 0 ? null : new Date(Math.min(...all)).toISOString()
}

/** Has a promise without a due time, because the calendar lacks the year. */
export const isUnscheduled = ({ clocks }: Thread) =>
  clocks.some((clock) => isOpen(clock) && clock.dueAt === undefined)
