import { answer } from './ipc.ts'
import type { Seat } from './ledger.ts'
import type { Line } from './line.ts'
import { closed, paced } from './phases.ts'
import { fewAtOnce, openVisitor, type Stage, seatAll } from './seats.ts'

/*
 * The load generator: a process of its own, so that its work is nobody else's. It does one thing
 * at a time, as it is told by the bench, and ends with it.
 */
let seats: Seat[] = []
let idle: Line[] = []
/** Idle visitors are others than those who write. */
const FIRST_IDLE = 10_000

answer({
  async seat(stage: Stage) {
    seats = await seatAll(stage)
    return seats.length
  },
  paced: (how: { rate: number; seconds: number }) => paced(seats, how),
  closed: (how: { depth: number; seconds: number }) => closed(seats, how),
  async idle({ stage, count }: { stage: Stage; count: number }) {
    const opened = await fewAtOnce(count, (i) => openVisitor(stage, FIRST_IDLE + i))
    idle = opened.map(({ line }) => line)
    return idle.length
  },
  leave() {
    for (const { visitor, officer } of seats) for (const line of [visitor, officer]) line.close()
    for (const line of idle) line.close()
    seats = []
    idle = []
  },
})
process.once('disconnect', () => process.exit(0))
