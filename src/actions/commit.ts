import type { Caller } from '../protocol/caller.ts'
import type { Ack, Command } from '../protocol/commands.ts'
import type { Entry } from '../protocol/entries.ts'
import { type Draft, type Head, link } from '../record/chain.ts'
import { evolve } from '../record/evolve.ts'
import type { Thread } from '../record/thread.ts'
import type { Services } from './services.ts'

/** What a command decided on which head of a thread. */
interface Decided {
  before: Thread | null
  head: Head
  drafts: readonly Draft[]
  now: Date
  who: Caller
  command: Command
  /** When the caller stops waiting, by `performance.now()`. */
  until: number
  /** The entry that the ack names, where the command writes none. */
  named?: number
}

/**
 * Links the drafts, appends them as one group and hands the news on after the commit.
 * `lost`: another writer moved the thread, so it must be decided again.
 * @throws Unavailable when nothing could be stored
 */
export async function commit(services: Services, decided: Decided): Promise<Ack | 'lost'> {
  const { before, head, drafts, now, who, command, until, named } = decided
  const entries = link(head, drafts, now, services.salt)
  const after = entries.reduce<Thread | null>((thread, entry) => evolve(thread, entry), before)
  if (after === null) throw new Error('a command on no thread must open one')
  const seq = named ?? head.seq + 1
  const appended = await services.writer.append({
    was: head.seq,
    entries,
    after,
    command: { caller: who.id, id: command.id.toLowerCase() },
    seq,
    until,
  })
  switch (appended.as) {
    case 'won':
      services.threads.put(after)
      for (const { kind } of entries) {
        if (isDecision(kind)) services.tally.decision(kind)
      }
      if (entries.length > 0) services.appended({ before, after, entries: entries as Entry[] })
      return { id: command.id, thread: after.id, seq }
    case 'known':
      return { id: command.id, thread: appended.thread, seq: appended.seq }
    case 'failed':
      throw appended.error
    default:
      return 'lost'
  }
}

/** What the bot can decide, as entries say it. */
const DECIDED: readonly string[] = ['answered', 'offered', 'replied', 'escalated']
const isDecision = (kind: string) => DECIDED.includes(kind)
