import type { CommandInput } from '../../../protocol/commands.ts'
import type { EntryView } from '../../../protocol/entries.ts'

/** A reply or note that is not yet known to be stored. Its id stays, however often it is sent. */
export interface Outgoing {
  id: string
  type: 'say' | 'note'
  thread: string
  text: string
  at: number
  /** The entry that it becomes comes after this one. */
  after: number
  state: 'sending' | 'failed'
  why?: string
  /** Acknowledged: it is this entry. */
  seq?: number
}

export type Outbox = readonly Outgoing[]

export const asCommand = ({ type, id, thread, text }: Outgoing): CommandInput => ({
  type,
  id,
  thread,
  text,
})

export const change = (outbox: Outbox, id: string, to: Partial<Outgoing>): Outbox =>
  outbox.map((item) => (item.id === id ? { ...item, ...to } : item))

/**
 * One is stored as `seq`. The others of its thread are later entries then, so that the same
 * words written twice are never taken for this one.
 */
export function acked(outbox: Outbox, id: string, seq: number): Outbox {
  const thread = outbox.find((item) => item.id === id)?.thread
  return outbox.map((item) => {
    if (item.id === id) return { ...item, seq }
    return item.thread === thread ? { ...item, after: Math.max(item.after, seq) } : item
  })
}

/**
 * Drops what stands in the record: the acknowledged up to its head, and what an earlier page of
 * this tab left behind without hearing its ack.
 */
export function settle(outbox: Outbox, thread: string, entries: readonly EntryView[], me: string) {
  const left = outbox.filter((item) => {
    if (item.thread !== thread) return true
    if (item.seq !== undefined) return item.seq > entries.length
    return item.state === 'sending' || unseen([item], entries, me).length > 0
  })
  return left.length === outbox.length ? outbox : left
}

/** What to show below the record: an entry may come before its ack and must not stand twice. */
export function unseen(outbox: Outbox, entries: readonly EntryView[], me: string): Outgoing[] {
  const taken = new Set<number>()
  return outbox.filter((item) => {
    const found = entries.find(
      (entry) => entry.seq > item.after && !taken.has(entry.seq) && isEntryOf(item, entry, me),
    )
    if (found) taken.add(found.seq)
    return !found
  })
}

function isEntryOf(item: Outgoing, entry: EntryView, me: string): boolean {
  if (entry.kind === 'sealed' || entry.by.id !== me || !('body' in entry)) return false
  return entry.kind === (item.type === 'say' ? 'said' : 'noted') && entry.body.text === item.text
}
