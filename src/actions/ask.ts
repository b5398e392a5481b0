import type { EnterpriseCaller } from '../protocol/caller.ts'
import type { Ack, CommandOf } from '../protocol/commands.ts'
import { isRefusal, type Refusal } from '../protocol/refusals.ts'
import { GENESIS } from '../record/chain.ts'
import { opening } from '../record/rules/escalation.ts'
import { authorOf } from '../record/rules/rule.ts'
import { commit, identityOf } from './commit.ts'
import { gather } from './facts.ts'
import type { Services } from './services.ts'

/** A new thread: the question, and at once what came of it. */
export async function ask(
  services: Services,
  command: CommandOf<'ask'>,
  who: EnterpriseCaller,
  until: number,
): Promise<Ack | Refusal> {
  const { text, kind } = command
  for (;;) {
    // again after a loss: a new thread can only lose a file to somebody else
    const facts = await gather(services, null, command, who)
    if (isRefusal(facts)) return facts
    const drafts = opening({ text, kind, enterprise: who.enterprise, by: authorOf(who) }, facts)
    const head = { thread: services.newId(), seq: 0, hash: GENESIS, at: null }
    const done = await commit(services, {
      before: null,
      head,
      drafts,
      now: facts.now,
      command: identityOf(who, command),
      until,
    })
    if (done !== 'lost') return { id: command.id, ...done }
  }
}
