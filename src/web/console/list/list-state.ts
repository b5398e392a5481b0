/** What a list over HTTP shows: ids in order; the rows read the newest summary of each. */
export interface ThreadList {
  ids: readonly string[]
  next: string | undefined
  phase: 'loading' | 'ready' | 'more' | 'failed'
}

export const START: ThreadList = { ids: [], next: undefined, phase: 'loading' }

/** `first`: another list or search; `again`: the same, fresher; `more`: its next page. */
type Kind = 'first' | 'again' | 'more'

export type Step =
  | { type: 'asked'; kind: Kind }
  | { type: 'came'; kind: Kind; ids: readonly string[]; next: string | undefined }
  | { type: 'failed' }

export function step(list: ThreadList, event: Step): ThreadList {
  switch (event.type) {
    case 'asked':
      if (event.kind === 'first') return START
      return event.kind === 'more' ? { ...list, phase: 'more' } : list
    case 'came': {
      const known = new Set(list.ids)
      const ids =
        event.kind === 'more'
          ? [...list.ids, ...event.ids.filter((id) => !known.has(id))]
          : event.ids
      return { ids, next: event.next, phase: 'ready' }
    }
    case 'failed':
      return { ...list, phase: 'failed' }
  }
}

/** The row to go to from `selected` by j (+1) or k (-1); the first where nothing is selected. */
export function neighbour(ids: readonly string[], selected: string | undefined, by: 1 | -1) {
  const at = selected === undefined ? -1 : ids.indexOf(selected)
  if (at === -1) return ids[0]
  return ids[Math.min(ids.length - 1, Math.max(0, at + by))]
}
