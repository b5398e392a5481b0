import type { EntryView } from '../../../protocol/entries.ts'

/** The entries of one thread from seq 1 on, without a gap. */
export interface Log {
  entries: readonly EntryView[]
  /** The replay has reached the head once: from here on, what comes is news. */
  caughtUp: boolean
}

export const EMPTY_LOG: Log = { entries: [], caughtUp: false }

export const lastSeq = (log: Log | undefined) => log?.entries.length ?? 0

/** Undefined where an entry between is missing; the same log where it is here already. */
export function appendEntry(log: Log, entry: EntryView): Log | undefined {
  const last = lastSeq(log)
  if (entry.seq <= last) return log
  if (entry.seq > last + 1) return undefined
  return { ...log, entries: [...log.entries, entry] }
}
