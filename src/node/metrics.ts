import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Tally } from '../actions/services.ts'

export interface Gauged {
  connections(): number
  queued(): number
  flights(): number
}

/** Prometheus figures of one process. Labels are closed lists, never anything a client says. */
export function createMetrics() {
  const registers = [new Registry()]
  const commands = new Counter({
    name: 'shouwen_commands_total',
    help: 'Commands by type and outcome (ack or the refusal)',
    labelNames: ['type', 'outcome'],
    registers,
  })
  const seconds = new Histogram({
    name: 'shouwen_command_seconds',
    help: 'From a command to its ack or refusal',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  })
  const decisions = new Counter({
    name: 'shouwen_decisions_total',
    help: 'What the FAQ decided on the words of enterprises',
    labelNames: ['decision'],
    registers,
  })
  const flushes = new Histogram({
    name: 'shouwen_flush_commands',
    help: 'Commands in one append',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200],
    registers,
  })
  const tally: Tally = {
    command(type, outcome, took) {
      commands.inc({ type, outcome })
      seconds.observe(took)
    },
    decision: (decision) => decisions.inc({ decision }),
  }
  return {
    tally,
    flushed: (groups: number) => flushes.observe(groups),
    /** Figures that are read when they are asked for. */
    watch(gauged: Gauged) {
      const gauge = (name: string, help: string, read: () => number) =>
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read())
          },
        })
      gauge('shouwen_connections', 'Open sockets', gauged.connections)
      gauge('shouwen_writer_waiting', 'Commands waiting to be written', gauged.queued)
      gauge('shouwen_writer_flights', 'Appends under way', gauged.flights)
      gauge('process_resident_memory_bytes', 'Memory of the process', () =>
        process.memoryUsage.rss(),
      )
      gauge('process_cpu_seconds_total', 'CPU time of the process', () => {
        const { user, system } = process.cpuUsage()
        return (user + system) / 1e6
      })
    },
    text: () => registers[0]!.metrics(),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
