import { useSyncExternalStore } from 'react'

/** `#/mine/<thread>`: the browser's back button closes a thread on a phone; a reload keeps it. */
export interface Route {
  list: string
  thread?: string
}

export function parseRoute(hash: string): Route | undefined {
  const [list, thread] = hash.replace(/^#\/?/, '').split('/')
  if (!list) return undefined
  try {
    return { list, ...(thread && { thread: decodeURIComponent(thread) }) }
  } catch {
    return { list }
  }
}

export const hashOf = ({ list, thread }: Route): string =>
  `#/${list}${thread ? `/${encodeURIComponent(thread)}` : ''}`

/** `replace`: moving along a list leaves no trail of back steps. */
export function go(route: Route, replace = false): void {
  if (location.hash === hashOf(route)) return
  if (!replace) location.hash = hashOf(route)
  else {
    history.replaceState(null, '', hashOf(route))
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  }
}

const onHash = (changed: () => void) => {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

export function useRoute(fallback: string): Route {
  const hash = useSyncExternalStore(onHash, () => location.hash)
  return parseRoute(hash) ?? { list: fallback }
}
