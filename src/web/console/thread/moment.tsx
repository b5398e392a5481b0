import { wallTime } from '../../shared/time.ts'
import { record as words } from '../wording.ts'
import type { Line } from './lines.ts'

/** The time of an entry; its place in the record on hover. */
export function Moment({ line: { at, seq } }: { line: Line }) {
  const { year, month, day, clock } = wallTime(at)
  const title = words.place(seq, `${year}-${month}-${day} ${clock}`)
  return (
    <time className="moment" dateTime={at} title={title}>
      {clock}
    </time>
  )
}
