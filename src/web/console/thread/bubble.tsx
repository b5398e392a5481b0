import type { FileRef } from '../../../protocol/entries.ts'
import type { OpenEntry } from '../../shared/thread-fold.ts'
import { thread as threadWords, record as words } from '../wording.ts'
import { Files } from './files.tsx'
import type { Line } from './lines.ts'
import type { Names } from './milestones.ts'
import { Moment } from './moment.tsx'

interface Props {
  line: Line
  entry: OpenEntry
  names: Names
  me: string
  text: string | undefined
  files?: readonly FileRef[] | undefined
  label?: string
}

/** Somebody's words: the enterprise on the left, the bureau on the right. */
export function Bubble({ line, entry, names, me, text, files, label }: Props) {
  const theirs = entry.by.role === 'enterprise'
  const side = theirs ? 'theirs' : entry.by.id === me ? 'ours mine' : 'ours'
  const who = theirs ? (entry.name ?? threadWords.enterprise) : names.person(entry.by)
  return (
    <article className={`bubble ${side}`} aria-label={who}>
      {(!line.follows || label) && (
        <header>
          <bdi>{who}</bdi>
          {label && <span className="label">{label}</span>}
        </header>
      )}
      <div className="bubble-body">
        {text && (
          <p className="words">
            <bdi>{text}</bdi>
          </p>
        )}
        {files && files.length > 0 && <Files files={files} />}
      </div>
      <footer>
        {line.correctedBy && <Corrected by={line.correctedBy} />}
        <Moment line={line} />
      </footer>
    </article>
  )
}

/** Points at the correction; the original stays as it was said. */
function Corrected({ by }: { by: number }) {
  const show = () =>
    document.getElementById(`entry-${by}`)?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  return (
    <button type="button" className="link corrected" onClick={show}>
      {words.corrected} ↓
    </button>
  )
}
