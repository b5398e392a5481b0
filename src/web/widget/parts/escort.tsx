import type { ThreadView } from '../../shared/thread-view.ts'
import { momentText } from '../../shared/time.ts'
import { EMPTY_LOG } from '../model/log.ts'
import { viewOf } from '../model/view-of.ts'
import { clockWords } from './clock-words.ts'
import { Icon } from './icons.tsx'
import { deskName, useModel } from './model-context.ts'
import { printRecord } from './print.ts'
import { allWords } from './record-words.ts'
import { stepsOf } from './steps.ts'

/** 一路护送: who answers for it and by when, and on a tap everything that has happened so far. */
export function Escort({ id }: { id: string }) {
  const model = useModel()
  const { widget, time } = allWords()
  const { state } = model
  const view = viewOf(state.logs[id] ?? EMPTY_LOG, state.me?.id)
  if (view.state === 'answering' || view.items.length === 0) return null
  const clock = clockWords(view, state.now)
  const open = view.state === 'waiting' || view.state === 'held'
  const remind = async () => {
    const done = await model.act({ type: 'remind', thread: id })
    // The rule is one reminder in a while, not a matter of seconds.
    const tooSoon = model.state.trouble === model.words.refusals['too-fast']
    if (!done && tooSoon) model.set({ trouble: widget.remindLater })
  }
  return (
    <details class="escort">
      <summary>
        <Icon name="person" />
        <span class="who">
          <b>{whoAnswers(view)}</b>
          {clock && <span class={`clock ${clock.mood}`}>{clock.text}</span>}
        </span>
        <span class="name">{widget.escort}</span>
        <Icon name="chevron" />
      </summary>
      <div class="way">
        <ol>
          {stepsOf(model, view).map(({ seq, at, title }) => (
            <li key={`${seq}${title}`}>
              <time dateTime={at}>{momentText(at, state.now, time)}</time>
              <span>{title}</span>
            </li>
          ))}
        </ol>
        <p class="ways">
          {open && (
            <button type="button" class="secondary" onClick={remind}>
              {widget.remind}
            </button>
          )}
          <button
            type="button"
            class="inline"
            onClick={() => {
              if (!printRecord(model, id, view)) model.set({ trouble: widget.printBlocked })
            }}
          >
            {widget.print}
          </button>
        </p>
      </div>
    </details>
  )

  function whoAnswers({ firstResponder: first, owner, desk }: ThreadView): string {
    const at = (desk_: string | undefined) => deskName(model, desk_, view)
    if (!first) return widget.escortWaiting(at(desk))
    const other = owner && owner.id !== first.id ? owner.name : undefined
    return widget.escortFirst(first.name, at(first.desk), other)
  }
}
