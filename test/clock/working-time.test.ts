import { describe, expect, it } from 'vitest'
import {
  addWorkingTime,
  isWorkingTime,
  nextOpening,
  workingTimeBetween,
} from '../../src/clock/working-time.ts'
import { CALENDAR } from '../../src/clock/years.ts'

const at = (time: string) => new Date(`${time.replace(' ', 'T')}+08:00`)
const HOUR = 3_600_000

describe('office hours', () => {
  it.each<[string, boolean | 'unscheduled']>([
    ['2026-11-23 08:59:59.999', false],
    ['2026-11-23 09:00', true],
    ['2026-11-23 11:59:59.999', true],
    ['2026-11-23 12:00', false],
    ['2026-11-23 13:30', true],
    ['2026-11-23 17:30', false],
    ['2026-11-21 10:00', false],
    ['2026-10-10 10:00', true],
    ['2026-10-07 10:00', false],
    ['2025-01-26 10:00', true],
    ['2027-01-04 10:00', 'unscheduled'],
    ['2027-01-04 03:00', false],
  ])('at %s are %s', (time, expected) => {
    expect(isWorkingTime(at(time), CALENDAR)).toBe(expected)
  })

  it.each<[string, string | undefined]>([
    ['2026-11-23 10:15', '2026-11-23 10:15'],
    ['2026-11-23 12:00', '2026-11-23 13:30'],
    ['2026-11-20 17:30', '2026-11-23 09:00'],
    ['2026-09-19 08:00', '2026-09-20 09:00'],
    ['2026-02-14 18:00', '2026-02-24 09:00'],
    ['2026-12-31 18:00', undefined],
    ['2027-06-01 10:00', undefined],
  ])('open next after %s at %s', (time, expected) => {
    expect(nextOpening(at(time), CALENDAR)).toEqual(expected ? at(expected) : 'unscheduled')
  })
})

describe('working time between two moments', () => {
  it.each<[string, string, number | 'unscheduled']>([
    ['2026-11-23 09:00', '2026-11-23 17:30', 7],
    ['2026-11-23 11:00', '2026-11-23 14:30', 2],
    ['2026-11-20 16:30', '2026-11-23 10:00', 2],
    ['2026-11-21 00:00', '2026-11-23 00:00', 0],
    ['2026-10-01 00:00', '2026-10-12 00:00', 21],
    ['2026-02-14 00:00', '2026-03-01 00:00', 42],
    ['2026-11-23 10:00', '2026-11-23 09:00', 0],
    ['2026-12-31 16:30', '2027-01-01 08:59', 1],
    ['2026-12-31 16:30', '2027-01-01 09:01', 'unscheduled'],
    ['2024-12-31 17:30', '2025-01-02 10:00', 1],
    ['2024-12-31 17:29', '2025-01-02 10:00', 'unscheduled'],
  ])('from %s to %s is %s hours', (from, to, hours) => {
    const expected = hours === 'unscheduled' ? hours : hours * HOUR
    expect(workingTimeBetween(at(from), at(to), CALENDAR)).toBe(expected)
  })

  it('counts single milliseconds', () => {
    const [a, b] = [at('2026-11-23 11:59:59.990'), at('2026-11-23 13:30:00.005')]
    expect(workingTimeBetween(a, b, CALENDAR)).toBe(15)
    expect(addWorkingTime(a, 15, CALENDAR)).toEqual(b)
  })

  it('knows the working days of both years: 248 each', () => {
    for (const year of [2025, 2026]) {
      const [from, to] = [at(`${year}-01-01 00:00`), at(`${year + 1}-01-01 00:00`)]
      expect(Number(workingTimeBetween(from, to, CALENDAR)) / (7 * HOUR)).toBe(248)
    }
  })
})
