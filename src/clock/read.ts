import type { ClockFact } from '../protocol/entries.ts'
import type { ClockSummary } from '../protocol/http.ts'
import { CLOCK_NAMES, type ClockName, type ClockState } from '../protocol/vocabulary.ts'

/**
 * The state of a clock at `now`. Lateness is computed from the due time in the record, never
 * stamped; the due time itself is still in time. A clock that is answered while paused stood
 * still since `pausedAt`, so that moment decides whether it was met.
 */
export function clockState(fact: ClockFact, now: Date): ClockState {
  const due = fact.dueAt === undefined ? undefined : Date.parse(fact.dueAt)
  if (fact.metAt !== undefined) {
    const stopped = Date.parse(fact.pausedAt ?? fact.metAt)
    return due !== undefined && stopped > due ? 'missed' : 'met'
  }
  if (fact.endedAt !== undefined) return 'ended'
  if (fact.pausedAt !== undefined) return 'paused'
  if (due === undefined) return 'unscheduled'
  return now.getTime() > due ? 'overdue' : 'running'
}

/** The latest clock of each name (highest `n`; of one clock the last fact), in a fixed order. */
export function summariseClocks(facts: readonly ClockFact[], now: Date): ClockSummary[] {
  const latest = new Map<ClockName, ClockFact>()
  for (const fact of facts) {
    const known = latest.get(fact.name)
    if (known === undefined || fact.n >= known.n) latest.set(fact.name, fact)
  }
  return CLOCK_NAMES.flatMap((name) => {
    const fact = latest.get(name)
    return fact ? [summary(fact, now)] : []
  })
}

function summary(fact: ClockFact, now: Date): ClockSummary {
  return {
    name: fact.name,
    startedAt: fact.startedAt,
    ...(fact.dueAt !== undefined && { dueAt: fact.dueAt }),
    ...(fact.metAt !== undefined && { metAt: fact.metAt }),
    limit: fact.limit,
    state: clockState(fact, now),
  }
}
