import { refuse } from '../../protocol/refusals.ts'
import { end, nextOf, start, withClocks } from './clocks.ts'
import { authorOf, type Rule } from './rule.ts'

const SUPERVISOR = ['supervisor'] as const

/** A waiting thread goes to the right desk; its clocks go on. */
export const route: Rule<'route'> = {
  roles: SUPERVISOR,
  states: ['waiting'],
  make(thread, { reason }, who, { to }) {
    if (!to?.desk || to.desk.id === thread.desk) return refuse('bad-request', { detail: 'to' })
    return [{ kind: 'routed', by: authorOf(who), body: { to: { desk: to.desk }, reason } }]
  },
}

/** 督办: an order that must be answered by a time; each has its own clock. */
export const supervise: Rule<'supervise'> = {
  roles: SUPERVISOR,
  states: ['waiting', 'held'],
  make(thread, { text, due }, who, facts) {
    const { clockwork, now } = facts
    const until = due === undefined ? undefined : new Date(due)
    if (until !== undefined && until <= now) return refuse('bad-request', { detail: 'due' })
    const clock = until
      ? clockwork.startUntil('supervision', nextOf(thread, 'supervision'), now, until)
      : start(thread, 'supervision', facts)
    const by = until === undefined ? {} : { due: until.toISOString() }
    return [{ kind: 'supervised', by: authorOf(who), body: { text, ...by, clocks: [clock] } }]
  },
}

/**
 * The supervisor gives it to somebody: the first claim, or an accepted handover. A pending offer
 * ends with it, which the enterprise does not see, and neither does it see the reason.
 */
export const assign: Rule<'assign'> = {
  roles: SUPERVISOR,
  states: ['waiting', 'held'],
  make(thread, { reason }, who, { to, now }) {
    const isOfficer = to?.person !== undefined && to.role === 'officer'
    if (!isOfficer || to.person.id === thread.owner?.id) {
      return refuse('bad-request', { detail: 'to' })
    }
    const by = authorOf(who)
    const clocks = end(thread, now, ['handover'])
    return [
      { kind: 'assigned', by, body: { to: { person: to.person } } },
      { kind: 'noted', by, body: { text: reason, ...withClocks(clocks) } },
    ]
  },
}
