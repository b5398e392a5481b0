import type { Caller } from '../protocol/caller.ts'
import type { Command } from '../protocol/commands.ts'
import { type RefusalCode, refuse } from '../protocol/refusals.ts'
import type { CommandType } from '../protocol/vocabulary.ts'
import { cancel, choose, escalate, judge, rate, reopen } from './rules/enterprise.ts'
import { claim, note, resolve, say } from './rules/officer.ts'
import type { Decision, Facts, Rule } from './rules/rule.ts'
import { sightOf } from './sight.ts'
import type { Thread } from './thread.ts'

/** Command × role × state, one rule each; `ask` has no thread yet and is not among them. */
export const RULES: { [T in CommandType]?: Rule<T> } = {
  cancel,
  choose,
  claim,
  escalate,
  judge,
  note,
  rate,
  reopen,
  resolve,
  say,
}

/** The order of checks of the contract: sight, role, state, holder. */
function refusal(
  thread: Thread,
  command: Command,
  who: Caller,
  rule: Rule<CommandType>,
): RefusalCode | null {
  if (sightOf(thread, who) === null) return 'not-found'
  if (!rule.roles.includes(who.role)) return 'not-allowed'
  const states = typeof rule.states === 'function' ? rule.states(who.role) : rule.states
  if (states !== 'any' && !states.includes(thread.state)) {
    return command.type === 'claim' && thread.owner !== null ? 'already-claimed' : 'wrong-state'
  }
  return rule.holder?.(thread, who, command) ?? null
}

/**
 * What a command does to a thread: drafts to append, a refusal, or the number of the entry that
 * already says it. Pure: everything it needs stands in the arguments.
 */
export function decide(thread: Thread, command: Command, who: Caller, facts: Facts): Decision {
  const rule = RULES[command.type] as Rule<CommandType> | undefined
  if (rule === undefined) {
    return refuse(sightOf(thread, who) === null ? 'not-found' : 'not-allowed')
  }
  const no = refusal(thread, command, who, rule)
  return no === null ? rule.make(thread, command, who, facts) : refuse(no)
}
