import { Button, Drawer, Empty, Skeleton } from 'antd'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { type Outgoing, unseen } from '../desk/outbox.ts'
import { NO_RECORD } from '../desk/record.ts'
import { useConsole, useDesk } from '../shell/console-context.ts'
import { NARROW, useMedia } from '../shell/use-media.ts'
import { SidePanel } from '../side/side-panel.tsx'
import { app, side as sideWords, thread as words } from '../wording.ts'
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
  const { desk } = useConsole()
  const narrow = useMedia(NARROW)
  const [details, setDetails] = useState(false)
  const [resolving, setResolving] = useState(false)
  const { summary, record, lines, outgoing } = useThread(id)
  const drafts = useDraft(id)
  const takeBack = (item: Outgoing) => {
    drafts.add(item.type === 'say' ? 'reply' : 'note', item.text)
    desk.mailer.discard(item.id)
  }
  if (record.state === 'lost') return <Lost onBack={onBack} />
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
          <RecordView thread={id} lines={lines} outgoing={outgoing} onTakeBack={takeBack} />
        )}
        <ThreadFoot thread={summary} drafts={drafts} question={newestQuestion(lines)} />
      </main>
      <Side drawer={narrow} open={details} onClose={() => setDetails(false)}>
        <SidePanel summary={summary} record={record} />
      </Side>
      {resolving && (
        <ResolveDialog thread={id} replied={hasReply(lines)} onClose={() => setResolving(false)} />
      )}
    </>
  )
}

/** One thread's summary, record, and what is on its way into it; opens it where it is not. */
function useThread(id: string) {
  const { desk, me } = useConsole()
  const summary = useDesk((state) => state.summaries.get(id))
  const record = useDesk((state) => state.records.get(id)) ?? NO_RECORD
  const outbox = useDesk((state) => state.outbox)
  const { entries } = record
  const lines = useMemo(() => linesOf(entries), [entries])
  const outgoing = useMemo(() => {
    const ours = outbox.filter((item) => item.thread === id)
    return unseen(ours, entries, me.id)
  }, [outbox, entries, id, me.id])
  useEffect(() => {
    const timer = setTimeout(() => {
      desk.reader.open(id)
      desk.refresh(id, 0)
    }, OPEN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [desk, id])
  return { summary, record, lines, outgoing }
}

interface SideProps {
  drawer: boolean
  open: boolean
  onClose(): void
  children: ReactNode
}

/** Beside the thread where there is room, else a drawer over it. */
function Side({ drawer, open, onClose, children }: SideProps) {
  if (!drawer) {
    return (
      <aside className="side-pane" aria-label={sideWords.label}>
        {children}
      </aside>
    )
  }
  return (
    <Drawer open={open} onClose={onClose} title={sideWords.label} size={320}>
      {children}
    </Drawer>
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

function Lost({ onBack }: Pick<Props, 'onBack'>) {
  return (
    <main className="thread-pane nobody-chosen">
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.lost} />
      <p className="muted">{words.lostHint}</p>
      {onBack && <Button onClick={onBack}>{app.back}</Button>}
    </main>
  )
}
