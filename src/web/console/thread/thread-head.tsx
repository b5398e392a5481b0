import { ArrowLeftOutlined, CheckOutlined, InfoCircleOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import type { Summary } from '../../../protocol/http.ts'
import { abilitiesOf } from '../desk/abilities.ts'
import { pressing } from '../desk/clocks.ts'
import { ClockWords } from '../list/clock-words.tsx'
import { Urgent } from '../list/row.tsx'
import { useConsole } from '../shell/console-context.ts'
import { useNow } from '../shell/use-now.ts'
import { app, thread as words } from '../wording.ts'
import { outcomes, states } from '../words.ts'

interface Props {
  thread: Summary | undefined
  onBack: (() => void) | undefined
  onDetails: (() => void) | undefined
  onResolve(): void
}

/** Who asks, where it stands, what is due; and the way out: 办结. */
export function ThreadHead({ thread, onBack, onDetails, onResolve }: Props) {
  const { me } = useConsole()
  return (
    <header className="thread-head">
      {onBack && (
        <Button
          type="text"
          icon={<ArrowLeftOutlined aria-hidden />}
          aria-label={app.back}
          onClick={onBack}
        />
      )}
      {thread ? (
        <Title thread={thread} />
      ) : (
        <Skeleton.Input active className="thread-title" aria-label={words.loading} />
      )}
      {abilitiesOf(me, thread).resolve && (
        <Button icon={<CheckOutlined aria-hidden />} onClick={onResolve}>
          {words.resolve}
        </Button>
      )}
      {onDetails && (
        <Button
          type="text"
          icon={<InfoCircleOutlined aria-hidden />}
          aria-label={words.details}
          onClick={onDetails}
        />
      )}
    </header>
  )
}

function Title({ thread }: { thread: Summary }) {
  const reading = pressing(thread, useNow())
  return (
    <div className="thread-title">
      <h2>
        <bdi>{thread.enterprise.name}</bdi>
        {thread.urgent && <Urgent />}
      </h2>
      <p>
        <span className={`state ${thread.state}`}>{states[thread.state]}</span>
        {thread.outcome && <span className="muted">{outcomes[thread.outcome]}</span>}
        {reading && <ClockWords reading={reading} />}
      </p>
    </div>
  )
}
