import type { EntryView } from '../../../protocol/entries.ts'
import type { ServerFrame } from '../../../protocol/frames.ts'
import type { Summary } from '../../../protocol/http.ts'
import { appendEntry, EMPTY_LOG, type Log, lastSeq } from './log.ts'
import type { State } from './state.ts'

type FrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>

/** How long a “is typing” is believed without another one. */
export const TYPING_MS = 6000

/** What a server frame changes; pure. What it makes us send stands in `Chat`. */
export function applyFrame(state: State, frame: ServerFrame, now: Date): State {
  switch (frame.type) {
    case 'welcome':
      return welcome(state, frame)
    case 'entry':
      return entry(state, frame, now)
    case 'watched':
      return watched(state, frame)
    case 'typing':
      if (frame.by.role === 'enterprise') return state
      return {
        ...state,
        typing: {
          thread: frame.thread,
          name: frame.by.name ?? '',
          until: now.getTime() + TYPING_MS,
        },
      }
    case 'read': {
      const seq = Math.max(frame.seq, state.readByOwner[frame.thread] ?? 0)
      if (frame.by.role === 'enterprise') return state
      return { ...state, readByOwner: { ...state.readByOwner, [frame.thread]: seq } }
    }
    default:
      return state
  }
}

function welcome(state: State, frame: FrameOf<'welcome'>): State {
  const threads = { ...state.threads }
  for (const thread of frame.threads) threads[thread.id] = thread
  const desks = { ...state.desks }
  for (const { id, name } of frame.desks ?? []) desks[id] = name
  return { ...state, me: frame.me, threads, desks, wasOnline: true }
}

function entry(state: State, frame: FrameOf<'entry'>, now: Date): State {
  const { type: _, ...rest } = frame
  const entry = rest as EntryView
  const log = state.logs[frame.thread] ?? (frame.seq === 1 ? EMPTY_LOG : undefined)
  const appended = log && appendEntry(log, entry)
  const logs = appended ? { ...state.logs, [frame.thread]: appended } : state.logs
  const typing =
    state.typing?.thread === frame.thread && 'by' in frame && frame.by.role !== 'enterprise'
      ? undefined
      : state.typing
  return refreshSummary({ ...state, logs, typing, now }, frame)
}

/** A thread's line in the list follows its entries, so that it need not be fetched again. */
function refreshSummary(state: State, frame: FrameOf<'entry'>): State {
  const old = state.threads[frame.thread]
  if (!old || frame.seq <= old.seq) return state
  const log = state.logs[frame.thread]
  const mine = 'by' in frame && frame.by.id === state.me?.id
  const silent = frame.kind === 'sealed' || mine
  const wasRead = old.read >= old.seq
  const summary: Summary = {
    ...old,
    seq: frame.seq,
    at: frame.at,
    // What we wrote ourselves, and what we cannot see, is no news.
    read: silent && wasRead ? frame.seq : old.read,
    ...(log && lastSeq(log) === frame.seq && fromLog(log, state)),
  }
  return { ...state, threads: { ...state.threads, [frame.thread]: summary } }
}

function fromLog(log: Log, state: State): Partial<Summary> {
  const view = state.pages?.viewOf(log, state.me?.id)
  if (!view) return {}
  const { state: threadState, owner, firstResponder, desk } = view
  return {
    state: threadState,
    ...(owner && { owner }),
    ...(firstResponder && { firstResponder }),
    ...(desk && { desk }),
  }
}

function watched(state: State, frame: FrameOf<'watched'>): State {
  const log = state.logs[frame.thread] ?? EMPTY_LOG
  if (frame.seq < frame.head || log.caughtUp) return state
  return { ...state, logs: { ...state.logs, [frame.thread]: { ...log, caughtUp: true } } }
}
