import { useRef, useState } from 'preact/hooks'
import { useModel } from './model-context.ts'

/** The words being written in each place, kept over a reload. */
export function useDraft(place: string): [string, (text: string) => void] {
  const model = useModel()
  const [texts, setTexts] = useState<Record<string, string>>({})
  const drawer = useRef(model.drafts)
  if (drawer.current !== model.drafts) {
    // Only now do we know whose drafts to take; what is typed already wins.
    drawer.current = model.drafts
    for (const [key, text] of Object.entries(texts)) if (text) model.drafts.put(key, text)
  }
  const text = texts[place] ?? model.drafts.get(place) ?? ''
  const setText = (next: string) => {
    if (next === '') model.drafts.remove(place)
    else model.drafts.put(place, next)
    setTexts((all) => ({ ...all, [place]: next }))
  }
  return [text, setText]
}
