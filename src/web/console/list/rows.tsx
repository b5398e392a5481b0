import { Button, Empty, Skeleton } from 'antd'
import { useEffect, useRef } from 'react'
import { useDesk } from '../shell/console-context.ts'
import { app, list as words } from '../wording.ts'
import type { ThreadList } from './list-state.ts'
import type { List } from './lists.ts'
import { Row } from './row.tsx'

interface Props {
  ids: readonly string[]
  list: List
  q: string
  selected: string | undefined
  phase: ThreadList['phase']
  onOpen(thread: string): void
  onMore: (() => void) | undefined
  onRetry(): void
}

/** The rows, or why there are none. */
export function Rows(props: Props) {
  const { ids, list, q, selected, phase, onOpen, onMore, onRetry } = props
  const summaries = useDesk((state) => state.summaries)
  const box = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (!selected) return
    box.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [selected])

  if (ids.length === 0) return <NoRows list={list} q={q} phase={phase} onRetry={onRetry} />
  return (
    <ul className="rows" ref={box}>
      {phase === 'failed' && (
        <li className="rows-note">
          {words.stale}{' '}
          <Button size="small" onClick={onRetry}>
            {app.retry}
          </Button>
        </li>
      )}
      {ids.map((id) => {
        const thread = summaries.get(id)
        if (!thread) return null
        return <Row key={id} thread={thread} selected={id === selected} onOpen={onOpen} />
      })}
      {onMore && (
        <li className="rows-note">
          <Button block onClick={onMore} loading={phase === 'more'}>
            {words.more}
          </Button>
        </li>
      )}
    </ul>
  )
}

function NoRows({ list, q, phase, onRetry }: Pick<Props, 'list' | 'q' | 'phase' | 'onRetry'>) {
  if (phase === 'loading' || phase === 'more') {
    return (
      <div className="rows-blank" aria-busy="true">
        {[1, 2, 3, 4].map((n) => (
          <Skeleton key={n} active title={{ width: '60%' }} paragraph={{ rows: 2 }} />
        ))}
      </div>
    )
  }
  if (phase === 'failed') {
    return (
      <div className="rows-blank">
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={app.failed}>
          <Button onClick={onRetry}>{app.retry}</Button>
        </Empty>
      </div>
    )
  }
  return (
    <div className="rows-blank">
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={q ? words.empty.search(q) : words.empty[list.key]}
      >
        {!q && list.key === 'waiting' && <p className="muted">{words.emptyHint}</p>}
      </Empty>
    </div>
  )
}
