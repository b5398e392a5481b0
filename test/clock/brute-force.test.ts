import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WorkingCalendar } from '../../src/clock/calendar.ts'
import { dueAt, type Term } from '../../src/clock/due.ts'
import { workingTimeBetween } from '../../src/clock/working-time.ts'
import { CALENDAR } from '../../src/clock/years.ts'
import { Brute, END, FIRST, type Hours, MINUTE } from './brute.ts'

const OFFICES: [string, Hours][] = [
  ['the office hours that ship', CALENDAR.periods.map(({ from, to }) => [from, to])],
  [
    'three odd periods',
    [
      ['07:45', '10:10'],
      ['10:10', '11:59'],
      ['20:00', '24:00'],
    ],
  ],
  ['the whole day', [['00:00', '24:00']]],
]

const officeCalendar = (hours: Hours): WorkingCalendar => ({
  ...CALENDAR,
  periods: hours.map(([from, to]) => ({ from, to })),
})

const numbers: Record<Term['unit'], number> = {
  'working-minutes': 3000,
  'working-hours': 120,
  'working-days': 60,
  hours: 500,
  days: 120,
}
const unit = fc.constantFrom(...(Object.keys(numbers) as Term['unit'][]))
const term: fc.Arbitrary<Term> = unit.chain((u) =>
  fc.record({ number: fc.integer({ min: 1, max: numbers[u] }), unit: fc.constant(u) }),
)
const minute = fc.integer({ min: 0, max: (END - FIRST) / MINUTE - 1 })
const atMinute = (count: number) => new Date(FIRST + count * MINUTE)

describe.each(OFFICES)('with %s', (_, hours) => {
  const brute = new Brute(hours)
  const calendar = officeCalendar(hours)

  it('is due when a walk minute by minute says so', () => {
    fc.assert(
      fc.property(minute, term, (start, limit) => {
        const expected = brute.due(start, limit)
        const due = dueAt(atMinute(start), limit, calendar)
        expect(due).toEqual(expected === 'unscheduled' ? expected : atMinute(expected))
      }),
      { numRuns: 1000 },
    )
  })

  it('measures the working time that a walk minute by minute counts', () => {
    fc.assert(
      fc.property(minute, minute, (a, b) => {
        const measured = workingTimeBetween(atMinute(a), atMinute(b), calendar)
        expect(measured).toBe(brute.between(a, b) * MINUTE)
      }),
      { numRuns: 300 },
    )
  })
})
