import { Button } from 'antd'
import { line } from '../wording.ts'
import { useLine } from './use-line.ts'

/** The state of the line, always in sight, in a word and a sign. */
export function LineStatus() {
  const state = useLine()
  return (
    <span className={`line-status ${state}`} role="status">
      <i aria-hidden />
      {line[state]}
    </span>
  )
}

/** What it means for the person's work when the line is away. */
export function LineNotice() {
  const state = useLine()
  if (state !== 'offline' && state !== 'ended') return null
  return (
    <div className="line-notice">
      <span>{state === 'ended' ? line.endedHint : line.offlineHint}</span>
      {state === 'ended' && (
        <Button size="small" onClick={() => location.reload()}>
          {line.reload}
        </Button>
      )}
    </div>
  )
}
