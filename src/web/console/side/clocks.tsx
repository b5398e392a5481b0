import type { ClockSummary } from '../../../protocol/http.ts'
import { readClock } from '../desk/clocks.ts'
import { ClockWords } from '../list/clock-words.tsx'
import { useNow } from '../shell/use-now.ts'
import { useNames } from '../thread/use-names.ts'
import { side as words } from '../wording.ts'
import { units } from '../words.ts'
import { Card } from './card.tsx'

/** Every promise of the thread, until when, and what it rests on. */
export function Clocks({ clocks }: { clocks: readonly ClockSummary[] }) {
  return (
    <Card title={words.clocks}>
      {clocks.length === 0 && <p className="muted">{words.noClocks}</p>}
      <ul className="clocks">
        {clocks.map((clock) => (
          <Clock key={clock.name} clock={clock} />
        ))}
      </ul>
    </Card>
  )
}

function Clock({ clock }: { clock: ClockSummary }) {
  const names = useNames()
  const { dueAt, metAt, limit } = clock
  return (
    <li>
      <ClockWords reading={readClock(clock, useNow())} />
      <p className="muted">
        {metAt ? words.met(names.moment(metAt)) : dueAt && words.due(names.moment(dueAt))}
      </p>
      {limit && (
        <p className="muted">
          {limit.number} {units[limit.unit]} · <bdi>{limit.ground}</bdi>
        </p>
      )}
    </li>
  )
}
