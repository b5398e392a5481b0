import type { EntryView } from '../../../protocol/entries.ts'
import { type ThreadView, viewThread } from '../../shared/thread-view.ts'
import type { Log } from './log.ts'

const views = new WeakMap<readonly EntryView[], ThreadView>()

/** The view of a log, computed once for each state of it. */
export function viewOf(log: Log, me: string | undefined): ThreadView {
  let view = views.get(log.entries)
  if (!view) {
    view = viewThread(log.entries, me)
    views.set(log.entries, view)
  }
  return view
}
