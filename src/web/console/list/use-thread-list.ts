import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { Summary } from '../../../protocol/http.ts'
import { useConsole, useDesk } from '../shell/console-context.ts'
import { START, step, type ThreadList } from './list-state.ts'
import type { List } from './lists.ts'

/** Threads that do not concern this person send no news; lists look again this often. */
const AGAIN_MS = 60_000
const SETTLE_MS = 400
const PAGE = 50

export interface UsedList extends ThreadList {
  more(): void
  reload(): void
}

/** A list over HTTP: its first pages, kept fresh while the page is looked at. */
export function useThreadList(list: List, q: string, enabled: boolean): UsedList {
  const { api, desk } = useConsole()
  const [state, dispatch] = useReducer(step, START)
  const latest = useRef(state)
  latest.current = state
  const running = useRef<AbortController>(undefined)

  const fetchPage = useCallback(
    async (kind: 'first' | 'again' | 'more') => {
      running.current?.abort()
      const control = new AbortController()
      running.current = control
      dispatch({ type: 'asked', kind })
      const { ids, next } = latest.current
      try {
        const limit = kind === 'again' ? Math.max(PAGE, ids.length) : PAGE
        const cursor = kind === 'more' && next ? { cursor: next } : {}
        const page = await api.threads({ ...queryOf(list, q), limit, ...cursor }, control.signal)
        if (control.signal.aborted) return
        desk.learn(page.items)
        dispatch({ type: 'came', kind, ids: page.items.map(idOf), next: page.next })
      } catch {
        if (!control.signal.aborted) dispatch({ type: 'failed' })
      }
    },
    [api, desk, list, q],
  )

  useEffect(() => {
    if (!enabled) return
    void fetchPage('first')
    return () => running.current?.abort()
  }, [enabled, fetchPage])
  useFreshness(enabled, () => void fetchPage('again'))
  return { ...state, more: () => void fetchPage('more'), reload: () => void fetchPage('first') }
}

const queryOf = ({ view, state }: List, q: string) => ({
  view,
  ...(state && { state }),
  ...(q && { q }),
})

const idOf = (summary: Summary) => summary.id

/** Looks again after a reconnect, when a thread changed hands, and now and then. */
function useFreshness(enabled: boolean, again: () => void): void {
  const staleness = useDesk((state) => state.staleness)
  const latest = useRef(again)
  latest.current = again
  const seen = useRef(staleness)
  useEffect(() => {
    if (!enabled || seen.current === staleness) return
    seen.current = staleness
    const timer = setTimeout(() => latest.current(), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [enabled, staleness])
  useEffect(() => {
    if (!enabled) return
    const look = () => {
      if (document.visibilityState === 'visible') latest.current()
    }
    const timer = setInterval(look, AGAIN_MS)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [enabled])
}
