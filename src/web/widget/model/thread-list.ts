import type { Api } from './api.ts'
import type { State } from './state.ts'

/** The first page of all threads, or the one after those that are here. */
export async function loadThreads(api: Api, state: () => State, more: boolean): Promise<State> {
  try {
    const { items, next } = await api.threads(more ? state().list.next : undefined)
    const threads = { ...state().threads }
    for (const thread of items) threads[thread.id] = thread
    return { ...state(), threads, list: { loaded: true, failed: false, next } }
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
