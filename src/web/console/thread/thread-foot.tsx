import { CheckCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { Summary } from '../../../protocol/http.ts'
import { abilitiesOf } from '../desk/abilities.ts'
import { useConsole, useDesk } from '../shell/console-context.ts'
import { useShortcut } from '../shell/shortcuts.ts'
import { composer, thread as words } from '../wording.ts'
import { Composer } from './composer.tsx'
import type { Mode } from './drafts.ts'
import { FaqPanel } from './faq-panel.tsx'
import { useClaim } from './use-claim.ts'
import type { UsedDraft } from './use-draft.ts'

interface Props {
  thread: Summary | undefined
  drafts: UsedDraft
  /** The enterprise's newest words, to search the knowledge base for. */
  question: string
}

/** What this person can do here now: claim, write, or only read. */
export function ThreadFoot({ thread, drafts, question }: Props) {
  const { me } = useConsole()
  const [noting, setNoting] = useState(false)
  if (!thread) return null
  const may = abilitiesOf(me, thread)
  const modes: Mode[] = [
    ...(may.reply ? ['reply' as const] : []),
    ...(may.note ? ['note' as const] : []),
  ]
  if (modes.length === 0) return <ReadOnly role={me.role} />
  if (may.claim && !noting) return <ClaimBar id={thread.id} onNote={() => setNoting(true)} />
  return (
    <div className="thread-foot">
      {may.claim && <ClaimBar id={thread.id} />}
      {!may.reply && thread.state === 'held' && thread.owner && (
        <p className="foot-hint muted">{words.heldBy(thread.owner.name)}</p>
      )}
      <Writing id={thread.id} modes={modes} drafts={drafts} question={question} />
    </div>
  )
}

/** The composer, with the knowledge base above it when asked for. */
function Writing({
  id,
  modes,
  drafts,
  question,
}: Omit<Props, 'thread'> & { id: string; modes: readonly Mode[] }) {
  const [chosen, setChosen] = useState<Mode>()
  const [faqOpen, setFaqOpen] = useState(false)
  // A thread that changed hands takes the reply mode away, and its text stays in the draft.
  const mode = chosen && modes.includes(chosen) ? chosen : modes[0]!
  const insert = (text: string) => {
    setChosen('reply')
    drafts.add('reply', text)
    setFaqOpen(false)
  }
  return (
    <>
      {faqOpen && modes.includes('reply') && (
        <FaqPanel question={question} onInsert={insert} onClose={() => setFaqOpen(false)} />
      )}
      <Composer
        thread={id}
        modes={modes}
        mode={mode}
        draft={drafts.draft}
        faqOpen={faqOpen}
        onMode={setChosen}
        onWrite={drafts.write}
        onFaq={() => setFaqOpen(!faqOpen)}
      />
    </>
  )
}

function ClaimBar({ id, onNote }: { id: string; onNote?: () => void }) {
  const { busy, claim } = useClaim(id)
  const online = useDesk((state) => state.status === 'online')
  useShortcut('c', claim, online && !busy)
  return (
    <div className="claim-bar">
      <Button
        type="primary"
        size="large"
        icon={<CheckCircleOutlined />}
        loading={busy}
        disabled={!online}
        onClick={claim}
        aria-keyshortcuts="c"
      >
        {words.claim}
      </Button>
      <p className="muted">{words.claimHint}</p>
      {onNote && (
        <Button type="text" onClick={onNote}>
          {composer.note}
        </Button>
      )}
    </div>
  )
}

function ReadOnly({ role }: { role: string }) {
  const why = role === 'admin' ? words.audited : role === 'curator' ? words.masked : ''
  return (
    <p className="foot-hint read-only muted">
      {words.readOnly}
      {why && ` · ${why}`}
    </p>
  )
}
