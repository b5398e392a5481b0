import type { Api } from './api.ts'
import type { State } from './state.ts'

/** The first page of all threads (or of those with `list.q`), or the one after those here. */
export async function loadThreads(api: Api, state: () => State, more: boolean): Promise<State> {
  const { q, next: cursor, found = [] } = state().list
  try {
    const { items, next } = await api.threads({ q, cursor: more ? cursor : undefined })
    // Something else is looked for by now.
    if (state().list.q !== q) return state()
    const threads = { ...state().threads }
    for (const thread of items) threads[thread.id] = thread
    const ids = items.map(({ id }) => id)
    const list = { loaded: true, failed: false, next, q, found: more ? [...found, ...ids] : ids }
    return { ...state(), threads, list }
  } catch {
    return { ...state(), list: { ...state().list, failed: true } }
  }
}

/** The line of one thread that only its entries have told of so far. */
export async function loadThread(api: Api, state: () => State, id: string): Promise<State> {
  const summary = await api.thread(id).catch(() => undefined)
  if (!summary || state().threads[id]) return state()
  return { ...state(), threads: { ...state().threads, [id]: summary } }
}
