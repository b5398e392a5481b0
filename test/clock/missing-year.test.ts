import { describe, expect, it } from 'vitest'
import type { WorkingCalendar } from '../../src/clock/calendar.ts'
import { dueAt, type Term } from '../../src/clock/due.ts'
import { CALENDAR } from '../../src/clock/years.ts'

/** A time of Shanghai, `2026-11-23 09:00`. */
const at = (time: string) => new Date(`${time.replace(' ', 'T')}+08:00`)
const shown = (due: Date | string) =>
  typeof due === 'string'
    ? due
    : new Date(due.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

const due = (start: string, number: number, unit: Term['unit'], calendar = CALENDAR) =>
  shown(dueAt(at(start), { number, unit }, calendar))

describe('a year without a notice', () => {
  it.each<[string, string, number, Term['unit'], string]>([
    ['starts in it', '2027-03-01 10:00', 30, 'working-minutes', 'unscheduled'],
    ['starts on its first second', '2027-01-01 00:00', 1, 'working-days', 'unscheduled'],
    ['starts in the last night before', '2026-12-31 17:30', 30, 'working-minutes', 'unscheduled'],
    ['runs one minute into it', '2026-12-31 17:01', 30, 'working-minutes', 'unscheduled'],
    ['ends with the last minute before', '2026-12-31 17:00', 30, 'working-minutes', '12-31 17:30'],
    ['has hours that just fit', '2026-12-31 13:30', 4, 'working-hours', '12-31 17:30'],
    ['has hours that do not fit', '2026-12-31 13:31', 4, 'working-hours', 'unscheduled'],
    ['has working days that just fit', '2026-12-28 10:00', 3, 'working-days', '12-31 17:30'],
    ['has working days that do not fit', '2026-12-29 10:00', 3, 'working-days', 'unscheduled'],
    ['has a last day just before it', '2026-12-01 10:00', 30, 'days', '12-31 17:30'],
    ['has a last day in it', '2026-12-01 10:00', 31, 'days', 'unscheduled'],
    ['has a legal limit of 60 days', '2026-11-23 10:00', 60, 'days', 'unscheduled'],
  ])('%s', (_, start, number, unit, expected) => {
    expect(due(start, number, unit)).toBe(
      expected === 'unscheduled' ? expected : `2026-${expected}`,
    )
  })

  it('is scheduled once its notice is imported', () => {
    const imported: WorkingCalendar = {
      ...CALENDAR,
      version: 'cn-test.2',
      years: {
        ...CALENDAR.years,
        '2027': { notice: '某通知', holidays: ['2027-01-01'], workdays: ['2027-01-03'] },
      },
    }
    expect(due('2026-12-31 17:10', 30, 'working-minutes', imported)).toBe('2027-01-03 09:10')
    expect(due('2027-12-31 17:10', 30, 'working-minutes', imported)).toBe('unscheduled')
  })

  it('is not skipped where a later year is known', () => {
    const gap: WorkingCalendar = { ...CALENDAR, years: { ...CALENDAR.years } }
    gap.years['2028'] = { notice: '某通知', holidays: [], workdays: [] }
    expect(due('2026-12-31 17:10', 30, 'working-minutes', gap)).toBe('unscheduled')
    expect(due('2027-12-31 17:30', 30, 'working-minutes', gap)).toBe('2028-01-03 09:30')
  })
})
