import { refuse } from '../../protocol/refusals.ts'
import { meet, withClocks } from './clocks.ts'
import { authorOf, onlyOwner, type Rule } from './rule.ts'

/** 一次性告知单: everything that is missing, once. Asking again is counted and needs a reason. */
export const notice: Rule<'notice'> = {
  roles: ['officer'],
  states: ['held'],
  holder: onlyOwner,
  make(thread, { items, steps, window, limit, reason }, who, { now }) {
    if (thread.notices > 0 && reason === undefined) {
      return refuse('bad-request', { detail: 'reason' })
    }
    const clocks = meet(thread, ['first-reply', 'next-reply'], now)
    const why = reason === undefined ? {} : { reason }
    const body = { items, steps, window, limit, ...why, ...withClocks(clocks) }
    return [{ kind: 'notice-given', by: authorOf(who), body }]
  },
}
