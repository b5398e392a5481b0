import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onDuty, type Slot, slotsAt, standingOn } from '../../src/desk/roster.ts'

const HOURS = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '17:30' },
]
const at = (day: string, time: string, isWorked = true) =>
  slotsAt({ day, time, isWorked }, HOURS).map(({ day: d, period }) => `${d} ${period}`)
const everybody = () => true
const but =
  (...away: string[]) =>
  (id: string) =>
    !away.includes(id)

describe('the turn that a moment belongs to', () => {
  it.each([
    ['2026-11-24', '09:00', ['2026-11-24 day']],
    ['2026-11-24', '12:30', ['2026-11-24 day']],
    ['2026-11-24', '17:29', ['2026-11-24 day']],
    ['2026-11-24', '17:30', ['2026-11-24 night']],
    ['2026-11-24', '23:59', ['2026-11-24 night']],
    ['2026-11-24', '00:00', ['2026-11-23 night']],
    ['2027-01-01', '08:59', ['2026-12-31 night']],
  ])('on %s at %s is %j', (day, time, expected) => {
    expect(at(day, time)).toEqual(expected)
  })

  it('is the day’s of a day of rest, or else its night’s', () => {
    expect(at('2026-11-22', '10:00', false)).toEqual(['2026-11-22 day', '2026-11-22 night'])
    expect(at('2026-11-22', '08:00', false)).toEqual(['2026-11-21 night'])
  })

  it('is all day where a desk never closes', () => {
    const always = [{ from: '00:00', to: '24:00' }]
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => {
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
        const slots = slotsAt({ day: '2026-11-24', time, isWorked: true }, always)
        expect(slots).toEqual([{ day: '2026-11-24', period: 'day' }])
      }),
    )
  })
})

describe('who is on duty', () => {
  const day: Slot = { day: '2026-11-22', period: 'day' }
  const night: Slot = { day: '2026-11-22', period: 'night' }
  const turns = [
    { ...day, officer: 'wang' },
    { ...night, officer: 'li' },
  ]

  it('is whoever has the first turn and is there', () => {
    expect(onDuty([day, night], turns, everybody)).toBe('wang')
    expect(onDuty([day, night], turns, but('wang'))).toBe('li')
    expect(onDuty([night], turns, everybody)).toBe('li')
  })

  it('is nobody where no turn is given or its officer is away', () => {
    expect(onDuty([night], turns, but('li'))).toBeNull()
    expect(onDuty([{ ...day, day: '2026-11-23' }], turns, everybody)).toBeNull()
    expect(onDuty([], turns, everybody)).toBeNull()
  })
})

describe('who looks after an enterprise', () => {
  const first = { officer: 'wang', standIn: 'li', from: '2026-01-01', to: null }
  const then = { officer: 'zhao', standIn: null, from: '2026-11-01', to: '2026-11-30' }

  it('is the officer, while he is there; else the stand-in; else nobody', () => {
    expect(standingOn([first], '2026-06-01', everybody)).toBe('wang')
    expect(standingOn([first], '2026-06-01', but('wang'))).toBe('li')
    expect(standingOn([first], '2026-06-01', but('wang', 'li'))).toBeNull()
  })

  it('is whoever was named last, from the first to the last day', () => {
    expect(standingOn([first, then], '2026-10-31', everybody)).toBe('wang')
    expect(standingOn([first, then], '2026-11-01', everybody)).toBe('zhao')
    expect(standingOn([then, first], '2026-11-30', everybody)).toBe('zhao')
    expect(standingOn([first, then], '2026-12-01', everybody)).toBe('wang')
    expect(standingOn([first, then], '2025-12-31', everybody)).toBeNull()
  })

  it('does not fall back on an earlier one while the last is away', () => {
    expect(standingOn([first, then], '2026-11-15', but('zhao'))).toBeNull()
  })
})
