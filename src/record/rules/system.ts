import type { ClockFact, Person } from '../../protocol/entries.ts'
import type { Outcome } from '../../protocol/vocabulary.ts'
import type { Draft } from '../chain.ts'
import { isSealedClock } from '../sight.ts'
import { clockKey, isOpen, type Thread } from '../thread.ts'
import { closesAt } from '../wake.ts'
import { carrying, end, withClocks } from './clocks.ts'
import { resumed } from './pause.ts'
import { type Facts, SYSTEM } from './rule.ts'

/*
 * What the system writes by itself. Each follows from the fold and the time alone, and is in the
 * fold once it is written: whoever comes second, here or in another process, finds nothing to do.
 */

type Timely = Pick<Facts, 'clockwork' | 'now'>

/** Entries of one append; those beyond come with the next look. */
const MOST = 8

/** Everything that time has brought about since somebody last looked. */
export function brought(thread: Thread, facts: Timely): Draft[] {
  const open = thread.clocks.filter(isOpen)
  return [
    ...open.filter((clock) => outlives(clock, facts.now)).map((c) => resumed(c, SYSTEM, facts)),
    ...open.filter((clock) => isNewlyLate(thread, clock, facts.now)).map((c) => late(c, facts.now)),
    ...closing(thread, facts.now),
  ].slice(0, MOST)
}

/** A pause at its maximum. */
const outlives = ({ pauseEndsAt }: ClockFact, now: Date) =>
  pauseEndsAt !== undefined && now.getTime() >= Date.parse(pauseEndsAt)

function isNewlyLate({ noticed }: Thread, clock: ClockFact, now: Date): boolean {
  if (clock.pausedAt !== undefined || clock.dueAt === undefined) return false
  return now.getTime() > Date.parse(clock.dueAt) && !noticed.includes(clockKey(clock))
}

/** An offer that nobody answered has lapsed; any other promise is noted as broken, once. */
function late(clock: ClockFact, now: Date): Draft {
  const { name, n, dueAt = '' } = clock
  if (name === 'handover') {
    const clocks = [{ ...clock, endedAt: now.toISOString() }]
    return { kind: 'handover-lapsed', by: SYSTEM, body: { clocks } }
  }
  const sealed = isSealedClock(name) ? { sealed: true as const } : {}
  return { kind: 'overdue', by: SYSTEM, body: { clock: name, n, dueAt, ...sealed } }
}

function closing(thread: Thread, now: Date): Draft[] {
  const at = closesAt(thread)
  if (at === null || now.getTime() < at) return []
  return [{ kind: 'closed', by: SYSTEM, body: { outcome: outcomeOf(thread) } }]
}

/** A resolved thread's is known; of one that nobody ever took it is what the bot did. */
function outcomeOf({ state, resolution, answered, referred }: Thread): Outcome {
  if (state === 'resolved' && resolution) return resolution.outcome
  if (answered) return 'answered'
  return referred ? 'referred' : 'withdrawn'
}

/** Due times for clocks that had none, once the calendar knows the year. */
export function scheduling(thread: Thread, { clockwork }: Pick<Facts, 'clockwork'>): Draft[] {
  const clocks = thread.clocks.flatMap((clock) =>
    isOpen(clock) && clock.dueAt === undefined ? (clockwork.schedule(clock) ?? []) : [],
  )
  if (clocks.length === 0) return []
  const drafts = carrying({ kind: 'clock-scheduled', by: SYSTEM, body: {} }, clocks, SCHEDULED)
  return clocks.every(({ name }) => isSealedClock(name)) ? drafts.slice(1) : drafts
}

const SCHEDULED = '工作日历已补齐，转办、督办的时限已排定。'
const DISABLED = '承办人已停用，且没有指定接办人。'
const SUCCEEDED = '原承办人已停用，由管理员指定接办。'

/**
 * From an owner who works here no more to the successor that was named, else back to the queue; the
 * clocks go on.
 */
export function releasing(
  thread: Thread,
  successor: Person | null,
  { now }: Pick<Facts, 'now'>,
): Draft[] {
  if (thread.state !== 'held' || thread.desk === null) return []
  if (successor) {
    const clocks = withClocks(end(thread, now, ['handover']))
    return [
      { kind: 'assigned', by: SYSTEM, body: { to: { person: successor } } },
      { kind: 'noted', by: SYSTEM, body: { text: SUCCEEDED, ...clocks } },
    ]
  }
  const body = { desk: thread.desk, reason: DISABLED }
  const clocks = end(thread, now, ['handover'])
  return carrying({ kind: 'released', by: SYSTEM, body }, clocks, '承办人已停用，转办随之结束。')
}
