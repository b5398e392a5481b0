import type { Caller } from '../protocol/caller.ts'
import type { Command } from '../protocol/commands.ts'
import { type RefusalCode, refuse } from '../protocol/refusals.ts'
import type { CommandType } from '../protocol/vocabulary.ts'
import { callBack } from './rules/call-back.ts'
import { correct } from './rules/correction.ts'
import { cancel, choose, escalate, judge, rate, reopen } from './rules/enterprise.ts'
import { accept, decline, offer, withdraw } from './rules/handover.ts'
import { notice } from './rules/notice.ts'
import { claim, note, resolve, say } from './rules/officer.ts'
import { consult, opine } from './rules/opinion.ts'
import { pause, resume } from './rules/pause.ts'
import { redact } from './rules/redaction.ts'
import { remind } from './rules/reminder.ts'
import type { Decision, Facts, Rule } from './rules/rule.ts'
import { assign, route, supervise } from './rules/supervisor.ts'
import { sightOf } from './sight.ts'
import type { Thread } from './thread.ts'

export type ThreadCommand = Exclude<Command, { type: 'ask' }>

/** Command × role × state, one rule each; `ask` has no thread yet and is not among them. */
export const RULES: { [T in ThreadCommand['type']]: Rule<T> } = {
  accept,
  assign,
  'call-back': callBack,
  cancel,
  choose,
  claim,
  consult,
  correct,
  decline,
  escalate,
  judge,
  note,
  notice,
  offer,
  opine,
  pause,
  rate,
  redact,
  remind,
  reopen,
  resolve,
  resume,
  route,
  say,
  supervise,
  withdraw,
}

/** The order of checks of the contract: sight, role, state, holder. */
function refusal(
  thread: Thread,
  command: Command,
  who: Caller,
  rule: Rule<CommandType>,
): RefusalCode | null {
  if (sightOf(thread, who) === null) return 'not-found'
  const { roles } = rule
  const mayDo = typeof roles === 'function' ? roles(thread, who) : roles.includes(who.role)
  if (!mayDo) return 'not-allowed'
  const states = typeof rule.states === 'function' ? rule.states(who.role, thread) : rule.states
  if (states !== 'any' && !states.includes(thread.state)) {
    return command.type === 'claim' && thread.owner !== null ? 'already-claimed' : 'wrong-state'
  }
  return rule.holder?.(thread, who, command) ?? null
}

/**
 * What a command does to a thread: drafts to append, a refusal, or the number of the entry that
 * already says it. Pure: everything it needs stands in the arguments.
 */
export function decide(
  thread: Thread,
  command: ThreadCommand,
  who: Caller,
  facts: Facts,
): Decision {
  const rule = RULES[command.type] as Rule<CommandType>
  const no = refusal(thread, command, who, rule)
  return no === null ? rule.make(thread, command, who, facts) : refuse(no)
}
