import { useSyncExternalStore } from 'react'

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => window.matchMedia(query).matches,
  )
}

/** One panel at a time. The same widths stand in `console.css`. */
export const PHONE = '(max-width: 767px)'
/** No room for the side panel beside the thread. */
export const NARROW = '(max-width: 1199px)'
