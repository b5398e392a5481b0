import type { ClockSummary, Summary } from '../../../protocol/http.ts'

/** How pressing a clock is; each has its own word, icon and colour. */
export type Urgency = 'in-time' | 'soon' | 'late' | 'paused' | 'unscheduled' | 'done' | 'missed'

export interface ClockReading {
  clock: ClockSummary
  urgency: Urgency
  /** Milliseconds until due, negative when late; 0 where there is no due time. */
  left: number
}

const MINUTE = 60_000
/** A clock turns `soon` in its last quarter, and in its last ten minutes at the latest. */
const SOON_SHARE = 1 / 4
const SOON_AT_LEAST = 10 * MINUTE

/** The summary's state is as old as the summary: lateness is read again at `now`. */
export function readClock(clock: ClockSummary, now: number): ClockReading {
  const due = clock.dueAt === undefined ? Number.NaN : Date.parse(clock.dueAt)
  const left = Number.isNaN(due) ? 0 : due - now
  return { clock, left, urgency: urgencyOf(clock, due, left) }
}

function urgencyOf(clock: ClockSummary, due: number, left: number): Urgency {
  switch (clock.state) {
    case 'met':
    case 'ended':
      return 'done'
    case 'missed':
    case 'paused':
    case 'unscheduled':
      return clock.state
    default: {
      if (left < 0) return 'late'
      const span = due - Date.parse(clock.startedAt)
      return left <= Math.max(SOON_AT_LEAST, span * SOON_SHARE) ? 'soon' : 'in-time'
    }
  }
}

const isOpen = (clock: ClockSummary) => clock.state === 'running' || clock.state === 'overdue'

/** When the next promise of this thread falls due; never for one that has none. */
export function dueOf(thread: Summary): number {
  const dues = thread.clocks.filter(isOpen).map((clock) => Date.parse(clock.dueAt ?? ''))
  return Math.min(...dues.filter((due) => !Number.isNaN(due)), Number.POSITIVE_INFINITY)
}

/** The one clock to show in a list: the first to fall due, else one that stands still. */
export function pressing(thread: Summary, now: number): ClockReading | undefined {
  const due = dueOf(thread)
  const clock =
    thread.clocks.find((c) => isOpen(c) && Date.parse(c.dueAt ?? '') === due) ??
    thread.clocks.find((c) => c.state === 'paused' || c.state === 'unscheduled')
  return clock && readClock(clock, now)
}

/** “18 分钟”, “1 小时 05 分”, “2 天 3 小时”: two units at most, rounded towards the strict side. */
export function durationText(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / MINUTE)
  if (minutes < 1) return '不到 1 分钟'
  if (minutes < 60) return `${minutes} 分钟`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} 小时 ${String(minutes % 60).padStart(2, '0')} 分`
  const days = Math.floor(hours / 24)
  return hours % 24 === 0 ? `${days} 天` : `${days} 天 ${hours % 24} 小时`
}
