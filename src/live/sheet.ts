import type { StoredEntry } from '../protocol/entries.ts'
import { isSealed, type Sight, viewOf } from '../record/sight.ts'

/** News of a thread as text, made once for each sight and not once for each reader. */
export interface Sheet {
  readonly entries: readonly StoredEntry[]
  frame(index: number, sight: Exclude<Sight, null>): string
}

export const entryFrame = (
  entry: StoredEntry,
  sight: Exclude<Sight, null>,
  names: ReadonlyMap<string, string>,
) =>
  JSON.stringify({
    type: 'entry',
    ...viewOf(entry, sight, entry.by.role === 'enterprise' ? names.get(entry.by.id) : undefined),
  })

export function createSheet(
  entries: readonly StoredEntry[],
  names: ReadonlyMap<string, string>,
): Sheet {
  const made = new Map<string, string>()
  return {
    entries,
    frame(index, sight) {
      const entry = entries[index]!
      // what is not sealed reads the same for an enterprise and for the bureau
      const key = sight === 'masked' || isSealed(entry) ? `${sight} ${index}` : `${index}`
      const known = made.get(key)
      if (known !== undefined) return known
      const text = entryFrame(entry, sight, names)
      made.set(key, text)
      return text
    },
  }
}
