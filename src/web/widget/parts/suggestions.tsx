import { useEffect, useState } from 'preact/hooks'
import type { Suggestion } from '../model/api.ts'
import { Icon } from './icons.tsx'
import { useModel, useWords } from './model-context.ts'

const PAUSE_MS = 250
const SHORTEST = 2
const LONGEST = 120

/** Similar questions for what is being typed; an empty list while there is nothing to say. */
export function useSuggestions(text: string, wanted: boolean): readonly Suggestion[] {
  const { api } = useModel()
  const [found, setFound] = useState<readonly Suggestion[]>([])
  const q = text.trim()
  const ask = wanted && q.length >= SHORTEST && q.length <= LONGEST
  useEffect(() => {
    if (!ask) return setFound([])
    const abort = new AbortController()
    const timer = setTimeout(() => {
      api.suggest(q, abort.signal).then(setFound, () => {})
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [q, ask, api])
  return ask ? found : []
}

interface Props {
  found: readonly Suggestion[]
  onPick(question: string): void
  onHide(): void
}

/** Between the record and the composer; arrows move, Enter asks, Escape goes back to typing. */
export function Suggestions({ found, onPick, onHide }: Props) {
  const { widget } = useWords()
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.pick')]
    const at = buttons.indexOf(event.target as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key]
    if (event.key === 'Escape' || to === buttons.length) onHideOrBack(event)
    else if (to !== undefined) {
      event.preventDefault()
      buttons[Math.max(to, 0)]?.focus()
    }
  }
  const onHideOrBack = (event: KeyboardEvent) => {
    event.preventDefault()
    event.stopPropagation()
    onHide()
  }
  return (
    <fieldset class="suggestions" aria-label={widget.suggestions} onKeyDown={onKeyDown}>
      {found.length > 0 && (
        <>
          <p>
            {widget.suggestions}
            <button type="button" class="hide" aria-label={widget.suggestionsHide} onClick={onHide}>
              <Icon name="close" />
            </button>
          </p>
          <ul>
            {found.map(({ id, question }) => (
              <li key={id}>
                <button type="button" class="pick" onClick={() => onPick(question)}>
                  {question}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <span class="hidden" role="status">
        {found.length > 0 && widget.suggestionsFound(found.length)}
      </span>
    </fieldset>
  )
}
