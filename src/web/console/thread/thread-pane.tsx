import { Drawer, Empty, Skeleton } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { unseen } from '../desk/outbox.ts'
import { NO_RECORD } from '../desk/record.ts'
import { useConsole, useDesk } from '../shell/console-context.ts'
import { NARROW, useMedia } from '../shell/use-media.ts'
import { SidePanel } from '../side/side-panel.tsx'
import { side as sideWords, thread as words } from '../wording.ts'
import { hasReply, linesOf, newestQuestion } from './lines.ts'
import { RecordView } from './record-view.tsx'
import { ResolveDialog } from './resolve-dialog.tsx'
import './foot.css'
import './thread.css'
import { ThreadFoot } from './thread-foot.tsx'
import { ThreadHead } from './thread-head.tsx'
import { useDraft } from './use-draft.ts'

/** Running through a list with j and k opens only the one where it stops. */
const OPEN_AFTER_MS = 120

interface Props {
  id: string
  onBack: (() => void) | undefined
}

export function ThreadPane({ id, onBack }: Props) {
  const { desk, me } = useConsole()
  const narrow = useMedia(NARROW)
  const [details, setDetails] = useState(false)
  const [resolving, setResolving] = useState(false)
  const summary = useDesk((state) => state.summaries.get(id))
  const record = useDesk((state) => state.records.get(id)) ?? NO_RECORD
  const outbox = useDesk((state) => state.outbox)
  const drafts = useDraft(id)
  const lines = useMemo(() => linesOf(record.entries), [record.entries])
  const outgoing = useMemo(
    () =>
      unseen(
        outbox.filter((item) => item.thread === id),
        record.entries,
        me.id,
      ),
    [outbox, record.entries, id, me.id],
  )
  useEffect(() => {
    const timer = setTimeout(() => {
      desk.reader.open(id)
      desk.refresh(id, 0)
    }, OPEN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [desk, id])

  if (record.state === 'lost') return <Lost />
  const panel = <SidePanel summary={summary} record={record} />
  return (
    <>
      <main className="thread-pane">
        <ThreadHead
          thread={summary}
          onBack={onBack}
          onDetails={narrow ? () => setDetails(true) : undefined}
          onResolve={() => setResolving(true)}
        />
        {record.state === 'loading' && lines.length === 0 ? (
          <Loading />
        ) : (
          <RecordView
            thread={id}
            lines={lines}
            outgoing={outgoing}
            onTakeBack={(item) => {
              drafts.add(item.type === 'say' ? 'reply' : 'note', item.text)
              desk.mailer.discard(item.id)
            }}
          />
        )}
        <ThreadFoot thread={summary} drafts={drafts} question={newestQuestion(lines)} />
      </main>
      {narrow ? (
        <Drawer open={details} onClose={() => setDetails(false)} title={sideWords.label} size={320}>
          {panel}
        </Drawer>
      ) : (
        <aside className="side-pane" aria-label={sideWords.label}>
          {panel}
        </aside>
      )}
      {resolving && (
        <ResolveDialog thread={id} replied={hasReply(lines)} onClose={() => setResolving(false)} />
      )}
    </>
  )
}

function Loading() {
  return (
    <div className="record-frame record-loading" role="status" aria-label={words.loading}>
      <Skeleton active paragraph={{ rows: 3 }} title={false} />
      <Skeleton active paragraph={{ rows: 4 }} title={false} />
    </div>
  )
}

function Lost() {
  return (
    <main className="thread-pane nobody-chosen">
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.lost} />
      <p className="muted">{words.lostHint}</p>
    </main>
  )
}
