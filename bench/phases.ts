import { setTimeout as sleep } from 'node:timers/promises'
import { Ledger, type Seat, type Tally } from './ledger.ts'
import { SIDES, type Side } from './words.ts'

/** What a phase found out; times in milliseconds. */
export interface Phase extends Omit<Tally, 'ackMs' | 'deliveredMs'> {
  ack: Quantiles
  delivery: Quantiles
  /** Messages a second that landed while it was sending. */
  perSecond: number
  /** How late the generator itself was with its sending: the noise of the machine. */
  lag: Quantiles
}

export interface Quantiles {
  p50: number
  p99: number
}

export function quantiles(values: readonly number[]): Quantiles {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, sorted.length * part) | 0] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}

const phase = (tally: Tally, perSecond: number, lag: readonly number[]): Phase => {
  const { ackMs, deliveredMs, ...counts } = tally
  const [ack, delivery] = [quantiles(ackMs), quantiles(deliveredMs)]
  return { ...counts, ack, delivery, perSecond, lag: quantiles(lag) }
}

/**
 * So many messages a second whatever comes back, over all threads in turn; in each of them the two
 * sides alternate, and at any moment both sides write somewhere.
 */
export async function paced(
  seats: readonly Seat[],
  { rate, seconds }: { rate: number; seconds: number },
): Promise<Phase> {
  const ledger = new Ledger(seats)
  const total = rate * seconds
  const gap = 1000 / rate
  const lag: number[] = []
  const start = performance.now()
  for (let n = 0; n < total; n++) {
    const due = start + n * gap
    const early = due - performance.now()
    if (early > 0) await sleep(early)
    lag.push(performance.now() - due)
    const turn = Math.floor(n / seats.length) + n
    ledger.send(seats[n % seats.length]!, SIDES[turn % 2]!)
  }
  const tally = await ledger.settled()
  return phase(tally, rate, lag)
}

/** As fast as it goes: each side of each thread keeps `depth` messages on their way. */
export async function closed(
  seats: readonly Seat[],
  { depth, seconds }: { depth: number; seconds: number },
): Promise<Phase> {
  const ledger = new Ledger(seats)
  const start = performance.now()
  const until = start + seconds * 1000
  let landed = 0
  const keepGoing = (seat: Seat, side: Side): void =>
    ledger.send(seat, side, () => {
      if (performance.now() > until) return
      landed += 1
      keepGoing(seat, side)
    })
  for (let i = 0; i < depth; i++) {
    for (const seat of seats) for (const side of SIDES) keepGoing(seat, side)
  }
  await sleep(seconds * 1000)
  const tally = await ledger.settled()
  return phase(tally, landed / seconds, [])
}
