import { useState } from 'preact/hooks'
import type { ItemOf } from '../../shared/thread-items.ts'
import { CopyButton } from './answer.tsx'
import { Corrected } from './corrected.tsx'
import { Icon } from './icons.tsx'
import { useModel } from './model-context.ts'
import { allWords } from './record-words.ts'
import { Text } from './text.tsx'

/** Up to four likely questions, and always the way out. */
export function Choices({ item, thread }: { item: ItemOf<'choices'>; thread: string }) {
  const model = useModel()
  const { widget } = allWords()
  const [busy, setBusy] = useState(false)
  const choose = async (faq: string | null) => {
    setBusy(true)
    if (!(await model.act({ type: 'choose', thread, faq }))) setBusy(false)
  }
  return (
    <article class="card machine">
      <header class="by">
        <span class="tag">{widget.machine}</span>
      </header>
      <p>{widget.unsure}</p>
      <div class="choices">
        {item.choices.map(({ id, question }) => (
          <button
            key={id}
            type="button"
            class="choice"
            disabled={!item.open || busy}
            aria-pressed={item.chosen === id}
            onClick={() => choose(id)}
          >
            {question}
            <Icon name={item.chosen === id ? 'check' : 'chevron'} />
          </button>
        ))}
        {item.open && (
          <button type="button" class="secondary wide" disabled={busy} onClick={() => choose(null)}>
            <Icon name="person" />
            {widget.noneOfThese}
          </button>
        )}
      </div>
    </article>
  )
}

/** What the gate says: a greeting, a referral to another department, a refusal. */
export function Reply(props: { item: ItemOf<'reply'>; thread: string; words: string }) {
  const { item, thread, words } = props
  const model = useModel()
  const { widget } = allWords()
  return (
    <article class="card machine">
      <header class="by">
        <span class="tag">{widget.machine}</span>
      </header>
      <Corrected correction={item.corrected}>
        <p class="words">
          <Text text={item.text} />
        </p>
      </Corrected>
      {item.refer && (
        <div class="refer">
          <b>{item.refer.to}</b>
          <p class="words">
            <Text text={item.refer.text} phones />
          </p>
          {words && <CopyButton text={words} label={widget.copyWords} />}
        </div>
      )}
      {item.newest && (
        <footer class="actions">
          <button
            type="button"
            class="secondary wide"
            onClick={() => model.act({ type: 'escalate', thread })}
          >
            <Icon name="person" />
            {widget.toHuman}
          </button>
        </footer>
      )}
    </article>
  )
}
