import { ongoing } from '../model/state.ts'
import { Icon } from './icons.tsx'
import { useModel } from './model-context.ts'
import { ThreadCard } from './thread-card.tsx'

const SHOWN = 3
const STEPS = ['list', 'clock', 'person'] as const

/** To ask is what people came for: the greeting, two examples, and what is already on its way. */
export function Home() {
  const model = useModel()
  const { widget } = model.words
  const { pages, who, examples = widget.examples } = model.state
  const threads = ongoing(model.state).slice(0, SHOWN)
  const unsent = model.state.outbox.filter(({ type, thread }) => type === 'ask' && !thread)
  const nothing = threads.length + unsent.length === 0
  return (
    <div class="page home">
      <p class="greeting">{widget.greeting}</p>
      {!nothing && (
        <section>
          <h3>{widget.ongoing}</h3>
          {unsent.map(({ id, text, failed }) => (
            <button
              key={id}
              type="button"
              class="thread"
              onClick={() => model.show({ page: 'thread', key: `ask:${id}` })}
            >
              <b>{text}</b>
              <span class="muted">{failed ? widget.failed : widget.waitingToSend}</span>
            </button>
          ))}
          {threads.map((thread) => (
            <ThreadCard key={thread.id} thread={thread} />
          ))}
        </section>
      )}
      <section>
        <h3>{widget.greetingHint}</h3>
        {examples.map((example) => (
          <button key={example} type="button" class="chip" onClick={() => model.ask(example)}>
            {example}
          </button>
        ))}
      </section>
      {nothing && (
        <ol class="how">
          {widget.how.map((step, i) => (
            <li key={step}>
              <Icon name={STEPS[i]!} />
              {step}
            </li>
          ))}
        </ol>
      )}
      {pages && who ? <pages.HomeFoot /> : <p class="privacy">{widget.privacy}</p>}
    </div>
  )
}
