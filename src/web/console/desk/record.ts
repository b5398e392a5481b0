import type { EntryView } from '../../../protocol/entries.ts'

/** What this tab holds of one thread's record: gapless from seq 1, or not at all. */
export interface ThreadRecord {
  entries: readonly EntryView[]
  /** `loading` until the first replay met the live entries; `lost` when sight was lost. */
  state: 'loading' | 'live' | 'lost'
}

export const NO_RECORD: ThreadRecord = { entries: [], state: 'loading' }

export const headOf = (record: ThreadRecord): number => record.entries.length

/**
 * The next entry is appended; one that is known is ignored. `undefined`: there is a gap, the
 * thread has to be watched again from the head that we hold.
 */
export function append(record: ThreadRecord, entry: EntryView): ThreadRecord | undefined {
  if (entry.seq <= headOf(record)) return record
  if (entry.seq > headOf(record) + 1) return undefined
  return { ...record, entries: [...record.entries, entry] }
}

export const caughtUp = (record: ThreadRecord): ThreadRecord =>
  record.state === 'live' ? record : { ...record, state: 'live' }

/** The least recently opened ones beyond `most`, except the one on screen. */
export function toForget(opened: readonly string[], most: number): string[] {
  return opened.slice(0, Math.max(0, opened.length - most))
}
