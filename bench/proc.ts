import { readdirSync, readFileSync } from 'node:fs'

/** Ticks a second of /proc's CPU times, the same on every Linux. */
const TICKS = 100
const MIB = 1024

interface Stat {
  ppid: number
  /** CPU-seconds, user and system */
  own: number
  /** CPU-seconds of children that have ended */
  gone: number
}

function statOf(pid: number): Stat | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
    const at = (field: number) => Number(fields[field - 3]) // the first two are pid and name
    return { ppid: at(4), own: (at(14) + at(15)) / TICKS, gone: (at(16) + at(17)) / TICKS }
  } catch {
    return undefined // it has just ended
  }
}

/** CPU-seconds that a process has used so far. */
export const cpuOf = (pid: number): number => statOf(pid)?.own ?? 0

/** CPU-seconds of a process and all its children, also of those that have ended. */
export function cpuOfFamily(pid: number): number {
  const parent = statOf(pid)
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const children = pids.map((name) => statOf(Number(name))).filter((stat) => stat?.ppid === pid)
  return children.reduce(
    (sum, child) => sum + (child?.own ?? 0),
    (parent?.own ?? 0) + (parent?.gone ?? 0),
  )
}

/** Resident memory in MiB. */
export function residentOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / MIB
}
