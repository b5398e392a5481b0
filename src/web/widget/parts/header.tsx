import { type State, threadOf } from '../model/state.ts'
import { Icon } from './icons.tsx'
import { useModel } from './model-context.ts'

/** Where we are, how the thread stands, and the ways out. */
export function Header({ onClose }: { onClose(): void }) {
  const model = useModel()
  const { widget } = model.words
  const { view, pages } = model.state
  const home = view.page === 'home'
  const title = view.page === 'mine' ? widget.mine : threadTitle(model.state)
  return (
    <div class="top">
      {home ? (
        <span class="mark" aria-hidden="true">
          问
        </span>
      ) : (
        <button
          type="button"
          class="round"
          aria-label={widget.back}
          onClick={() => model.show({ page: 'home' })}
        >
          <Icon name="back" />
        </button>
      )}
      <div class="titles">
        <h2 tabIndex={-1}>{title ?? widget.title}</h2>
        <p>{view.page === 'thread' && pages ? <pages.Standing /> : home && widget.subtitle}</p>
      </div>
      {view.page === 'thread' && pages && <pages.AskPerson />}
      {home && (
        <button type="button" class="text" onClick={() => model.show({ page: 'mine' })}>
          {widget.mine}
        </button>
      )}
      <button type="button" class="round" aria-label={widget.close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  )
}

function threadTitle(state: State): string | undefined {
  const id = threadOf(state)
  if (state.view.page !== 'thread') return undefined
  const { key } = state.view
  return id
    ? state.threads[id]?.question
    : state.outbox.find((item) => `ask:${item.id}` === key)?.text
}
