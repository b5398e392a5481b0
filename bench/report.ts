import type { Measured, Round } from './measure.ts'
import { RATE } from './options.ts'
import { table } from './table.ts'

export interface Both {
  floor: Round
  ours: Round
}

/** One line of the table: how it is read from a round, and what we aim at. */
interface Figure {
  name: string
  read(round: Round): number
  digits: number
  aim?: { text: string; met(ours: number, ratio: number): boolean }
}

const throughput = { text: '≥ 0.8 × floor', met: (_: number, ratio: number) => ratio >= 0.8 }
const late = { text: '≤ 10 ms', met: (ours: number) => ours <= 10 }
const atMost = (times: number) => ({
  text: `≤ ${times} × floor`,
  met: (_: number, ratio: number) => ratio <= times,
})

const FIGURES: readonly Figure[] = [
  {
    name: 'msg/s acked and delivered, one in flight a sender',
    read: ({ closed }) => closed.perSecond,
    digits: 0,
    aim: throughput,
  },
  {
    name: 'msg/s acked and delivered, more in flight',
    read: ({ deep }) => deep.perSecond,
    digits: 0,
    aim: throughput,
  },
  { name: `ack at ${RATE}/s, p50 ms`, read: ({ paced }) => paced.ack.p50, digits: 2 },
  { name: `ack at ${RATE}/s, p99 ms`, read: ({ paced }) => paced.ack.p99, digits: 2, aim: late },
  { name: `delivery at ${RATE}/s, p50 ms`, read: ({ paced }) => paced.delivery.p50, digits: 2 },
  {
    name: `delivery at ${RATE}/s, p99 ms`,
    read: ({ paced }) => paced.delivery.p99,
    digits: 2,
    aim: late,
  },
  {
    name: `server CPU-s per 1,000 at ${RATE}/s`,
    read: ({ paced }) => paced.cpu,
    digits: 3,
    aim: atMost(2),
  },
  { name: 'server CPU-s per 1,000 at maximum', read: ({ closed }) => closed.cpu, digits: 3 },
  {
    name: `PostgreSQL CPU-s per 1,000 at ${RATE}/s`,
    read: ({ paced }) => paced.postgresCpu,
    digits: 3,
  },
  {
    name: 'PostgreSQL CPU-s per 1,000 at maximum',
    read: ({ closed }) => closed.postgresCpu,
    digits: 3,
  },
  { name: 'MiB per 1,000 idle connections', read: ({ idle }) => idle, digits: 1, aim: atMost(3) },
]

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export interface Line {
  figure: string
  floor: number
  ours: number
  /** Median of the rounds' own ratios: what was noisy for one was noisy for the other. */
  ratio: number
  aim: string | null
  met: boolean | null
}

export function linesOf(rounds: readonly Both[]): Line[] {
  return FIGURES.map(({ name, read, aim }) => {
    const ours = median(rounds.map((round) => read(round.ours)))
    const ratio = median(rounds.map((round) => read(round.ours) / read(round.floor)))
    const floor = median(rounds.map((round) => read(round.floor)))
    return {
      figure: name,
      floor,
      ours,
      ratio,
      aim: aim?.text ?? null,
      met: aim?.met(ours, ratio) ?? null,
    }
  })
}

/** The table as people read it. */
export function tableOf(lines: readonly Line[]): string {
  const rows = lines.map(({ floor, ours, ratio, figure, aim, met }, i) => {
    const { digits } = FIGURES[i]!
    const mark = met === null ? '' : met ? 'met' : 'MISSED'
    return [figure, floor.toFixed(digits), ours.toFixed(digits), ratio.toFixed(2), aim ?? '', mark]
  })
  return table(['', 'floor', 'ours', 'ratio', 'aim', ''], rows)
}

const PHASES = ['paced', 'closed', 'deep'] as const satisfies readonly (keyof Round)[]

/** Messages that were `unavailable` at first, over the whole run. */
export const repeats = (rounds: readonly Both[]): number =>
  rounds
    .flatMap(({ floor, ours }) => [floor, ours])
    .flatMap((round) => PHASES.map((phase) => round[phase].again))
    .reduce((sum, again) => sum + again, 0)

/** Everything that was lost, doubled or not stored; empty for an honest run. */
export function wrongs(rounds: readonly Both[]): string[] {
  return rounds.flatMap((both, i) =>
    (['floor', 'ours'] as const).flatMap((system) =>
      PHASES.flatMap((phase) => {
        const { dishonest }: Measured = both[system][phase]
        return dishonest === null ? [] : [`round ${i + 1}, ${system}, ${phase}: ${dishonest}`]
      }),
    ),
  )
}
