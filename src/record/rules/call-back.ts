import { openClock } from '../thread.ts'
import { meet, withClocks } from './clocks.ts'
import { authorOf, onlyOwner, type Rule } from './rule.ts'

/** 回访: a bad rating must be answered, and only this answers it. */
export const callBack: Rule<'call-back'> = {
  roles: ['officer', 'supervisor'],
  states: (_role, thread) => (openClock(thread, 'call-back') ? ['resolved', 'closed'] : []),
  holder: (thread, who) => (who.role === 'supervisor' ? null : onlyOwner(thread, who)),
  make: (thread, { text }, who, { now }) => [
    {
      kind: 'called-back',
      by: authorOf(who),
      body: { text, ...withClocks(meet(thread, ['call-back'], now)) },
    },
  ],
}
