import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Frame, Line } from './line.ts'
import { numberIn, type Side, wordsOf } from './words.ts'

/** A thread and the two who write to each other in it. */
export interface Seat {
  thread: string
  visitor: Line
  officer: Line
}

interface Flight {
  frame: object
  from: Line
  at: number
  side: Side
  acked: boolean
  delivered: boolean
  landed: (() => void) | undefined
}

/** What became of the messages of one phase; times in milliseconds. */
export interface Tally {
  sent: number
  acked: number
  delivered: number
  /** Acks and deliveries of nothing that was on its way: doubled, or garbled. */
  surplus: number
  /** Sent again with the same id after `unavailable`, as the contract says. */
  again: number
  ackMs: number[]
  deliveredMs: number[]
}

const SETTLING = 30_000
/** Milliseconds before what was `unavailable` is sent again. */
const PAUSE = 100
let numbers = 0

/** Knows every message that is on its way: it has landed once it is acked and delivered. */
export class Ledger {
  readonly tally: Tally = {
    sent: 0,
    acked: 0,
    delivered: 0,
    surplus: 0,
    again: 0,
    ackMs: [],
    deliveredMs: [],
  }
  readonly #byId = new Map<string, Flight>()
  readonly #byNumber = new Map<number, Flight>()
  #refused: Frame | null = null

  constructor(seats: readonly Seat[]) {
    const hear = (frame: Frame, line: Line) => this.#hear(frame, line)
    for (const { visitor, officer } of seats) visitor.listener = officer.listener = hear
  }

  /** Says something from one side of a thread; `landed` is called when the other side has it. */
  send(seat: Seat, side: Side, landed?: () => void): void {
    numbers += 1
    const id = randomUUID()
    const frame = { type: 'say', id, thread: seat.thread, text: wordsOf(side, numbers) }
    const [from, at] = [seat[side], performance.now()]
    const flight = { frame, from, at, side, acked: false, delivered: false, landed }
    this.#byId.set(id, flight)
    this.#byNumber.set(numbers, flight)
    this.tally.sent += 1
    from.send(frame)
  }

  #hear(frame: Frame, line: Line): void {
    if (frame.type === 'ack') this.#ack(frame.id)
    else if (frame.type === 'entry' && frame.kind === 'said') {
      const from: Side = frame.by.role === 'officer' ? 'officer' : 'visitor'
      // one's own words come back too; only the other side's copy is a delivery
      if (from !== line.side) this.#deliver(numberIn(frame.body.text))
    } else if (frame.type === 'refused') this.#again(frame)
  }

  #again(refusal: Frame): void {
    const flight = this.#byId.get(refusal.id)
    if (refusal.code !== 'unavailable' || !flight) {
      this.#refused = refusal
      return
    }
    this.tally.again += 1
    setTimeout(() => flight.from.send(flight.frame), PAUSE)
  }

  #ack(id: string): void {
    const flight = this.#byId.get(id)
    if (!flight) {
      this.tally.surplus += 1
      return
    }
    this.#byId.delete(id)
    this.tally.acked += 1
    this.tally.ackMs.push(performance.now() - flight.at)
    flight.acked = true
    if (flight.delivered) flight.landed?.()
  }

  #deliver(number: number): void {
    const flight = this.#byNumber.get(number)
    if (!flight) {
      this.tally.surplus += 1
      return
    }
    this.#byNumber.delete(number)
    this.tally.delivered += 1
    this.tally.deliveredMs.push(performance.now() - flight.at)
    flight.delivered = true
    if (flight.acked) flight.landed?.()
  }

  /** Waits until everything has landed, and a moment longer for what should not come at all. */
  async settled(): Promise<Tally> {
    const until = performance.now() + SETTLING
    while (this.#byId.size + this.#byNumber.size > 0 && performance.now() < until) {
      if (this.#refused) throw new Error(`refused: ${JSON.stringify(this.#refused)}`)
      await sleep(5)
    }
    await sleep(100)
    return this.tally
  }
}
