import type { ClockName } from '../../protocol/vocabulary.ts'
import type { Draft } from '../chain.ts'
import type { Thread } from '../thread.ts'
import { BUT_CALL_BACK, carrying, meet } from './clocks.ts'
import { enterpriseSays } from './enterprise.ts'
import { authorOf, type Facts, onlyOwner, type Rule } from './rule.ts'

/** What an officer's public words answer. */
const ANSWERED_BY_WORDS: readonly ClockName[] = [
  'first-reply',
  'next-reply',
  'reminder',
  'supervision',
]
const ORDER_ANSWERED = '督办已答复。'

/** First come, first served, and answerable for it: the claim fixes the first responder. */
export const claim: Rule<'claim'> = {
  roles: ['officer'],
  states: ['waiting'],
  holder: (thread, who) =>
    who.role === 'officer' && thread.desk !== null && who.desks.includes(thread.desk)
      ? null
      : 'not-owner',
  make: (thread, _command, who) => [
    { kind: 'claimed', by: authorOf(who), body: { first: thread.firstResponder === null } },
  ],
}

export const note: Rule<'note'> = {
  roles: ['officer', 'supervisor'],
  states: 'any',
  make: (_thread, command, who) => [
    { kind: 'noted', by: authorOf(who), body: { text: command.text } },
  ],
}

export const say: Rule<'say'> = {
  roles: ['enterprise', 'officer'],
  states: (role) => (role === 'enterprise' ? ['answering', 'waiting', 'held'] : ['held']),
  holder: (thread, who) => (who.role === 'enterprise' ? null : onlyOwner(thread, who)),
  make: (thread, command, who, facts) =>
    who.role === 'enterprise'
      ? enterpriseSays(thread, command.text, authorOf(who), facts)
      : ownerSays(thread, command.text, authorOf(who), facts),
}

function ownerSays(
  thread: Thread,
  text: string | undefined,
  by: Draft['by'],
  facts: Facts,
): Draft[] {
  const files = facts.files?.length ? { files: [...facts.files] } : {}
  const body = { ...(text === undefined ? {} : { text }), ...files }
  const clocks = meet(thread, ANSWERED_BY_WORDS, facts.now)
  return carrying({ kind: 'said', by, body }, clocks, ORDER_ANSWERED)
}

export const resolve: Rule<'resolve'> = {
  roles: ['officer'],
  states: (_role, thread) => (thread.offer === null ? ['held'] : []),
  holder: onlyOwner,
  make(thread, { outcome, summary }, who, facts) {
    const clocks = meet(thread, BUT_CALL_BACK, facts.now)
    const body = { outcome, summary }
    return carrying({ kind: 'resolved', by: authorOf(who), body }, clocks, ORDER_ANSWERED)
  },
}
