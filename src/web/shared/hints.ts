/** Tells `wake` when the network or the page's visibility changes; the result ends that. */
export type Hints = (wake: (hint: { seen: boolean }) => void) => () => void

export const browserHints: Hints = (wake) => {
  const heard = () => wake({ seen: document.visibilityState === 'visible' })
  window.addEventListener('online', heard)
  window.addEventListener('offline', heard)
  document.addEventListener('visibilitychange', heard)
  return () => {
    window.removeEventListener('online', heard)
    window.removeEventListener('offline', heard)
    document.removeEventListener('visibilitychange', heard)
  }
}
