import { refuse } from '../../protocol/refusals.ts'
import type { Draft } from '../chain.ts'
import { BAD_GRADE, type Thread } from '../thread.ts'
import { BUT_CALL_BACK, carrying, end, startUnlessOpen, withClocks } from './clocks.ts'
import { escalation, urgency, verdictDraft } from './escalation.ts'
import { awaitingMaterials, resumed } from './pause.ts'
import { authorOf, BOT, type Decision, type Facts, type Rule, SYSTEM } from './rule.ts'

const ENTERPRISE = ['enterprise'] as const

/** Every rule that an enterprise's command other than `ask` and `say` follows. */
export const choose: Rule<'choose'> = {
  roles: ENTERPRISE,
  states: ['answering'],
  make(thread, command, who, facts) {
    if (thread.choices === null) return refuse('wrong-state')
    const isOffered = command.faq !== null && thread.choices.ids.includes(command.faq)
    if (command.faq !== null && !isOffered) return refuse('bad-request', { detail: 'faq' })
    if (facts.chosen) {
      const confidence = thread.choices.confidence
      return [{ kind: 'answered', by: BOT, body: { ...facts.chosen, confidence } }]
    }
    return [escalation(thread, { reason: 'unsure', by: authorOf(who) }, facts)]
  },
}

export const judge: Rule<'judge'> = {
  roles: ENTERPRISE,
  states: 'any',
  make(_thread, command, who, facts) {
    if (facts.target?.kind !== 'answered') return refuse('bad-request', { detail: 'seq' })
    const { seq, helpful } = command
    return [{ kind: 'judged', by: authorOf(who), body: { seq, helpful } }]
  },
}

export const escalate: Rule<'escalate'> = {
  roles: ENTERPRISE,
  states: ['answering', 'waiting', 'held'],
  make(thread, command, who, facts) {
    // asked for twice: it already waits or is held, and the first escalation is the one that counts
    if (thread.state !== 'answering') {
      if (facts.card === undefined || command.note === undefined) {
        return { named: thread.escalatedSeq ?? thread.seq }
      }
      // an emergency told in its note is not dropped
      return enterpriseSays(thread, command.note, authorOf(who), facts)
    }
    const reason = facts.card === undefined ? 'asked' : 'emergency'
    const note = command.note === undefined ? {} : { note: command.note }
    return [escalation(thread, { reason, by: authorOf(who), ...note }, facts)]
  },
}

export const cancel: Rule<'cancel'> = {
  roles: ENTERPRISE,
  states: ['answering', 'waiting'],
  make: (thread, _command, who, facts) =>
    carrying(
      { kind: 'closed', by: authorOf(who), body: { outcome: 'withdrawn' } },
      end(thread, facts.now, BUT_CALL_BACK),
      '企业撤回咨询，督办随之结束。',
    ),
}

const DAY = 24 * 60 * 60 * 1000

/** Rating and reopening end some days after the last resolution or close. */
export const withinLimit = (thread: Thread, { now, reopenDays }: Facts) =>
  now.getTime() <= Date.parse(thread.endedAt ?? thread.at) + reopenDays * DAY

export const rate: Rule<'rate'> = {
  roles: ENTERPRISE,
  states: ['resolved', 'closed'],
  make(thread, command, who, facts) {
    if (!thread.resolution || thread.resolution.rated) return refuse('wrong-state')
    if (!withinLimit(thread, facts)) return refuse('wrong-state')
    const comment = command.comment === undefined ? {} : { comment: command.comment }
    // one that is still owed answers for both
    const clocks = command.grade <= BAD_GRADE ? startUnlessOpen(thread, 'call-back', facts) : []
    const body = { grade: command.grade, ...comment, ...withClocks(clocks) }
    const rated: Draft<'rated'> = { kind: 'rated', by: authorOf(who), body }
    if (facts.card === undefined || command.comment === undefined) return [rated]
    // an emergency is told here as good as anywhere: somebody must come back to it
    return [rated, reopening(thread, command.comment, authorOf(who), facts)]
  },
}

/** Back to its owner, or to the queue where there is none who still works here. */
export function reopening(
  thread: Thread,
  text: string,
  by: Draft['by'],
  facts: Facts,
): Draft<'reopened'> {
  const owner = thread.owner !== null && facts.ownerActive === true ? thread.owner : null
  const desk = thread.desk ?? facts.desk
  const answer = owner ? 'next-reply' : 'first-reply'
  const clocks = [
    ...startUnlessOpen({ ...thread, desk }, answer, facts),
    ...startUnlessOpen({ ...thread, desk }, 'resolution', facts),
  ]
  return {
    kind: 'reopened',
    by,
    body: { text, ...(owner ? { owner } : {}), desk, ...urgency(facts), ...withClocks(clocks) },
  }
}

export const reopen: Rule<'reopen'> = {
  roles: ENTERPRISE,
  states: ['resolved', 'closed'],
  make: (thread, command, who, facts) =>
    withinLimit(thread, facts)
      ? [reopening(thread, command.text, authorOf(who), facts)]
      : refuse('wrong-state'),
}

/** The enterprise's words in an open thread. */
export function enterpriseSays(
  thread: Thread,
  text: string | undefined,
  by: Draft['by'],
  facts: Facts,
): Decision {
  const files = facts.files?.length ? { files: [...facts.files] } : {}
  const clocks = thread.state === 'held' ? startUnlessOpen(thread, 'next-reply', facts) : []
  const isDecided = thread.state === 'answering'
  // in `answering` the escalation beside it carries the emergency's card
  const urgent = isDecided && facts.verdict?.kind === 'escalated' ? {} : urgency(facts)
  const body = {
    ...(text === undefined ? {} : { text }),
    ...files,
    ...urgent,
    ...withClocks(clocks),
  }
  const said: Draft<'said'> = { kind: 'said', by, body }
  if (!isDecided) {
    // what they were waiting for is here
    const paused = facts.files?.length ? awaitingMaterials(thread) : []
    return [said, ...paused.map((clock) => resumed(clock, SYSTEM, facts))]
  }
  return [said, verdictDraft(thread, facts.verdict ?? { kind: 'escalated', reason: 'case' }, facts)]
}
