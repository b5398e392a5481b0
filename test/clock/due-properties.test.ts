import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueAt, type Term } from '../../src/clock/due.ts'
import { nextOpening, workingTimeBetween } from '../../src/clock/working-time.ts'
import { CALENDAR } from '../../src/clock/years.ts'

const MINUTE = 60_000
const FIRST = Date.parse('2025-01-01T00:00:00+08:00')
const END = Date.parse('2027-01-01T00:00:00+08:00')

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
const moment = fc.integer({ min: FIRST, max: END - 1 }).map((ms) => new Date(ms))
/** Unscheduled is later than anything. */
const order = (due: Date | 'unscheduled') =>
  due === 'unscheduled' ? Number.POSITIVE_INFINITY : due.getTime()

describe('due times', () => {
  it('never fall earlier for a later start', () => {
    fc.assert(
      fc.property(moment, moment, term, (a, b, limit) => {
        const [first, second] = a <= b ? [a, b] : [b, a]
        const early = order(dueAt(first, limit, CALENDAR))
        expect(early).toBeLessThanOrEqual(order(dueAt(second, limit, CALENDAR)))
      }),
      { numRuns: 1000 },
    )
  })

  it('never fall earlier for a larger number, and always after the start', () => {
    fc.assert(
      fc.property(moment, term, fc.nat(50), (start, limit, more) => {
        const due = order(dueAt(start, limit, CALENDAR))
        const larger = { ...limit, number: limit.number + more }
        expect(due).toBeGreaterThan(start.getTime())
        expect(due).toBeLessThanOrEqual(order(dueAt(start, larger, CALENDAR)))
      }),
      { numRuns: 1000 },
    )
  })

  it('do not depend on where in closed hours the count starts', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 500 }), (start, number) => {
        const opening = nextOpening(start, CALENDAR)
        fc.pre(opening !== 'unscheduled')
        const limit: Term = { number, unit: 'working-minutes' }
        expect(dueAt(start, limit, CALENDAR)).toEqual(dueAt(opening, limit, CALENDAR))
      }),
    )
  })
})

describe('working time', () => {
  it('leaves exactly the promised working time between start and due', () => {
    const working = fc.constantFrom<Term['unit']>('working-minutes', 'working-hours')
    fc.assert(
      fc.property(moment, working, fc.integer({ min: 1, max: 200 }), (start, unit, number) => {
        const due = dueAt(start, { number, unit }, CALENDAR)
        fc.pre(due !== 'unscheduled')
        const promised = number * (unit === 'working-hours' ? 60 : 1) * MINUTE
        expect(workingTimeBetween(start, due, CALENDAR)).toBe(promised)
      }),
    )
  })

  it('adds up over any point between', () => {
    fc.assert(
      fc.property(moment, moment, moment, (x, y, z) => {
        const [a, b, c] = [x, y, z].sort((p, q) => p.getTime() - q.getTime())
        const whole = workingTimeBetween(a!, c!, CALENDAR)
        const [one, two] = [
          workingTimeBetween(a!, b!, CALENDAR),
          workingTimeBetween(b!, c!, CALENDAR),
        ]
        expect(whole).toBe(Number(one) + Number(two))
      }),
      { numRuns: 1000 },
    )
  })
})
