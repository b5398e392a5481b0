import type { Caller } from '../protocol/caller.ts'
import type { ClockFact } from '../protocol/entries.ts'
import type { ClockSummary, Summary } from '../protocol/http.ts'
import { maskText } from './personal.ts'
import { clocksFor, type Sight } from './sight.ts'
import type { Alert, Thread } from './thread.ts'

/** Reads clocks at a moment; built from the clock folder, whose types the record may not import. */
export type ReadClocks = (facts: readonly ClockFact[], now: Date) => ClockSummary[]

/** A thread in one line, as this caller may see it. */
export function summaryOf(
  thread: Thread,
  sight: Exclude<Sight, null>,
  { now, read, readClocks }: { now: Date; read: number; readClocks: ReadClocks },
): Summary {
  const isMasked = sight === 'masked'
  const people = isMasked
    ? {}
    : {
        ...(thread.firstResponder ? { firstResponder: thread.firstResponder } : {}),
        ...(thread.owner ? { owner: thread.owner } : {}),
      }
  return {
    id: thread.id,
    kind: thread.kind,
    state: thread.state,
    ...(thread.desk === null ? {} : { desk: thread.desk }),
    enterprise: isMasked ? { uscc: '', name: '***' } : thread.enterprise,
    question: isMasked ? maskText(thread.question.text) : thread.question.text,
    ...(thread.urgent ? { urgent: true } : {}),
    ...people,
    seq: thread.seq,
    read,
    clocks: readClocks(clocksFor(thread, sight), now),
    ...(isMasked || thread.standing === null ? {} : { standing: thread.standing }),
    ...(sight === 'whole' && thread.alert ? { alert: alertOf(thread.alert) } : {}),
    ...(thread.rating === null ? {} : { rating: thread.rating }),
    ...(thread.outcome === null ? {} : { outcome: thread.outcome }),
    openedAt: thread.openedAt,
    at: thread.at,
  }
}

const alertOf = ({ level, at, to }: Alert) => ({ level, at, to: [...to] })

/** The key under which a caller's acks and read marks are kept. */
export const keyOf = (who: Caller) => who.id
