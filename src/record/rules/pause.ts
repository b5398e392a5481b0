import type { ClockFact } from '../../protocol/entries.ts'
import { refuse } from '../../protocol/refusals.ts'
import { type ClockName, PAUSABLE_CLOCKS } from '../../protocol/vocabulary.ts'
import type { Draft } from '../chain.ts'
import { isOpen, openClock, type Thread } from '../thread.ts'
import { authorOf, type Facts, onlyOwner, type Rule } from './rule.ts'

const isPausable = (name: ClockName) => (PAUSABLE_CLOCKS as readonly ClockName[]).includes(name)

const isLate = ({ dueAt }: ClockFact, now: Date) =>
  dueAt !== undefined && now.getTime() > Date.parse(dueAt)

/** 中止计时: on an enumerated ground, before the enterprise's eyes, and never without an end. */
export const pause: Rule<'pause'> = {
  roles: ['officer'],
  states: ['held'],
  holder: onlyOwner,
  make(thread, { clock: name, ground }, who, { clockwork, now }) {
    const clock = isPausable(name) ? openClock(thread, name) : undefined
    // what is late stays late: a pause does not hide it
    if (!clock || clock.pausedAt !== undefined || isLate(clock, now)) return refuse('wrong-state')
    const until = clockwork.pauseEnds(ground, now).toISOString()
    const pausedAt = now.toISOString()
    const clocks = [{ ...clock, pausedAt, pauseGround: ground, pauseEndsAt: until }]
    return [
      { kind: 'clock-paused', by: authorOf(who), body: { clock: name, ground, until, clocks } },
    ]
  },
}

export const resume: Rule<'resume'> = {
  roles: ['officer'],
  states: ['held'],
  holder: onlyOwner,
  make(thread, { clock: name }, who, facts) {
    const clock = openClock(thread, name)
    if (clock?.pausedAt === undefined) return refuse('wrong-state')
    return [resumed(clock, authorOf(who), facts)]
  },
}

/** A pause that has outlived its maximum ended there, whenever somebody comes to say so. */
export function resumed(
  clock: ClockFact,
  by: Draft['by'],
  { clockwork, now }: Pick<Facts, 'clockwork' | 'now'>,
): Draft<'clock-resumed'> {
  const latest = clock.pauseEndsAt === undefined ? now : new Date(clock.pauseEndsAt)
  const at = latest < now ? latest : now
  return {
    kind: 'clock-resumed',
    by,
    body: { clock: clock.name, clocks: [clockwork.resume(clock, at)] },
  }
}

/** Clocks that stand still until the enterprise sends what it was asked for. */
export const awaitingMaterials = (thread: Thread) =>
  thread.clocks.filter((clock) => isOpen(clock) && clock.pauseGround === 'materials')
