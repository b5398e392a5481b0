import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { LIMITS } from '../../../protocol/frames.ts'
import { Icon } from './icons.tsx'
import { useModel } from './model-context.ts'
import { Suggestions, useSuggestions } from './suggestions.tsx'

const TEXT_MAX: typeof LIMITS.text = 4000
/** From here on the rest is counted down. */
const NEAR_MAX = 3600

export interface ComposerProps {
  text: string
  setText(text: string): void
  placeholder: string
  /** Where the words go: files chosen for it stay with it. Absent: no files here. */
  place?: string
  /** Files may go without a word. */
  wordless?: boolean
  /** Offers similar questions: only where the machine would answer. */
  suggest: boolean
  onSend(text: string): void
  onTyping?(): void
  hint?: string
  onCancel?(): void
  field: { current: HTMLTextAreaElement | null }
}

/** Where people write: Enter sends, Shift+Enter breaks the line, an IME's Enter does neither. */
export function Composer(props: ComposerProps) {
  const { text, setText, placeholder, suggest, onSend, onTyping, hint, onCancel, field } = props
  const { place, wordless } = props
  const model = useModel()
  const { words, state } = model
  const { widget } = words
  const [hidden, setHidden] = useState('')
  const box = useRef<HTMLFormElement>(null)
  const length = [...text].length
  const found = useSuggestions(text, suggest && hidden !== text)
  const picked = (place !== undefined && state.picked[place]) || []
  const said = text.trim() !== '' || (wordless && picked.length > 0)
  const sendable = said && length <= TEXT_MAX
  useGrow(field, text)

  const send = (said: string) => {
    setText('')
    onSend(said)
    field.current?.focus({ preventScroll: true })
  }
  const submit = (event: Event) => {
    event.preventDefault()
    if (sendable) send(text.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // 229: the key went to an input method; Safari says so only by this number.
    if (event.isComposing || event.keyCode === 229) return
    if (event.key === 'Enter' && !event.shiftKey) submit(event)
    else if (event.key === 'Escape' && found.length > 0) {
      event.stopPropagation()
      setHidden(text)
    } else if (event.key === 'ArrowUp' && found.length > 0 && !text.includes('\n')) {
      event.preventDefault()
      const picks = box.current?.querySelectorAll<HTMLElement>('.pick')
      picks?.[picks.length - 1]?.focus()
    }
  }
  const pick = (files: FileList | null | undefined) => {
    if (place === undefined || !files?.length) return false
    void model.files.pick(place, [...files])
    return true
  }
  return (
    <form class="composer" ref={box} onSubmit={submit}>
      <Suggestions
        found={found}
        onPick={send}
        onHide={() => {
          setHidden(text)
          field.current?.focus({ preventScroll: true })
        }}
      />
      <p class={state.trouble ? 'trouble' : 'hidden'} role="alert">
        {state.trouble}
      </p>
      {hint && (
        <p class="hint">
          {hint}
          <button type="button" class="inline" onClick={onCancel}>
            {widget.cancel}
          </button>
        </p>
      )}
      {place !== undefined && state.files && <state.files.Tray place={place} />}
      <div class="row">
        {place !== undefined && <Attach onPick={pick} />}
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={placeholder}
          aria-label={placeholder}
          aria-describedby="count"
          enterkeyhint="send"
          onKeyDown={onKeyDown}
          onPaste={(event) => pick(event.clipboardData?.files) && event.preventDefault()}
          onInput={(event) => {
            setText(event.currentTarget.value)
            onTyping?.()
          }}
        />
        <button type="submit" class="send" aria-label={widget.send} disabled={!sendable}>
          <Icon name="send" />
        </button>
      </div>
      <p id="count" class={length > TEXT_MAX ? 'count over' : 'count'} role="status">
        {length > TEXT_MAX
          ? widget.over(length - TEXT_MAX)
          : length >= NEAR_MAX && widget.left(TEXT_MAX - length)}
      </p>
    </form>
  )
}

/** A camera on phones, a file dialog elsewhere; `accept` lets both offer what the server takes. */
function Attach({ onPick }: { onPick(files: FileList | null): unknown }) {
  const { widget } = useModel().words
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        class="round"
        aria-label={widget.attach}
        onClick={() => input.current?.click()}
      >
        <Icon name="attach" />
      </button>
      <input
        ref={input}
        class="hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        accept="image/*,.heic,.pdf,.docx,.xlsx,.zip"
        onChange={(event) => {
          onPick(event.currentTarget.files)
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

/** As tall as its words, up to what the style sheet allows. */
function useGrow(field: { current: HTMLTextAreaElement | null }, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words are what changes the height
  useLayoutEffect(() => {
    const area = field.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight + 2}px`
  }, [text, field])
}
