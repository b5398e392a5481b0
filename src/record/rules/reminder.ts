import { refuse } from '../../protocol/refusals.ts'
import type { Thread } from '../thread.ts'
import { start } from './clocks.ts'
import { authorOf, type Rule } from './rule.ts'

/** Milliseconds between two reminders where no calendar says when the first is due. */
const UNSCHEDULED = 24 * 60 * 60 * 1000

/** When the enterprise may remind again: once the last one's limit has run out. */
function remindableAt({ clocks, remindedAt }: Thread): number {
  if (remindedAt === null) return 0
  const last = clocks.filter(({ name }) => name === 'reminder').at(-1)
  return last?.dueAt ? Date.parse(last.dueAt) : Date.parse(remindedAt) + UNSCHEDULED
}

/** 催办: the enterprise's nudge; each has its own clock, which the owner's next words answer. */
export const remind: Rule<'remind'> = {
  roles: ['enterprise'],
  states: ['waiting', 'held'],
  make(thread, _command, who, facts) {
    const left = remindableAt(thread) - facts.now.getTime()
    if (left > 0) return refuse('too-fast', { retryAfter: Math.ceil(left / 1000) })
    const clocks = [start(thread, 'reminder', facts)]
    return [{ kind: 'reminded', by: authorOf(who), body: { clocks } }]
  },
}
