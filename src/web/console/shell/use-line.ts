import { useEffect, useState } from 'react'
import { useDesk } from './console-context.ts'

export type Line = 'connecting' | 'online' | 'again' | 'offline' | 'ended'

/** A hiccup is called “reconnecting” for this long; after it, people are told that they are offline. */
const HICCUP_MS = 6000

export function useLine(): Line {
  const status = useDesk((state) => state.status)
  const wasOnline = useDesk((state) => state.staleness > 0)
  const lost = status === 'connecting' || status === 'offline'
  const [long, setLong] = useState(false)
  useEffect(() => {
    setLong(false)
    if (!lost) return
    const timer = setTimeout(() => setLong(true), HICCUP_MS)
    return () => clearTimeout(timer)
  }, [lost])
  if (!lost) return status
  if (long || !navigator.onLine) return 'offline'
  return wasOnline ? 'again' : 'connecting'
}
