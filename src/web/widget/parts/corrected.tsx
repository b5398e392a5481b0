import type { ComponentChildren } from 'preact'
import type { Correction } from '../../shared/thread-items.ts'
import { momentText } from '../../shared/time.ts'
import { useModel } from './model-context.ts'
import { allWords } from './record-words.ts'
import { Text } from './text.tsx'

/** The newest correction in front; what was said first stays readable, because it was said. */
export function Corrected(props: {
  correction: Correction | undefined
  children: ComponentChildren
}) {
  const { state } = useModel()
  const words = allWords()
  const { correction, children } = props
  if (!correction) return <>{children}</>
  const { widget, time } = words
  return (
    <>
      <p class="corrected">
        <span class="tag soon">{widget.correctedMark}</span>
        <span class="muted">
          {correction.by} {momentText(correction.at, state.now, time)}
        </span>
      </p>
      <p class="words">
        <Text text={correction.text} />
      </p>
      <details class="was">
        <summary>{widget.correctedWas}</summary>
        {children}
      </details>
    </>
  )
}
