import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** So near the end counts as at the end, px. */
const NEAR = 48

/**
 * Keeps a growing list at its end for whoever is at the end, and leaves everybody else where
 * they read. `onSeen` runs when the end is on the screen of a page that is looked at.
 */
export function useBottom(length: number, onSeen: () => void) {
  const box = useRef<HTMLElement>(null)
  const atEnd = useRef(true)
  const [away, setAway] = useState(false)
  const latest = useRef(onSeen)
  latest.current = onSeen

  const seen = useCallback(() => {
    if (atEnd.current && document.visibilityState === 'visible') latest.current()
  }, [])
  const toEnd = useCallback(() => {
    const element = box.current
    if (element) element.scrollTop = element.scrollHeight
  }, [])

  // Runs after every change of length: stay at the end, or say that there is something below.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `length` is what it waits for
  useLayoutEffect(() => {
    if (atEnd.current) {
      toEnd()
      seen()
    } else setAway(true)
  }, [length, toEnd, seen])

  useEffect(() => {
    const element = box.current
    if (!element) return
    const scrolled = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR
      if (!atEnd.current) return
      setAway(false)
      seen()
    }
    return listen(element, { scrolled, seen, resized: () => atEnd.current && toEnd() })
  }, [seen, toEnd])
  return { box, away, toEnd }
}

interface Heard {
  scrolled(): void
  /** The composer grew, the keyboard opened. */
  resized(): void
  /** The page is looked at again. */
  seen(): void
}

function listen(element: HTMLElement, { scrolled, resized, seen }: Heard): () => void {
  const observer = new ResizeObserver(resized)
  observer.observe(element)
  element.addEventListener('scroll', scrolled, { passive: true })
  document.addEventListener('visibilitychange', seen)
  return () => {
    observer.disconnect()
    element.removeEventListener('scroll', scrolled)
    document.removeEventListener('visibilitychange', seen)
  }
}
