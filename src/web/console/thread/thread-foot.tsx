import { CheckCircleOutlined, LockOutlined } from '@ant-design/icons'
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
  const may = abilitiesOf(me, thread)
  // Where only a note is possible the field waits until it is asked for.
  const [noting, setNoting] = useState(drafts.draft.note !== '')
  const note = () => setNoting(true)
  useShortcut('n', note, may.note && !may.reply && !noting)
  if (!thread) return null
  if (!may.note) return <ReadOnly role={me.role} />
  const modes: readonly Mode[] = may.reply ? ['reply', 'note'] : ['note']
  return (
    <div className="thread-foot">
      {may.claim && <ClaimBar id={thread.id} onNote={noting ? undefined : note} />}
      {!may.claim && !may.reply && <Bystander thread={thread} onNote={noting ? undefined : note} />}
      {(may.reply || noting) && (
        <Writing id={thread.id} modes={modes} drafts={drafts} question={question} />
      )}
    </div>
  )
}

interface NoteProps {
  onNote: (() => void) | undefined
}

/** Somebody else holds it, or it is over. */
function Bystander({ thread, onNote }: NoteProps & { thread: Summary }) {
  const holder = thread.state === 'held' && thread.owner?.name
  return (
    <div className="foot-bar">
      <p className="muted">{holder ? words.heldBy(holder) : words.over[thread.state]}</p>
      <NoteButton onNote={onNote} />
    </div>
  )
}

function NoteButton({ onNote }: NoteProps) {
  if (!onNote) return null
  return (
    <Button icon={<LockOutlined aria-hidden />} onClick={onNote} aria-keyshortcuts="n">
      {composer.writeNote}
    </Button>
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

function ClaimBar({ id, onNote }: NoteProps & { id: string }) {
  const { busy, claim } = useClaim(id)
  const online = useDesk((state) => state.status === 'online')
  useShortcut('c', claim, online && !busy)
  return (
    <div className="claim-bar">
      <Button
        type="primary"
        size="large"
        icon={<CheckCircleOutlined aria-hidden />}
        loading={busy}
        disabled={!online}
        onClick={claim}
        aria-keyshortcuts="c"
      >
        {words.claim}
      </Button>
      <p className="muted">{words.claimHint}</p>
      <NoteButton onNote={onNote} />
    </div>
  )
}

function ReadOnly({ role }: { role: string }) {
  const why = role === 'admin' ? words.audited : role === 'curator' ? words.masked : ''
  return (
    <p className="read-only muted">
      {words.readOnly}
      {why && ` · ${why}`}
    </p>
  )
}
