import { refuse } from '../../protocol/refusals.ts'
import { isFor } from '../sight.ts'
import type { Thread } from '../thread.ts'
import { authorOf, onlyOwner, type Rule, targetOf } from './rule.ts'

/* 会办: somebody else is asked and answers inside the thread, signed; the owner stays. */

export const consult: Rule<'consult'> = {
  roles: ['officer'],
  states: ['held'],
  holder: onlyOwner,
  make(thread, command, who, facts) {
    const to = targetOf(facts.to, who)
    if (to === null || !canAnswer(thread, facts.to)) return refuse('bad-request', { detail: 'to' })
    return [{ kind: 'opinion-asked', by: authorOf(who), body: { to, text: command.text } }]
  },
}

/** An officer comes to see what he is asked about; a supervisor sees the threads of his desks. */
function canAnswer({ desk }: Thread, to: Parameters<typeof targetOf>[0]): boolean {
  if (!to?.person || to.role === 'officer') return true
  return desk !== null && to.desks.includes(desk)
}

const isAsked = (thread: Thread, id: string, desks: readonly string[]) =>
  thread.consulted.some((to) => isFor(to, id, desks))

export const opine: Rule<'opine'> = {
  roles: (thread, who) =>
    who.role === 'officer' || (who.role === 'supervisor' && isAsked(thread, who.id, [])),
  states: ['held'],
  holder: (thread, who) =>
    who.role !== 'enterprise' && isAsked(thread, who.id, who.role === 'officer' ? who.desks : [])
      ? null
      : 'not-offered',
  make: (_thread, command, who) => [
    {
      kind: 'opinion-given',
      by: authorOf(who),
      body: { text: command.text, public: command.public },
    },
  ],
}
