import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ItemOf } from '../../shared/thread-items.ts'
import { Corrected } from './corrected.tsx'
import { Icon } from './icons.tsx'
import { useModel } from './model-context.ts'
import { allWords } from './record-words.ts'
import { Text } from './text.tsx'

const BEST = 5
/** Grades at which a call-back follows. */
const BAD = 2
const MARGIN_PX = 32

export function Resolved({ item, thread }: { item: ItemOf<'resolved'>; thread: string }) {
  const words = allWords()
  const { widget, outcomes } = words
  return (
    <article class="card done">
      <header class="by">
        <b class="ok">
          <Icon name="check" />
          {widget.resolved}
        </b>
        <span class="muted">
          {outcomes[item.outcome]}
          {item.name && ` · ${widget.resolvedBy(item.name)}`}
        </span>
      </header>
      <Corrected correction={item.corrected}>
        <p class="words">
          <Text text={item.summary} />
        </p>
      </Corrected>
      {item.grade !== undefined && (
        <p class="note">{widget.rated(widget.grades[item.grade - 1] ?? '')}</p>
      )}
      {item.rateable && <Rating thread={thread} />}
    </article>
  )
}

/** Five grades, best first; words only after a grade is chosen. */
function Rating({ thread }: { thread: string }) {
  const model = useModel()
  const { widget } = allWords()
  const [grade, setGrade] = useState<number>()
  const [comment, setComment] = useState('')
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useInSight(form, grade !== undefined)
  const send = async (event: Event) => {
    event.preventDefault()
    const said = comment.trim()
    setBusy(true)
    await model.act({ type: 'rate', thread, grade: grade!, ...(said && { comment: said }) })
    setBusy(false)
  }
  const hint = grade !== undefined && grade <= BAD ? widget.rateBad : widget.rateComment
  return (
    <form class="rating" ref={form} onSubmit={send}>
      <fieldset>
        <legend>{widget.rateAsk}</legend>
        {widget.grades.map((_, i) => {
          const value = BEST - i
          return (
            <label key={value}>
              <input
                type="radio"
                name="grade"
                checked={grade === value}
                onChange={() => setGrade(value)}
              />
              <span>{widget.grades[value - 1]}</span>
            </label>
          )
        })}
      </fieldset>
      {grade !== undefined && (
        <>
          <label class="comment">
            <span>{hint}</span>
            <textarea
              rows={2}
              maxLength={1000}
              value={comment}
              onInput={(event) => setComment(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="primary" disabled={busy}>
            {widget.rateSend}
          </button>
        </>
      )}
    </form>
  )
}

/** What has just unfolded may lie below the edge; scrolls the record only, never the host page. */
function useInSight(form: { current: HTMLFormElement | null }, unfolded: boolean): void {
  useLayoutEffect(() => {
    const box = form.current?.closest<HTMLElement>('.log')
    if (!unfolded || !box || !form.current) return
    const end = form.current.offsetTop + form.current.offsetHeight + MARGIN_PX
    box.scrollTop = Math.max(box.scrollTop, end - box.clientHeight)
  }, [form, unfolded])
}
