export type Mode = 'reply' | 'note'
/** A note has a text of its own, so that it can never slip out as a reply. */
export type Draft = Record<Mode, string>

export const NO_DRAFT: Draft = { reply: '', note: '' }

const keyOf = (person: string, thread: string) => `shouwen.draft.${person}.${thread}`

/** Drafts of this tab; they outlive a reload and a session that ended, not the tab. */
export function loadDraft(storage: Storage, person: string, thread: string): Draft {
  try {
    const kept = JSON.parse(storage.getItem(keyOf(person, thread)) ?? '{}') as Partial<Draft>
    return { reply: String(kept.reply ?? ''), note: String(kept.note ?? '') }
  } catch {
    return NO_DRAFT
  }
}

export function keepDraft(storage: Storage, person: string, thread: string, draft: Draft): void {
  if (draft.reply === '' && draft.note === '') storage.removeItem(keyOf(person, thread))
  else storage.setItem(keyOf(person, thread), JSON.stringify(draft))
}

/** Adds a block of text to what stands there already. */
export const withText = (before: string, text: string): string =>
  before.trim() === '' ? text : `${before.trimEnd()}\n\n${text}`

/** In code points, the unit of the contract's limits (`protocol/ids.ts` would bring a schema library). */
export const lengthOf = (text: string): number => Array.from(text).length
