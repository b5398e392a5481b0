import { DownOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Fragment } from 'react'
import { dateText } from '../../shared/time.ts'
import { time } from '../../shared/wording/zh.ts'
import type { Outgoing } from '../desk/outbox.ts'
import { useConsole, useDesk } from '../shell/console-context.ts'
import { useNow } from '../shell/use-now.ts'
import { thread as words } from '../wording.ts'
import { EntryLine } from './entry-line.tsx'
import type { Line } from './lines.ts'
import { OutgoingBubble } from './outgoing-bubble.tsx'
import { Typists } from './typists.tsx'
import { useBottom } from './use-bottom.ts'
import { useNames } from './use-names.ts'

interface Props {
  thread: string
  lines: readonly Line[]
  outgoing: readonly Outgoing[]
  onTakeBack(item: Outgoing): void
}

/** The record from the first entry to the newest, then what is on its way. */
export function RecordView({ thread, lines, outgoing, onTakeBack }: Props) {
  const { desk } = useConsole()
  const head = lines.length
  const { box, away, toEnd } = useBottom(head + outgoing.length, () => {
    if (head > 0) desk.reader.markRead(thread, head)
  })
  return (
    <div className="record-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="record" ref={box} tabIndex={0} aria-label={words.label}>
        <div className="record-lines" role="log" aria-live="polite" aria-relevant="additions">
          <Lines lines={lines} />
          <ReadMark thread={thread} lines={lines} />
          {outgoing.map((item) => (
            <OutgoingBubble key={item.id} item={item} onTakeBack={onTakeBack} />
          ))}
          <Typists thread={thread} />
        </div>
      </section>
      {away && (
        <Button
          className="to-end"
          shape="round"
          icon={<DownOutlined aria-hidden />}
          onClick={toEnd}
        >
          {words.newBelow}
        </Button>
      )}
    </div>
  )
}

function Lines({ lines }: Pick<Props, 'lines'>) {
  const { me } = useConsole()
  const names = useNames()
  const now = new Date(useNow())
  return lines.map((line) => (
    <Fragment key={line.seq}>
      {line.newDay && <h3 className="day">{dateText(line.at, now, time)}</h3>}
      <div id={`entry-${line.seq}`} className={`line ${line.follows ? 'follows' : ''}`}>
        <EntryLine line={line} names={names} me={me.id} />
      </div>
    </Fragment>
  ))
}

/** “企业已读” below the newest words of ours, once the enterprise has seen them. */
function ReadMark({ thread, lines }: { thread: string; lines: readonly Line[] }) {
  const read = useDesk((state) => state.readByEnterprise.get(thread) ?? 0)
  const newest = newestWords(lines)
  const ours = newest?.entry?.kind === 'said' && newest.entry.by.role !== 'enterprise'
  if (!ours || !newest || read < newest.seq) return null
  return <p className="read-mark">{words.read}</p>
}

function newestWords(lines: readonly Line[]): Line | undefined {
  for (let i = lines.length - 1; i >= 0; i--) {
    const kind = lines[i]?.entry?.kind
    if (kind === 'said' || kind === 'noted') return lines[i]
  }
  return undefined
}
