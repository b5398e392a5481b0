import type { Entry } from '../protocol/entries.ts'
import type { Thread } from './thread.ts'

/** All that one command writes: whole or not at all. */
export interface Group {
  /** Number of the entry before the first of these; 0 for a new thread. */
  was: number
  /** Of one thread and one moment, in order. */
  entries: readonly Entry[]
  /** The thread with these entries folded in. */
  after: Thread
  /** Whose command it was; null for what the system does by itself. */
  command: { caller: string; id: string } | null
  /** The number that the ack names. */
  seq: number
  /** When its caller stops waiting, by `performance.now()`: it must not be stored after that. */
  until?: number
}

/** Files that a group's entries carry. */
export const filesOf = ({ entries }: Group): string[] =>
  entries.flatMap(({ body }) => ('files' in body ? (body.files ?? []).map(({ id }) => id) : []))
