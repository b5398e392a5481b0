import type { ClockFact } from '../../protocol/entries.ts'
import type { ClockName } from '../../protocol/vocabulary.ts'
import { isOpen, openClock, type Thread } from '../thread.ts'
import type { Facts } from './rule.ts'

type Where = Pick<Thread, 'clocks' | 'kind' | 'desk'>

/** Starts a clock of that name; its number goes on from the last one of the name. */
export function start(thread: Where, name: ClockName, facts: Facts, desk = thread.desk): ClockFact {
  const last = thread.clocks.filter((clock) => clock.name === name).map((clock) => clock.n)
  const n = Math.max(0, ...last) + 1
  return facts.clockwork.start(name, n, facts.now, { kind: thread.kind, desk })
}

/** Starts it unless one of that name already runs. */
export function startUnlessOpen(thread: Thread, name: ClockName, facts: Facts): ClockFact[] {
  return openClock(thread, name) ? [] : [start(thread, name, facts)]
}

/** Those of the names that are open, met now. */
export function meet(thread: Thread, names: readonly ClockName[], now: Date): ClockFact[] {
  return thread.clocks
    .filter((clock) => isOpen(clock) && names.includes(clock.name))
    .map((clock) => ({ ...clock, metAt: now.toISOString() }))
}

/** Every open clock, ended because its cause is gone. */
export function endAll(thread: Thread, now: Date): ClockFact[] {
  return thread.clocks.filter(isOpen).map((clock) => ({ ...clock, endedAt: now.toISOString() }))
}

/** `clocks` for a body, left out where nothing moved. */
export const withClocks = (clocks: readonly ClockFact[]) =>
  clocks.length === 0 ? {} : { clocks: [...clocks] }
