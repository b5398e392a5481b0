import { createContext, useContext, useEffect, useState } from 'react'

/** Clocks are told in minutes: a quarter of one is soon enough. */
const TICK_MS = 15_000

const Now = createContext(0)
export const NowProvider = Now.Provider

/** Server time as of the last tick, for everything that says how long something takes. */
export const useNow = (): number => useContext(Now)

/** `skew`: server time minus ours. */
export function useTicking(skew: number): number {
  const [ours, setOurs] = useState(() => Date.now())
  useEffect(() => {
    const tick = () => setOurs(Date.now())
    const timer = setInterval(tick, TICK_MS)
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [])
  return ours + skew
}
