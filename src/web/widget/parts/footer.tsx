import { useEffect, useState } from 'preact/hooks'
import { EMPTY_LOG } from '../model/log.ts'
import { threadOf } from '../model/state.ts'
import { viewOf } from '../model/view-of.ts'
import { Composer } from './composer.tsx'
import { Icon } from './icons.tsx'
import { useModel } from './model-context.ts'
import { allWords } from './record-words.ts'

interface FooterProps {
  field: { current: HTMLTextAreaElement | null }
  text: string
  setText(text: string): void
}

/** What can be said in a thread now: more words, or a resolved one taken up again. */
export function Footer({ field, text, setText }: FooterProps) {
  const model = useModel()
  const { widget } = allWords()
  const { state } = model
  const thread = threadOf(state)
  const [reopening, setReopening] = useState(false)
  const view = thread ? viewOf(state.logs[thread] ?? EMPTY_LOG, state.me?.id) : undefined
  const over = view?.state === 'resolved' || view?.state === 'closed'
  // biome-ignore lint/correctness/useExhaustiveDependencies: another thread starts afresh
  useEffect(() => setReopening(false), [thread])
  const common = { field, text, setText }

  if (over && !reopening) return <Over onReopen={() => setReopening(true)} />
  if (over) {
    return (
      <Composer
        {...common}
        placeholder={widget.reopenPlaceholder}
        suggest={false}
        hint={widget.reopenHint}
        onCancel={() => setReopening(false)}
        onSend={(said) => {
          model.reopen(thread!, said)
          setReopening(false)
        }}
      />
    )
  }
  const waiting = view?.state === 'waiting'
  return (
    <Composer
      {...common}
      place={state.view.page === 'thread' ? state.view.key : undefined}
      wordless
      placeholder={waiting ? widget.waitPlaceholder : widget.sayPlaceholder}
      suggest={view?.state === 'answering' && view.items.length > 0}
      onSend={(said) => model.say(said)}
      onTyping={() => view?.state === 'held' && model.typing()}
    />
  )
}

function Over({ onReopen }: { onReopen(): void }) {
  const model = useModel()
  const { widget } = allWords()
  return (
    <div class="composer over">
      <p class={model.state.trouble ? 'trouble' : 'hidden'} role="alert">
        {model.state.trouble}
      </p>
      <button type="button" class="secondary" onClick={onReopen}>
        {widget.reopen}
      </button>
      <button type="button" class="primary" onClick={() => model.show({ page: 'home' })}>
        <Icon name="plus" />
        {widget.newOne}
      </button>
    </div>
  )
}
