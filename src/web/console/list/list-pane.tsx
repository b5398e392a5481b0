import { ReloadOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef, Tabs } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { inOrder } from '../desk/queue.ts'
import { useConsole, useDesk } from '../shell/console-context.ts'
import { go } from '../shell/route.ts'
import { useShortcut } from '../shell/shortcuts.ts'
import { list as words } from '../wording.ts'
import './list.css'
import { neighbour } from './list-state.ts'
import type { List } from './lists.ts'
import { Rows } from './rows.tsx'
import { useSettled } from './use-settled.ts'
import { useThreadList } from './use-thread-list.ts'

interface Props {
  lists: readonly List[]
  list: List
  selected: string | undefined
  /** The thread is seen beside the list: moving along the list opens it. */
  wide: boolean
}

export function ListPane({ lists, list, selected, wide }: Props) {
  const [text, setText] = useState('')
  const q = useSettled(text.trim())
  const { waiting, shown, refresh } = useShown(list, q)
  const open = (thread: string) => go({ list: list.key, thread }, wide && selected !== undefined)
  const move = (by: 1 | -1) => {
    const next = neighbour(shown.ids, selected, by)
    if (next) open(next)
  }
  useShortcut('j', () => move(1))
  useShortcut('k', () => move(-1))

  // On a phone the list is the page.
  const Frame = wide ? 'nav' : 'main'
  const tabs = lists.map(({ key, label }) => ({
    key,
    label: <TabLabel text={label} count={key === 'waiting' ? waiting : 0} />,
  }))
  return (
    <Frame className="list-pane" aria-label={words.label}>
      <Tabs
        items={tabs}
        activeKey={list.key}
        onChange={(key) => go({ list: key, ...(wide && selected && { thread: selected }) })}
        size="small"
      />
      <ListTools text={text} onText={setText} onRefresh={refresh} />
      <Rows {...shown} list={list} q={q} selected={selected} onOpen={open} />
    </Frame>
  )
}

/** What the pane shows: the live queue, or a list or search over HTTP. */
function useShown(list: List, q: string) {
  const { desk } = useConsole()
  const queue = useDesk((state) => state.queue)
  const queueState = useDesk((state) => state.queueState)
  const summaries = useDesk((state) => state.summaries)
  const live = list.key === 'waiting' && q === ''
  const { ids, next, phase, more, reload } = useThreadList(list, q, !live)
  const waiting = useMemo(
    () => inOrder(queue, summaries).map((thread) => thread.id),
    [queue, summaries],
  )
  const ofQueue = { ids: waiting, phase: queueState, onRetry: () => void desk.loadQueue() }
  const ofList = { ids, phase, onRetry: reload, onMore: next ? more : undefined }
  return {
    waiting: waiting.length,
    shown: live ? { ...ofQueue, onMore: undefined } : ofList,
    refresh: live ? undefined : reload,
  }
}

interface ToolsProps {
  text: string
  onText(text: string): void
  /** Absent where the list is live. */
  onRefresh: (() => void) | undefined
}

function ListTools({ text, onText, onRefresh }: ToolsProps) {
  const search = useRef<InputRef>(null)
  useShortcut('/', () => search.current?.focus())
  return (
    <div className="list-tools">
      <Input
        ref={search}
        allowClear
        prefix={<SearchOutlined aria-hidden />}
        placeholder={words.search}
        aria-label={words.search}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onPressEnter={(event) => event.currentTarget.blur()}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          event.currentTarget.blur()
        }}
      />
      {onRefresh && (
        <Button
          type="text"
          icon={<ReloadOutlined aria-hidden />}
          aria-label={words.refresh}
          onClick={onRefresh}
        />
      )}
    </div>
  )
}

function TabLabel({ text, count }: { text: string; count: number }) {
  return (
    <>
      {text}
      {count > 0 && <span className="count">{count}</span>}
    </>
  )
}
