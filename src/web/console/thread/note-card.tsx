import { LockOutlined } from '@ant-design/icons'
import type { OpenEntry } from '../../shared/thread-fold.ts'
import { record as words } from '../wording.ts'
import type { Line } from './lines.ts'
import type { Names } from './milestones.ts'
import { Moment } from './moment.tsx'

interface Props {
  line: Line
  entry: OpenEntry
  names: Names
  label: string
  text: string
}

/** Said inside the bureau: looks like nothing that the enterprise could ever see. */
export function NoteCard({ line, entry, names, label, text }: Props) {
  return (
    <article className="note-card" aria-label={`${label}，${words.internalHint}`}>
      <header>
        <LockOutlined aria-hidden /> <b>{label}</b>
        <bdi>{names.person(entry.by)}</bdi>
        <span className="card-extra">{words.internalHint}</span>
      </header>
      <p className="words">
        <bdi>{text}</bdi>
      </p>
      <footer>
        <Moment line={line} />
      </footer>
    </article>
  )
}
