/** How one socket follows one thread. */
export interface Subscription {
  /** The last entry sent; the next one is `cursor + 1`. */
  cursor: number
  /**
   * `named`: `welcome` will name it, and only then may news be sent. `live`: news is sent as it
   * comes. `loading`: a page is being read from the record. `paged`: a page was sent, and the
   * client has to ask for the next.
   */
  phase: 'named' | 'live' | 'loading' | 'paged'
  /** The highest number that is known to exist. */
  head: number
}

export const follow = (cursor: number, phase: Subscription['phase'] = 'live'): Subscription => ({
  cursor,
  phase,
  head: cursor,
})

/** What to do with an entry that has just come. */
export function onNews(sub: Subscription, seq: number): 'send' | 'skip' | 'catch-up' {
  sub.head = Math.max(sub.head, seq)
  if (sub.phase !== 'live' || seq <= sub.cursor) return 'skip'
  if (seq > sub.cursor + 1) return 'catch-up'
  sub.cursor = seq
  return 'send'
}
