import type { CommandInput } from '../../../protocol/commands.ts'

/** A file on its way: its bytes until it has arrived, and then its id too. */
export interface OutgoingFile {
  key: string
  name: string
  type: string
  blob: Blob
  id?: string
}

/** Words on their way. They are stored before they are sent and go under one id, however often. */
export interface Outgoing {
  id: string
  type: 'ask' | 'say' | 'reopen'
  text: string
  files?: readonly OutgoingFile[]
  at: string
  /** Absent while the `ask` that opens the thread is itself on its way: then `ask` names it. */
  thread?: string
  ask?: string
  /** Last seq on the screen when it was written: an entry after it may be this one. */
  base: number
  /** Why it was refused; waits for the person. */
  failed?: string
  /** How much of its files has arrived, from 0 to 1; never stored. */
  done?: number
  /** Acknowledged under this seq; shown until the entry itself is here. */
  seq?: number
}

export function commandOf({ id, type, text, thread, files }: Outgoing): CommandInput {
  if (type === 'reopen') return { type, id, thread: thread!, text }
  const ids = files?.map((file) => file.id!)
  const more = { id, text, ...(ids?.length && { files: ids }) }
  return type === 'ask' ? { type, ...more } : { type, thread: thread!, ...more }
}

/** As it is stored, and as it starts again. */
export function fresh({ failed: _, done: __, ...item }: Outgoing): Outgoing {
  return item
}

/** Its files have to go again: what was sent of them lay unused for too long. */
export function withoutFileIds(item: Outgoing): Outgoing {
  return { ...item, files: (item.files ?? []).map(({ id: _, ...file }) => file) }
}
