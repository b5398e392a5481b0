import { tellingsOf } from '../outbox/tellings.ts'
import type { Entry } from '../protocol/entries.ts'
import { type Draft, type Head, link } from '../record/chain.ts'
import { evolve } from '../record/evolve.ts'
import type { Telling } from '../record/group.ts'
import type { Thread } from '../record/thread.ts'
import type { Services } from './services.ts'

/** What was decided on which head of a thread. */
interface Decided {
  before: Thread | null
  head: Head
  drafts: readonly Draft[]
  now: Date
  /** Whose command it was; null for what the system does by itself. */
  command: { caller: string; id: string } | null
  /** When the caller stops waiting, by `performance.now()`. */
  until?: number
  /** The entry that the ack names, where nothing is written. */
  named?: number
}

/** Where it stands: the thread, and the first entry of the group. */
interface Committed {
  thread: string
  seq: number
}

/** A command as it is remembered; ids are compared without regard to case. */
export const identityOf = (who: { id: string }, command: { id: string }) => ({
  caller: who.id,
  id: command.id.toLowerCase(),
})

/** The head of a thread, to link onto. */
export const headOf = ({ id, seq, head, at }: Thread): Head => ({ thread: id, seq, hash: head, at })

/**
 * Links the drafts, appends them as one group and hands the news on after the commit.
 * `lost`: another writer moved the thread, so it must be decided again.
 * @throws Unavailable when nothing could be stored
 */
export async function commit(services: Services, decided: Decided): Promise<Committed | 'lost'> {
  const { before, head, drafts, now, command, until, named } = decided
  const entries = link(head, drafts, now, services.salt, services.digest)
  const { after, tellings } = folded(before, entries)
  const seq = named ?? head.seq + 1
  const appended = await services.writer.append({
    was: head.seq,
    entries,
    tellings,
    after,
    command,
    seq,
    ...(until === undefined ? {} : { until }),
  })
  switch (appended.as) {
    case 'won':
      services.threads.put(after)
      for (const { kind } of entries) {
        if (isDecision(kind)) services.tally.decision(kind)
      }
      if (entries.length > 0) services.appended({ before, after, entries: entries as Entry[] })
      return { thread: after.id, seq }
    case 'known':
      return { thread: appended.thread, seq: appended.seq }
    case 'failed':
      throw appended.error
    default:
      return 'lost'
  }
}

/** The thread with the entries, and who is to be told of each. */
function folded(before: Thread | null, entries: readonly Entry[]) {
  let thread = before
  const tellings: Telling[] = []
  for (const entry of entries) {
    const after = evolve(thread, entry)
    tellings.push(...tellingsOf(entry, thread, after))
    thread = after
  }
  if (thread === null) throw new Error('a command on no thread must open one')
  return { after: thread, tellings }
}

/** What the bot can decide, as entries say it. */
const DECIDED: readonly string[] = ['answered', 'offered', 'replied', 'escalated']
const isDecision = (kind: string) => DECIDED.includes(kind)
