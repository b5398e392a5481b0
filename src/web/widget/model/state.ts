import type { Me, Summary } from '../../../protocol/http.ts'
import type { Status } from '../../shared/connection.ts'
import type { Files } from './attachments.ts'
import { type Log, lastSeq } from './log.ts'
import type { Outgoing, OutgoingFile } from './outgoing.ts'

/** `key` is a thread's id, or the id of an `ask` that is still on its way. */
export type View = { page: 'home' } | { page: 'mine' } | { page: 'thread'; key: string }

/** The pages beside the first one, in a chunk that comes after it. */
export type Pages = typeof import('../parts/pages.ts')

export interface State {
  pages: Pages | undefined
  files: Files | undefined
  open: boolean
  status: Status | 'new'
  /** Why the connection is away, as `Connection` says it. */
  why: string | undefined
  /** The line was up at least once: being away is then news, before it is only starting. */
  wasOnline: boolean
  me: Me | undefined
  /** It is known whose browser this is: what was left here can be read. */
  who: boolean
  /** Questions about the host page's topic. */
  examples: readonly string[] | undefined
  view: View
  threads: Readonly<Record<string, Summary>>
  logs: Readonly<Record<string, Log>>
  outbox: readonly Outgoing[]
  /** Files chosen but not yet sent, by the place where they will be. */
  picked: Readonly<Record<string, readonly OutgoingFile[]>>
  /** Names of desks by id, as far as anybody told. */
  desks: Readonly<Record<string, string>>
  /** Who is writing, and until when that is believed. */
  typing: { thread: string; name: string; until: number } | undefined
  /** How far the owner has read each thread. */
  readByOwner: Readonly<Record<string, number>>
  /** The list of all threads: where it goes on, and whether it could not be got. */
  list: {
    loaded: boolean
    next: string | undefined
    failed: boolean
    /** What is looked for; empty: all. */
    q: string
    /** Ids of what was found; undefined before the first answer. */
    found: readonly string[] | undefined
  }
  /** Counts what the person did: what follows from it should be seen. */
  moves: number
  /** Shown once above the composer; a refusal's words. */
  trouble: string | undefined
  now: Date
}

export const INITIAL: State = {
  pages: undefined,
  files: undefined,
  open: false,
  status: 'new',
  why: undefined,
  wasOnline: false,
  me: undefined,
  who: false,
  examples: undefined,
  view: { page: 'home' },
  threads: {},
  logs: {},
  outbox: [],
  picked: {},
  desks: {},
  typing: undefined,
  readByOwner: {},
  list: { loaded: false, next: undefined, failed: false, q: '', found: undefined },
  moves: 0,
  trouble: undefined,
  now: new Date(0),
}

/** The thread that the view shows; undefined while its `ask` has no answer yet. */
export function threadOf(state: State): string | undefined {
  return state.view.page === 'thread' && state.logs[state.view.key] ? state.view.key : undefined
}

export function isUnread(thread: Summary): boolean {
  return thread.seq > thread.read
}

/** Newest first. */
export function sortThreads(threads: readonly Summary[]): Summary[] {
  return [...threads].sort((a, b) => (a.at < b.at ? 1 : -1))
}

/** Not yet closed: listed on the first page, and a reason to listen for replies. */
export function ongoing(state: State): Summary[] {
  return sortThreads(Object.values(state.threads).filter((thread) => thread.state !== 'closed'))
}

/** What is here already of each thread; the one on the screen first. */
export function resumeOf(state: State): Record<string, number> {
  const open = threadOf(state)
  const known = Object.keys(state.logs).sort((a) => (a === open ? -1 : 1))
  return Object.fromEntries(known.map((thread) => [thread, lastSeq(state.logs[thread])]))
}

export function withoutThread(state: State, thread: string, trouble: string): State {
  const { [thread]: _, ...logs } = state.logs
  const { [thread]: __, ...threads } = state.threads
  const shown = state.view.page === 'thread' && state.view.key === thread
  return { ...state, logs, threads, trouble, view: shown ? { page: 'home' } : state.view }
}
