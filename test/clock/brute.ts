import type { Term } from '../../src/clock/due.ts'

export const MINUTE = 60_000
export const FIRST = Date.parse('2025-01-01T00:00:00+08:00')
export const END = Date.parse('2027-01-01T00:00:00+08:00')
const DAY_MINUTES = 1440

export type Hours = [from: string, to: string][]

/**
 * An independent calendar: one flag for each minute of 2025 and 2026, from lists that were typed
 * again from the notices, without ranges, offsets or any function of ours.
 */
const FREE = `
2025 0101 0128 0129 0130 0131 0201 0202 0203 0204 0404 0405 0406 0501 0502 0503 0504 0505 0531
0601 0602 1001 1002 1003 1004 1005 1006 1007 1008
2026 0101 0102 0103 0215 0216 0217 0218 0219 0220 0221 0222 0223 0404 0405 0406 0501 0502 0503
0504 0505 0619 0620 0621 0925 0926 0927 1001 1002 1003 1004 1005 1006 1007`
const WORKED = `2025 0126 0208 0427 0928 1011 2026 0104 0214 0228 0509 0920 1010`

function dates(list: string): Set<string> {
  let year = ''
  const all = new Set<string>()
  for (const word of list.trim().split(/\s+/)) {
    if (word.startsWith('20') && word > '2020') year = word
    else all.add(year + word)
  }
  return all
}

function minutesOf(hours: Hours): Uint8Array {
  const [free, worked] = [dates(FREE), dates(WORKED)]
  const flags = new Uint8Array((END - FIRST) / MINUTE)
  const zone = { timeZone: 'Asia/Shanghai' }
  for (let day = 0; day < flags.length / DAY_MINUTES; day++) {
    const noon = new Date(FIRST + (day * DAY_MINUTES + 720) * MINUTE)
    const date = noon.toLocaleDateString('en-CA', zone).replaceAll('-', '')
    const weekend = noon.toLocaleDateString('en-US', { ...zone, weekday: 'short' }).startsWith('S')
    if (free.has(date) || (weekend && !worked.has(date))) continue
    for (let minute = 0; minute < DAY_MINUTES; minute++) {
      const hour = String(Math.floor(minute / 60)).padStart(2, '0')
      const time = `${hour}:${String(minute % 60).padStart(2, '0')}`
      if (hours.some(([from, to]) => from <= time && time < to)) {
        flags[day * DAY_MINUTES + minute] = 1
      }
    }
  }
  return flags
}

/** Walks minute by minute; all times are minutes since 2025-01-01 in Shanghai. */
export class Brute {
  readonly flags: Uint8Array
  constructor(hours: Hours) {
    this.flags = minutesOf(hours)
  }
  due(start: number, { number, unit }: Term): number | 'unscheduled' {
    if (unit === 'hours') return start + number * 60
    if (unit === 'working-minutes') return this.after(start, number)
    if (unit === 'working-hours') return this.after(start, number * 60)
    let day = Math.floor(start / DAY_MINUTES)
    let left = number
    while (left > 0) {
      day += 1
      if (unit === 'days' || this.lastOf(day) !== undefined) left -= 1
      if (day * DAY_MINUTES >= this.flags.length) return 'unscheduled'
    }
    while (this.lastOf(day) === undefined) {
      day += 1
      if (day * DAY_MINUTES >= this.flags.length) return 'unscheduled'
    }
    return this.lastOf(day)! + 1
  }
  after(start: number, minutes: number): number | 'unscheduled' {
    let left = minutes
    for (let minute = start; minute < this.flags.length; minute++) {
      left -= this.flags[minute]!
      if (left === 0) return minute + 1
    }
    return 'unscheduled'
  }
  between(from: number, to: number): number {
    let total = 0
    for (let minute = from; minute < to; minute++) total += this.flags[minute]!
    return total
  }
  lastOf(day: number): number | undefined {
    for (let minute = (day + 1) * DAY_MINUTES - 1; minute >= day * DAY_MINUTES; minute--) {
      if (this.flags[minute] === 1) return minute
    }
  }
}
