import { useEffect, useState } from 'react'

const PAUSE_MS = 300

/** A text that somebody is writing, once they pause; at once when they clear it. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), text === '' ? 0 : PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
