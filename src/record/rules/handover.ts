import type { Caller } from '../../protocol/caller.ts'
import { type RefusalCode, refuse } from '../../protocol/refusals.ts'
import { isFor } from '../sight.ts'
import type { Thread } from '../thread.ts'
import { carrying, end, meet, start, withClocks } from './clocks.ts'
import { authorOf, type Facts, onlyOwner, type Rule, targetOf } from './rule.ts'

/*
 * 转办: the owner offers, somebody else accepts; until then, and after a “no”, a withdrawal or a
 * lapse, the owner never stopped owning. The first responder never changes.
 */

const HANDOVER = ['handover'] as const

export const offer: Rule<'offer'> = {
  roles: ['officer'],
  // one at a time
  states: (_role, thread) => (thread.offer === null ? ['held'] : []),
  holder: onlyOwner,
  make(thread, command, who, facts) {
    const to = targetOf(facts.to, who)
    if (to === null || (facts.to?.person && facts.to.role !== 'officer')) {
      return refuse('bad-request', { detail: 'to' })
    }
    const clocks = [start(thread, 'handover', facts)]
    const body = { to, reason: command.reason, clocks }
    return [{ kind: 'handover-offered', by: authorOf(who), body }]
  },
}

/** The offered person, or any officer of the offered desk. */
const onlyOffered = (thread: Thread, who: Caller): RefusalCode | null =>
  who.role === 'officer' && isFor(thread.offer?.to, who.id, who.desks) ? null : 'not-offered'

/** Why it was offered; none where that was redacted meanwhile. */
const reasonIn = ({ target }: Facts): string | undefined =>
  target?.kind === 'handover-offered' && target.body !== null ? target.body.reason : undefined

export const accept: Rule<'accept'> = {
  roles: ['officer'],
  states: ['held'],
  holder: onlyOffered,
  make(thread, _command, who, facts) {
    const offered = thread.offer
    const desk = offered?.to.desk?.id ?? (who.role === 'officer' ? who.desk : undefined)
    if (offered === null || desk === undefined) return refuse('not-offered')
    const clocks = meet(thread, HANDOVER, facts.now)
    return carrying(
      { kind: 'handover-accepted', by: authorOf(who), body: { desk } },
      clocks,
      reasonIn(facts) ?? `已接收转办，理由见第 ${offered.seq} 条。`,
    )
  },
}

export const decline: Rule<'decline'> = {
  roles: ['officer'],
  states: ['held'],
  holder: onlyOffered,
  make(thread, command, who, facts) {
    // somebody else of an offered desk may still accept
    const clocks = thread.offer?.to.person ? end(thread, facts.now, HANDOVER) : []
    const body = { reason: command.reason, ...withClocks(clocks) }
    return [{ kind: 'handover-declined', by: authorOf(who), body }]
  },
}

export const withdraw: Rule<'withdraw'> = {
  roles: ['officer'],
  states: ['held'],
  holder: (thread, who) => onlyOwner(thread, who) ?? (thread.offer === null ? 'not-offered' : null),
  make: (thread, _command, who, facts) => [
    {
      kind: 'handover-withdrawn',
      by: authorOf(who),
      body: withClocks(end(thread, facts.now, HANDOVER)),
    },
  ],
}
