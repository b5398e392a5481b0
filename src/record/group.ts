import type { Entry } from '../protocol/entries.ts'
import type { Audience, Event } from '../protocol/vocabulary.ts'
import type { Recipient } from '../protocol/webhooks.ts'
import type { Thread } from './thread.ts'

/** Somebody outside who is to be told of an entry. */
export interface Telling {
  seq: number
  audience: Audience
  event: Event
  to: readonly Recipient[]
}

/** All that one command writes: whole or not at all. */
export interface Group {
  /** Number of the entry before the first of these; 0 for a new thread. */
  was: number
  /** Of one thread and one moment, in order. */
  entries: readonly Entry[]
  /** What of it leaves through the outbox. */
  tellings: readonly Telling[]
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
