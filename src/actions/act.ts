import type { Caller } from '../protocol/caller.ts'
import type { Ack, CommandOf } from '../protocol/commands.ts'
import { isRefusal, type Refusal, refuse } from '../protocol/refusals.ts'
import { decide, type ThreadCommand } from '../record/decide.ts'
import { reopening, withinLimit } from '../record/rules/enterprise.ts'
import { authorOf, type Decision, type Facts } from '../record/rules/rule.ts'
import { sightOf } from '../record/sight.ts'
import type { Thread } from '../record/thread.ts'
import { ask } from './ask.ts'
import { commit, headOf, identityOf } from './commit.ts'
import { gather } from './facts.ts'
import type { Services } from './services.ts'

/**
 * Any command on a thread that exists. A decision that is lost to another process is made again for
 * as long as the caller waits: whoever wins decides at once on what it has just written, and so
 * wins more often than not.
 */
export function act(
  services: Services,
  command: ThreadCommand,
  who: Caller,
  until: number,
): Promise<Ack | Refusal> {
  const id = command.thread
  return services.threads.exclusively(id, async () => {
    let thread = services.threads.get(id) ?? null
    let isFresh = false
    while (performance.now() < until) {
      if (thread === null) {
        if (isFresh) return refuse('not-found')
        thread = await services.threads.fresh(id)
        isFresh = true
        if (thread === null) return refuse('not-found')
      }
      const done = await attemptOn(services, thread, command, who, until)
      if (done !== 'lost' && !(isRefusal(done) && !isFresh)) return done
      // a “no” is only said on what the database has now, never on a cached copy
      thread = await services.threads.fresh(id)
      isFresh = true
    }
    return refuse('unavailable')
  })
}

async function attemptOn(
  services: Services,
  thread: Thread,
  command: ThreadCommand,
  who: Caller,
  until: number,
): Promise<Ack | Refusal | 'lost'> {
  if (sightOf(thread, who) === null) return refuse('not-found')
  const facts = await gather(services, thread, command, who)
  if (isRefusal(facts)) return facts
  const late = lateEmergency(thread, command, who, facts)
  if (late === 'ask' && who.role === 'enterprise') {
    const { id, text = '', files } = command as CommandOf<'say'>
    return ask(
      services,
      { type: 'ask', id, text, kind: thread.kind, ...(files ? { files } : {}) },
      who,
      until,
    )
  }
  const decision = late !== null && late !== 'ask' ? late : decide(thread, command, who, facts)
  if (isRefusal(decision)) return decision
  const drafts = 'named' in decision ? [] : decision
  const named = 'named' in decision ? { named: decision.named } : {}
  const done = await commit(services, {
    before: thread,
    head: headOf(thread),
    drafts,
    now: facts.now,
    command: identityOf(who, command),
    until,
    ...named,
  })
  return done === 'lost' ? done : { id: command.id, ...done }
}

/**
 * An emergency told in a resolved or closed thread is no time to refuse words: it is taken as a
 * reopening, or as a new question where reopening is over. Null: no such case.
 */
function lateEmergency(
  thread: Thread,
  command: ThreadCommand,
  who: Caller,
  facts: Facts,
): Decision | 'ask' | null {
  const isOver = thread.state === 'resolved' || thread.state === 'closed'
  if (command.type !== 'say' || who.role !== 'enterprise' || !isOver) return null
  if (facts.card === undefined || command.text === undefined) return null
  if (!withinLimit(thread, facts)) return 'ask'
  const by = authorOf(who)
  const reopened = reopening(thread, command.text, by, facts)
  if (!facts.files?.length) return [reopened]
  return [reopened, { kind: 'said', by, body: { files: [...facts.files] } }]
}
