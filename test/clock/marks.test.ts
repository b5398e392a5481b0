import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueAt, type Term } from '../../src/clock/due.ts'
import { marksOf } from '../../src/clock/marks.ts'
import { workingTimeBetween } from '../../src/clock/working-time.ts'
import { CALENDAR } from '../../src/clock/years.ts'

const limit = (term: Term) => ({ ...term, ground: '本单位承诺', version: 'test' })
const marks = (startedAt: string, term: Term, pauses: { from: string; to: string }[] = []) => {
  const due = dueAt(new Date(startedAt), term, CALENDAR)
  if (due === 'unscheduled') throw new Error(due)
  return marksOf({ startedAt, dueAt: due.toISOString(), limit: limit(term), pauses }, CALENDAR)
}

describe('half and 80 % of a limit', () => {
  it('lie in working time', () => {
    const thirty = { number: 30, unit: 'working-minutes' } as const
    expect(marks('2026-11-24T02:00:00.000Z', thirty)).toEqual({
      half: '2026-11-24T02:15:00.000Z',
      most: '2026-11-24T02:24:00.000Z',
    })
    // asked at 17:25: five minutes are left of the day
    expect(marks('2026-11-24T09:25:00.000Z', thirty)).toEqual({
      half: '2026-11-25T01:10:00.000Z',
      most: '2026-11-25T01:19:00.000Z',
    })
    // asked at night: nothing is gone until the morning
    expect(marks('2026-11-24T15:00:00.000Z', thirty)?.half).toBe('2026-11-25T01:15:00.000Z')
  })

  it('lie in plain time where the limit does', () => {
    expect(marks('2026-11-24T15:00:00.000Z', { number: 10, unit: 'hours' })).toEqual({
      half: '2026-11-24T20:00:00.000Z',
      most: '2026-11-24T23:00:00.000Z',
    })
  })

  it('are not brought nearer by a pause', () => {
    const startedAt = '2026-11-24T01:00:00.000Z'
    const pauses = [{ from: '2026-11-24T01:30:00.000Z', to: '2026-11-24T02:30:00.000Z' }]
    // two hours, half an hour gone, an hour's pause: due an hour later, half of it half an hour on
    const found = marksOf(
      {
        startedAt,
        dueAt: '2026-11-24T04:00:00.000Z',
        limit: limit({ number: 2, unit: 'working-hours' }),
        pauses,
      },
      CALENDAR,
    )
    expect(found?.half).toBe('2026-11-24T03:00:00.000Z')
  })

  it('leave half and a fifth of the working time, whenever it was asked', () => {
    const start = fc.date({
      min: new Date('2025-01-02T00:00:00Z'),
      max: new Date('2026-11-30T00:00:00Z'),
      noInvalidDate: true,
    })
    const term = fc.oneof(
      fc.record({
        number: fc.integer({ min: 1, max: 300 }),
        unit: fc.constant('working-minutes' as const),
      }),
      fc.record({
        number: fc.integer({ min: 1, max: 10 }),
        unit: fc.constant('working-days' as const),
      }),
    )
    fc.assert(
      fc.property(start, term, (from, asked) => {
        const due = dueAt(from, asked, CALENDAR) as Date
        const { half, most } = marks(from.toISOString(), asked)!
        const left = (at: Date) => workingTimeBetween(at, due, CALENDAR) as number
        const all = left(from)
        expect(Math.abs(left(new Date(half)) - all / 2)).toBeLessThanOrEqual(1)
        expect(Math.abs(left(new Date(most)) - all / 5)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('are unknown where the due time is', () => {
    const asked = limit({ number: 30, unit: 'working-minutes' })
    expect(
      marksOf({ startedAt: '2027-03-01T02:00:00.000Z', limit: asked }, CALENDAR),
    ).toBeUndefined()
  })
})
