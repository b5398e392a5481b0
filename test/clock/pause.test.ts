import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueAt, type Term } from '../../src/clock/due.ts'
import { type PausedClock, resumeDue } from '../../src/clock/pause.ts'
import { workingTimeBetween } from '../../src/clock/working-time.ts'
import { CALENDAR } from '../../src/clock/years.ts'

const at = (time: string) => new Date(`${time.replace(' ', 'T')}+08:00`)

const paused = (unit: Term['unit'], due: string, pausedAt: string): PausedClock => ({
  dueAt: at(due).toISOString(),
  pausedAt: at(pausedAt).toISOString(),
  limit: { number: 1, unit, ground: '本单位承诺', version: 'v1' },
})

/** Times of 2026: due | paused | resumed, and the new due time. */
const rows: [Term['unit'], string, string, string][] = [
  [
    'working-minutes',
    'keeps the minutes that were left',
    '11-23 10:30 | 11-23 10:10 | 11-24 15:00',
    '11-24 15:20',
  ],
  [
    'working-minutes',
    'keeps them over lunch',
    '11-23 10:30 | 11-23 10:10 | 11-23 11:50',
    '11-23 13:40',
  ],
  [
    'working-hours',
    'keeps the hour that was left over National Day',
    '09-30 17:30 | 09-30 16:30 | 10-05 11:00',
    '10-08 10:00',
  ],
  [
    'working-days',
    'keeps what was left of working days over Spring Festival',
    '02-24 17:30 | 02-14 16:30 | 02-24 10:00',
    '02-25 11:00',
  ],
  [
    'working-hours',
    'counts a make-up Saturday as paused working time',
    '10-10 10:00 | 10-09 17:00 | 10-12 09:00',
    '10-12 10:30',
  ],
  [
    'working-hours',
    'costs nothing when it lies in a night',
    '11-24 11:00 | 11-23 18:00 | 11-24 08:00',
    '11-24 11:00',
  ],
  [
    'hours',
    'moves plain hours by its plain length',
    '11-23 10:00 | 11-22 22:00 | 11-23 09:00',
    '11-23 21:00',
  ],
  [
    'days',
    'moves plain days by its plain length',
    '11-18 17:30 | 11-10 09:00 | 11-12 10:00',
    '11-20 18:30',
  ],
  [
    'days',
    'moves plain days off a weekend',
    '11-18 17:30 | 11-10 09:00 | 11-13 09:00',
    '11-23 17:30',
  ],
  [
    'working-hours',
    'leaves a due time alone that had passed before',
    '11-23 10:00 | 11-23 10:00:00.001 | 11-25 10:00',
    '11-23 10:00',
  ],
  [
    'working-hours',
    'that begins at the due time leaves no time after it',
    '11-23 10:00 | 11-23 10:00 | 11-25 11:00',
    '11-25 11:00',
  ],
  [
    'working-days',
    'of no length changes nothing, also for a due time after closing',
    '11-23 20:00 | 11-23 10:00 | 11-23 10:00',
    '11-23 20:00',
  ],
  [
    'working-days',
    'in the evening moves nothing, also a due time that was set after closing',
    '11-23 20:00 | 11-23 18:00 | 11-23 18:05',
    '11-23 20:00',
  ],
]

describe('a pause', () => {
  it.each(rows)('in %s %s', (unit, _, times, expected) => {
    const [due, pausedAt, resumed] = times.split(' | ').map((time) => `2026-${time}`)
    const moved = resumeDue(paused(unit, due!, pausedAt!), at(resumed!), CALENDAR)
    expect(moved).toEqual(at(`2026-${expected}`))
  })

  it('that moves a promise into a year without a notice leaves it unscheduled', () => {
    const [due, pausedAt] = ['2026-12-30 10:00', '2026-12-30 09:00']
    const resumed = at('2026-12-31 17:00')
    expect(resumeDue(paused('working-hours', due, pausedAt), resumed, CALENDAR)).toBe('unscheduled')
    expect(resumeDue(paused('days', due, pausedAt), at('2027-01-05 09:00'), CALENDAR)).toBe(
      'unscheduled',
    )
  })

  it('of a clock without a due time gives none', () => {
    const { dueAt: _, ...clock } = paused('working-hours', '2026-11-23 10:00', '2026-11-23 09:00')
    expect(resumeDue(clock, at('2026-11-23 11:00'), CALENDAR)).toBe('unscheduled')
  })

  it('that ends before it begins changes nothing', () => {
    const clock = paused('hours', '2026-11-23 10:00', '2026-11-23 09:00')
    expect(resumeDue(clock, at('2026-11-23 08:00'), CALENDAR)).toEqual(at('2026-11-23 10:00'))
  })

  it('that never began changes nothing', () => {
    const { pausedAt: _, ...clock } = paused('hours', '2026-11-23 10:00', '2026-11-23 09:00')
    expect(resumeDue(clock, at('2026-11-23 11:00'), CALENDAR)).toEqual(at('2026-11-23 10:00'))
  })
})

describe('any pause', () => {
  const span = { min: at('2025-01-01 00:00').getTime(), max: at('2026-11-01 00:00').getTime() }
  const start = fc.integer(span).map((ms) => new Date(ms))
  const limit = fc.record({
    number: fc.integer({ min: 1, max: 20 }),
    unit: fc.constantFrom<Term['unit']>('working-minutes', 'working-hours', 'working-days'),
  })
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const length = fc.integer({ min: 0, max: 20 * 24 * 3_600_000 })

  const clockOf = (due: Date, pausedAt: Date, term: Term): PausedClock => ({
    dueAt: due.toISOString(),
    pausedAt: pausedAt.toISOString(),
    limit: { ...term, ground: '本单位承诺', version: 'v1' },
  })
  const within = (from: Date, to: Date, part: number) =>
    new Date(from.getTime() + Math.floor((to.getTime() - from.getTime()) * part))
  const working = (a: Date, b: Date) => workingTimeBetween(a, b, CALENDAR)

  it('moves the due time by exactly the working time that it took', () => {
    fc.assert(
      fc.property(start, limit, share, length, (from, term, part, ms) => {
        const due = dueAt(from, term, CALENDAR) as Date
        const pausedAt = within(from, due, part)
        const resumedAt = new Date(pausedAt.getTime() + ms)
        const moved = resumeDue(clockOf(due, pausedAt, term), resumedAt, CALENDAR) as Date
        expect(moved.getTime()).toBeGreaterThanOrEqual(due.getTime())
        expect(working(due, moved)).toBe(working(pausedAt, resumedAt))
        expect(working(resumedAt, moved)).toBe(working(pausedAt, due))
      }),
      { numRuns: 1000 },
    )
  })

  it('does so for a due time at any hour, as a supervisor may set it', () => {
    fc.assert(
      fc.property(start, length, share, length, (from, ahead, part, ms) => {
        const due = new Date(from.getTime() + ahead)
        const pausedAt = within(from, due, part)
        const resumedAt = new Date(pausedAt.getTime() + ms)
        const clock = clockOf(due, pausedAt, { number: 1, unit: 'working-days' })
        const moved = resumeDue(clock, resumedAt, CALENDAR) as Date
        expect(moved.getTime()).toBeGreaterThanOrEqual(due.getTime())
        expect(working(due, moved)).toBe(working(pausedAt, resumedAt))
        expect(working(resumedAt, moved)).toBe(working(pausedAt, due))
      }),
      { numRuns: 1000 },
    )
  })

  it('may be cut in two without gain or loss', () => {
    fc.assert(
      fc.property(start, limit, share, length, share, (from, term, part, ms, cut) => {
        const due = dueAt(from, term, CALENDAR) as Date
        const pausedAt = within(from, due, part)
        const resumedAt = new Date(pausedAt.getTime() + ms)
        const middle = within(pausedAt, resumedAt, cut)
        const whole = resumeDue(clockOf(due, pausedAt, term), resumedAt, CALENDAR)
        const first = resumeDue(clockOf(due, pausedAt, term), middle, CALENDAR) as Date
        // paused in its last moment and cut in the night behind it: the second pause comes too late
        fc.pre(middle <= first)
        expect(resumeDue(clockOf(first, middle, term), resumedAt, CALENDAR)).toEqual(whole)
      }),
      { numRuns: 1000 },
    )
  })
})
