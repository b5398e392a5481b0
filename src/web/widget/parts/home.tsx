import { ongoing } from '../model/state.ts'
import { useModel } from './model-context.ts'
import { ThreadCard } from './thread-card.tsx'

const SHOWN = 3

/** To ask is what people came for: the greeting, two examples, and what is already on its way. */
export function Home() {
  const model = useModel()
  const { widget } = model.words
  const threads = ongoing(model.state).slice(0, SHOWN)
  return (
    <div class="page home">
      <p class="greeting">{widget.greeting}</p>
      {threads.length > 0 && (
        <section>
          <h3>{widget.ongoing}</h3>
          {threads.map((thread) => (
            <ThreadCard key={thread.id} thread={thread} />
          ))}
        </section>
      )}
      <section>
        <h3>{widget.greetingHint}</h3>
        {widget.examples.map((example) => (
          <button key={example} type="button" class="chip" onClick={() => model.ask(example)}>
            {example}
          </button>
        ))}
      </section>
      <p class="privacy">{widget.privacy}</p>
    </div>
  )
}
