import { sortThreads } from '../model/state.ts'
import { Icon } from './icons.tsx'
import { useModel } from './model-context.ts'
import { allWords } from './record-words.ts'
import { Skeleton } from './skeleton.tsx'
import { ThreadCard } from './thread-card.tsx'

/** All of the enterprise's threads, newest first. */
export function Mine() {
  const model = useModel()
  const { widget } = allWords()
  const { list, threads } = model.state
  const known = sortThreads(Object.values(threads))
  return (
    <div class="page">
      <button type="button" class="secondary wide" onClick={() => model.show({ page: 'home' })}>
        <Icon name="plus" />
        {widget.newOne}
      </button>
      {known.map((thread) => (
        <ThreadCard key={thread.id} thread={thread} />
      ))}
      {list.failed && (
        <p class="empty" role="alert">
          {widget.listFailed}{' '}
          <button type="button" class="inline" onClick={() => model.loadList()}>
            {widget.retry}
          </button>
        </p>
      )}
      {!list.loaded && !list.failed && <Skeleton />}
      {list.loaded && known.length === 0 && <p class="empty">{widget.listEmpty}</p>}
      {list.next && (
        <button type="button" class="secondary wide" onClick={() => model.loadList(true)}>
          {widget.more}
        </button>
      )}
    </div>
  )
}
