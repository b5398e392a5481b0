import { useCallback, useState } from 'react'
import { useConsole } from '../shell/console-context.ts'
import { type Draft, keepDraft, loadDraft, type Mode, withText } from './drafts.ts'

export interface UsedDraft {
  draft: Draft
  write(mode: Mode, text: string): void
  add(mode: Mode, text: string): void
}

/** The unfinished reply and note of one thread. */
export function useDraft(thread: string): UsedDraft {
  const { me } = useConsole()
  const [draft, setDraft] = useState(() => loadDraft(sessionStorage, me.id, thread))
  const change = useCallback(
    (mode: Mode, to: (text: string) => string) =>
      setDraft((was) => {
        const next = { ...was, [mode]: to(was[mode]) }
        keepDraft(sessionStorage, me.id, thread, next)
        return next
      }),
    [me.id, thread],
  )
  return {
    draft,
    write: (mode, text) => change(mode, () => text),
    add: (mode, text) => change(mode, (before) => withText(before, text)),
  }
}
