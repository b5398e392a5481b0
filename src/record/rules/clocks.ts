import type { ClockFact } from '../../protocol/entries.ts'
import { CLOCK_NAMES, type ClockName } from '../../protocol/vocabulary.ts'
import type { Draft } from '../chain.ts'
import { isSealedClock } from '../sight.ts'
import { isOpen, openClock, type Thread } from '../thread.ts'
import { type Facts, SYSTEM, type Where } from './rule.ts'

/** A call-back belongs to a rating, and ends only with its own answer. */
export const BUT_CALL_BACK = CLOCK_NAMES.filter((name) => name !== 'call-back')

/** The number of the next clock of a name: it goes on from the last one. */
export function nextOf({ clocks }: Pick<Thread, 'clocks'>, name: ClockName): number {
  const last = clocks.filter((clock) => clock.name === name).map((clock) => clock.n)
  return Math.max(0, ...last) + 1
}

/** Starts a clock of that name, by the limit in force for such a thread. */
export function start(
  thread: Where & Pick<Thread, 'clocks'>,
  name: ClockName,
  { clockwork, now }: Pick<Facts, 'clockwork' | 'now'>,
): ClockFact {
  return clockwork.start(name, nextOf(thread, name), now, thread)
}

/** Starts it unless one of that name already runs. */
export function startUnlessOpen(thread: Thread, name: ClockName, facts: Facts): ClockFact[] {
  return openClock(thread, name) ? [] : [start(thread, name, facts)]
}

const openOnes = ({ clocks }: Thread, names?: readonly ClockName[]) =>
  clocks.filter((clock) => isOpen(clock) && (names?.includes(clock.name) ?? true))

/** Those of the names that are open, met now. */
export const meet = (thread: Thread, names: readonly ClockName[], now: Date): ClockFact[] =>
  openOnes(thread, names).map((clock) => ({ ...clock, metAt: now.toISOString() }))

/** Those of the names that are open (all of them without names), their cause being gone. */
export const end = (thread: Thread, now: Date, names?: readonly ClockName[]): ClockFact[] =>
  openOnes(thread, names).map((clock) => ({ ...clock, endedAt: now.toISOString() }))

/** `clocks` for a body, left out where nothing moved. */
export const withClocks = (clocks: readonly ClockFact[]) =>
  clocks.length === 0 ? {} : { clocks: [...clocks] }

/**
 * The draft of an open entry, with the clocks that it moves. Clocks that the enterprise may not
 * know of stand in a sealed note of the system behind it: an open entry is read by everybody, and
 * nothing can be left out of one that is hashed.
 * @param why the note's text
 */
export function carrying(draft: Draft, clocks: readonly ClockFact[], why: string): Draft[] {
  const open = clocks.filter(({ name }) => !isSealedClock(name))
  const sealed = clocks.filter(({ name }) => isSealedClock(name))
  const told = { ...draft, body: { ...draft.body, ...withClocks(open) } } as Draft
  if (sealed.length === 0) return [told]
  return [told, { kind: 'noted', by: SYSTEM, body: { text: why, clocks: sealed } }]
}
