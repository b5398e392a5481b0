import { createSealing } from '../actions/seal.ts'
import type { SystemClockwork } from '../actions/wake.ts'
import { dropUnused } from '../files/file-store.ts'
import { sweepSignIns } from '../identity/staff.ts'
import type { Seal } from '../protocol/http.ts'
import type { Composed, Parts } from './compose.ts'
import type { Outbox } from './outbox.ts'
import type { Sockets } from './sockets.ts'
import { watchStaff } from './staff-watch.ts'
import { type Round, startTicker } from './ticker.ts'

/** Milliseconds between two looks at what has become due. */
const WAKE = 5_000

/** Everything that one process does again and again. */
export function startRounds(
  { database: { db, sql }, signer, now, log }: Parts,
  { live, bureau, knowledge, timeRules }: Composed,
  sockets: Sockets,
  wakes: { clockwork: SystemClockwork; outbox: Outbox } | null,
): AsyncDisposable {
  const sealed = ({ day, n }: Seal) => log.info({ day, n }, 'sealed')
  const rounds: Round[] = [
    { every: 1_000, work: (at) => sockets.tick(at) },
    { every: 1_000, work: () => knowledge.refresh() },
    { every: 2_000, work: (at) => watchStaff(db, sockets.sessions, at) },
    { every: 10_000, work: () => bureau.refresh() },
    { every: 10_000, work: () => timeRules.refresh() },
    { every: 60_000, work: (at) => live.limiter.sweep(at) },
    { every: 60_000, atOnce: true, work: createSealing({ sql, signer, sealed }) },
    { every: 600_000, work: (at) => dropUnused(db, at) },
    { every: 3_600_000, work: (at) => sweepSignIns(db, at) },
  ]
  if (wakes) {
    const { clockwork, outbox } = wakes
    rounds.push({ every: WAKE, work: () => clockwork.turn() })
    rounds.push({ every: 1_000, work: () => outbox.kick() })
  }
  return startTicker(rounds, { now, onError: (err) => log.warn({ err }, 'a round failed') })
}
