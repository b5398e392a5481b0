import type { EntryView } from '../../../protocol/entries.ts'
import { type Log, lastSeq } from './log.ts'
import type { Outgoing } from './outgoing.ts'

/**
 * Words that still have to be shown beside the entries of a thread (`key`: its id, or
 * `ask:<command id>` before it has one). An entry may come before its ack and does not name the
 * command: an own entry with the same text, newer than the writing, is taken for it.
 */
export function waitingFor(
  outbox: readonly Outgoing[],
  key: string,
  log: Log | undefined,
  me: string | undefined,
): Outgoing[] {
  const ask = key.startsWith('ask:') ? key.slice(4) : undefined
  const here = outbox.filter(({ id, thread, ask: of }) =>
    ask === undefined ? thread === key : id === ask || of === ask,
  )
  const claimed = new Set<number>()
  return here.filter((item) => {
    if (item.seq !== undefined) return item.seq > lastSeq(log)
    const twin = log?.entries.find(
      (entry) => entry.seq > item.base && !claimed.has(entry.seq) && isTwin(entry, item, me),
    )
    if (twin) claimed.add(twin.seq)
    return !twin
  })
}

function isTwin(entry: EntryView, item: Outgoing, me: string | undefined): boolean {
  if (!('body' in entry) || entry.by.id !== me) return false
  const kind = { ask: 'asked', say: 'said', reopen: 'reopened' }[item.type]
  const { text = '', files = [] } = entry.body as { text?: string; files?: readonly unknown[] }
  return entry.kind === kind && text === item.text && files.length === (item.files?.length ?? 0)
}
