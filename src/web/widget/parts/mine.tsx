import { useEffect, useState } from 'preact/hooks'
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
  const known = sortThreads(
    list.q ? (list.found ?? []).map((id) => threads[id]!) : Object.values(threads),
  )
  return (
    <div class="page">
      <button type="button" class="secondary wide" onClick={() => model.show({ page: 'home' })}>
        <Icon name="plus" />
        {widget.newOne}
      </button>
      <Search />
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
      {list.loaded && known.length === 0 && (
        <p class="empty">{list.q ? widget.nothingFound : widget.listEmpty}</p>
      )}
      {list.next && (
        <button type="button" class="secondary wide" onClick={() => model.loadList(true)}>
          {widget.more}
        </button>
      )}
    </div>
  )
}

const PAUSE_MS = 300

function Search() {
  const model = useModel()
  const { widget } = allWords()
  const [q, setQ] = useState('')
  useEffect(() => {
    if (q.trim() === model.state.list.q) return
    const timer = setTimeout(() => model.search(q.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [q, model])
  return (
    <input
      class="search"
      type="search"
      maxLength={100}
      value={q}
      placeholder={widget.search}
      aria-label={widget.search}
      onInput={(event) => setQ(event.currentTarget.value)}
    />
  )
}
