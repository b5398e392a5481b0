import { useState } from 'preact/hooks'
import type { ItemOf } from '../../shared/thread-items.ts'
import { useModel } from './model-context.ts'
import { type Part, printSheet } from './print.ts'
import { allWords } from './record-words.ts'

const KEPT_MS = 60_000

/** 一次性告知单: a list to be ticked off at one's own desk, printed and taken along. */
export function Notice({ item, thread }: { item: ItemOf<'notice'>; thread: string }) {
  const model = useModel()
  const { widget } = allWords()
  const { items, steps, window: where, limit } = item.notice
  const [ticked, tick] = useTicks(`${thread}:${item.seq}`)
  const mark = (i: number) => (ticked.includes(i) ? '☑' : '☐')
  const parts: Part[] = [
    { title: widget.noticeItems, text: items.map((one, i) => `${mark(i)} ${one}`).join('\n') },
    { title: widget.noticeSteps, text: steps.map((one, i) => `${i + 1}. ${one}`).join('\n') },
    { title: widget.noticeWindow, text: where },
    { title: widget.noticeLimit, text: limit },
  ].filter(({ text }) => text !== '')
  const print = () => {
    if (!printSheet(widget.notice, parts)) model.set({ trouble: widget.printBlocked })
  }
  return (
    <article class="card person">
      <header class="by">
        <b>{widget.notice}</b>
        {item.name && <span class="muted">{item.name}</span>}
      </header>
      <fieldset class="checklist">
        <legend>
          {widget.noticeItems}{' '}
          <span class="muted">{widget.ticked(ticked.length, items.length)}</span>
        </legend>
        {items.map((one, i) => (
          <label key={one}>
            <input type="checkbox" checked={ticked.includes(i)} onChange={() => tick(i)} />
            <span>{one}</span>
          </label>
        ))}
      </fieldset>
      {steps.length > 0 && <h3>{widget.noticeSteps}</h3>}
      <ol>
        {steps.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ol>
      <h3>{widget.noticeWindow}</h3>
      <p class="words">{where}</p>
      <h3>{widget.noticeLimit}</h3>
      <p class="words">{limit}</p>
      <footer class="actions">
        <button type="button" onClick={print}>
          {widget.print}
        </button>
        <button type="button" onClick={() => save(widget.notice, parts)}>
          {widget.fileSave}
        </button>
      </footer>
    </article>
  )
}

/** What this person has ticked, kept in this browser alone. */
function useTicks(key: string): [readonly number[], (i: number) => void] {
  const { kept } = useModel()
  const [ticked, setTicked] = useState<readonly number[]>(
    () => kept.get(`ticks:${key}`)?.split(',').map(Number) ?? [],
  )
  const tick = (i: number) => {
    const next = ticked.includes(i) ? ticked.filter((one) => one !== i) : [...ticked, i]
    if (next.length > 0) kept.put(`ticks:${key}`, next.join(','))
    else kept.remove(`ticks:${key}`)
    setTicked(next)
  }
  return [ticked, tick]
}

function save(title: string, parts: readonly Part[]): void {
  const text = parts.map((part) => `${part.title}\n${part.text}`).join('\n\n')
  const address = URL.createObjectURL(new Blob([`${title}\n\n${text}\n`], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `${title}.txt`
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}
