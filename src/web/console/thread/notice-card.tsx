import type { BodyOf } from '../../../protocol/entries.ts'
import type { OpenEntry } from '../../shared/thread-fold.ts'
import { record as words } from '../wording.ts'
import type { Line } from './lines.ts'
import type { Names } from './milestones.ts'
import { Moment } from './moment.tsx'

interface Props {
  line: Line
  entry: OpenEntry
  names: Names
  me: string
  notice: BodyOf<'notice-given'>
}

/** 一次性告知单: everything to bring and to do, told once. */
export function NoticeCard({ line, entry, names, me, notice }: Props) {
  return (
    <article className={`bubble ours ${entry.by.id === me ? 'by-me' : ''}`}>
      <header>
        <bdi>{names.person(entry.by)}</bdi>
        <span className="label">{words.notice}</span>
      </header>
      <div className="bubble-body notice">
        <Points title={words.items} points={notice.items} />
        <Points title={words.steps} points={notice.steps} />
        <p>
          {words.window}：<bdi>{notice.window}</bdi>
        </p>
        <p>
          {words.limit}：<bdi>{notice.limit}</bdi>
        </p>
      </div>
      <footer>
        <Moment line={line} />
      </footer>
    </article>
  )
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  if (points.length === 0) return null
  return (
    <>
      <h4>{title}</h4>
      <ol>
        {points.map((point, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry never changes
          <li key={n}>
            <bdi>{point}</bdi>
          </li>
        ))}
      </ol>
    </>
  )
}
