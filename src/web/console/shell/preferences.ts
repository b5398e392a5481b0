import { useSyncExternalStore } from 'react'

export type SendOn = 'mod-enter' | 'enter'

const KEY = 'shouwen.sendOn'
const listeners = new Set<() => void>()

const read = (): SendOn => (localStorage.getItem(KEY) === 'enter' ? 'enter' : 'mod-enter')

export function setSendOn(value: SendOn): void {
  localStorage.setItem(KEY, value)
  for (const listener of listeners) listener()
}

/** Which key sends; kept in this browser. */
export function useSendOn(): SendOn {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, read)
}
