import { FireFilled } from '@ant-design/icons'
import { memo } from 'react'
import type { Summary } from '../../../protocol/http.ts'
import { listText } from '../../shared/time.ts'
import { time } from '../../shared/wording/zh.ts'
import { pressing } from '../desk/clocks.ts'
import { deskName } from '../desk/state.ts'
import { useConsole, useDesk } from '../shell/console-context.ts'
import { useNow } from '../shell/use-now.ts'
import { list as words } from '../wording.ts'
import { alerts, outcomes, states } from '../words.ts'
import { ClockWords } from './clock-words.tsx'

interface Props {
  thread: Summary
  selected: boolean
  onOpen(thread: string): void
}

/** One thread in a list: who asks what, how long is left, who holds it. */
export const Row = memo(function Row({ thread, selected, onOpen }: Props) {
  const now = useNow()
  const reading = pressing(thread, now)
  const { me } = useConsole()
  // Whatever waits is news to everybody; only in one's own threads does it tell something.
  const unread = thread.owner?.id === me.id && thread.read < thread.seq
  return (
    <li>
      <button
        type="button"
        className={`row ${thread.urgent ? 'urgent' : ''}`}
        aria-current={selected}
        onClick={() => onOpen(thread.id)}
      >
        <span className="row-top">
          <bdi className="row-enterprise">{thread.enterprise.name}</bdi>
          {thread.urgent && <Urgent />}
          <time dateTime={thread.at}>{listText(thread.at, new Date(now), time)}</time>
        </span>
        <span className={`row-question ${unread ? 'unread' : ''}`}>
          {unread && <i className="dot" role="img" aria-label={words.unread} />}
          {thread.question.split('\n')[0]}
        </span>
        <span className="row-foot">
          {reading ? <ClockWords reading={reading} /> : <Ended thread={thread} />}
          <Holder thread={thread} />
        </span>
        {thread.alert && <span className="row-alert">{alerts[thread.alert.level]}</span>}
      </button>
    </li>
  )
})

export function Urgent() {
  return (
    <span className="urgent-badge">
      <FireFilled aria-hidden /> {words.urgent}
    </span>
  )
}

function Ended({ thread }: { thread: Summary }) {
  return <span className="muted">{thread.outcome ? outcomes[thread.outcome] : ''}</span>
}

function Holder({ thread }: { thread: Summary }) {
  const directory = useDesk((state) => state.directory)
  const desk = deskName(directory, thread.desk)
  return (
    <span className="row-holder">
      <span className={`state ${thread.state}`}>{states[thread.state]}</span>
      {thread.owner ? <bdi>{thread.owner.name}</bdi> : desk && <bdi>{desk}</bdi>}
    </span>
  )
}
