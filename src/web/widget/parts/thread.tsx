import { useRef, useState } from 'preact/hooks'
import type { Item } from '../../shared/thread-items.ts'
import type { ThreadView } from '../../shared/thread-view.ts'
import { dateText, wallTime } from '../../shared/time.ts'
import { EMPTY_LOG } from '../model/log.ts'
import { viewOf } from '../model/view-of.ts'
import { waitingFor } from '../model/waiting.ts'
import { AnswerCard } from './answer.tsx'
import { Choices, Reply } from './choices.tsx'
import { Emergency, Escalated, MilestoneLine } from './events.tsx'
import { Icon } from './icons.tsx'
import { Message, Sending } from './message.tsx'
import { useModel } from './model-context.ts'
import { Notice } from './notice.tsx'
import { allWords } from './record-words.ts'
import { Resolved } from './resolved.tsx'
import { Skeleton } from './skeleton.tsx'
import { useFollow } from './use-follow.ts'

/** One consultation, as its entries tell it, with what is still on its way below. */
export function Thread({ id, onDiscard }: { id: string; onDiscard(text: string): void }) {
  const model = useModel()
  const { widget } = allWords()
  const { state } = model
  const log = state.logs[id]
  const view = viewOf(log ?? EMPTY_LOG, state.me?.id)
  const waiting = waitingFor(state.outbox, id, log, state.me?.id)
  const ref = useRef<HTMLDivElement>(null)
  const shown = view.items.length + waiting.length
  const follow = useFollow(ref, shown, log?.caughtUp ?? true, state.moves)
  const typing = state.typing?.thread === id && state.typing.until > Date.now()
  const loading = log !== undefined && log.entries.length === 0 && waiting.length === 0
  const thinking = waiting.some((item) => item.type === 'ask' && !item.failed)
  return (
    <div class="scroller">
      <div
        class="page log"
        ref={ref}
        role="log"
        aria-live={log && !log.caughtUp ? 'off' : 'polite'}
        aria-label={widget.title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={follow.onScroll}
      >
        {loading && <Skeleton />}
        <Items view={view} thread={id} scroller={ref} />
        {waiting.map((item) => (
          <Sending key={item.id} item={item} onDiscard={onDiscard} />
        ))}
        {thinking && state.status === 'online' && <p class="typing">{widget.thinking}</p>}
        {typing && <p class="typing">{widget.typing(state.typing!.name)}</p>}
      </div>
      {follow.below && (
        <button type="button" class="below" onClick={follow.toEnd}>
          <Icon name="down" />
          {widget.newBelow}
        </button>
      )}
    </div>
  )
}

interface ItemsProps {
  view: ThreadView
  thread: string
  scroller: { current: HTMLDivElement | null }
}

function Items({ view, thread, scroller }: ItemsProps) {
  const model = useModel()
  const [lit, setLit] = useState<number>()
  // Not `scrollIntoView`: that would scroll the host page too.
  const jump = (seq: number) => {
    const box = scroller.current
    const target = box?.querySelector<HTMLElement>(`[data-seq="${seq}"]`)
    if (box && target) box.scrollTop = target.offsetTop - 12
    setLit(seq)
  }
  let day = -1
  return (
    <>
      {view.items.map((item) => {
        const today = wallTime(item.at).number
        const isNewDay = today !== day
        day = today
        return (
          <div
            key={`${item.seq}${item.type}`}
            class={item.seq === lit ? 'item lit' : 'item'}
            data-seq={item.seq}
          >
            {isNewDay && <p class="day">{dayText(item.at)}</p>}
            <One item={item} view={view} thread={thread} jump={jump} />
          </div>
        )
      })}
    </>
  )

  function dayText(at: string): string {
    const { now } = model.state
    if (wallTime(at).number === wallTime(now).number) return allWords().widget.today
    return dateText(at, now, allWords().time)
  }
}

function One(props: { item: Item; view: ThreadView; thread: string; jump(seq: number): void }) {
  const { item, view, thread, jump } = props
  const { state } = useModel()
  const words = allWords()
  switch (item.type) {
    case 'message':
      return (
        <Message
          item={item}
          view={view}
          read={item.side === 'me' && item.seq <= (state.readByOwner[thread] ?? 0)}
        />
      )
    case 'answer':
      return <AnswerCard item={item} thread={thread} asked={asked(view, item.seq)} />
    case 'choices':
      return <Choices item={item} thread={thread} />
    case 'reply':
      return <Reply item={item} thread={thread} words={ownWords(view)} />
    case 'escalated':
      return <Escalated item={item} thread={thread} view={view} />
    case 'emergency':
      return <Emergency item={item} />
    case 'notice':
      return <Notice item={item} thread={thread} />
    case 'resolved':
      return <Resolved item={item} thread={thread} />
    case 'removed':
      return <p class="milestone">{words.widget.removed}</p>
    case 'milestone':
      return <MilestoneLine what={item.what} view={view} jump={jump} />
  }
}

/** The words that an answer answers. */
function asked(view: ThreadView, seq: number): string | undefined {
  const before = view.items.filter((item) => item.seq < seq && item.type === 'message')
  const last = before[before.length - 1]
  return last?.type === 'message' ? last.text : undefined
}

/** What the enterprise has said so far, to be carried to another department. */
function ownWords(view: ThreadView): string {
  return view.items
    .map((item) => (item.type === 'message' && item.side !== 'officer' ? item.text : undefined))
    .filter(Boolean)
    .join('\n')
}
