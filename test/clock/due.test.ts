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

const minutes30: [string, string, string][] = [
  ['inside a morning', '2026-11-23 09:10', '2026-11-23 09:40'],
  ['before opening', '2026-11-23 03:00', '2026-11-23 09:30'],
  ['ending exactly at lunch', '2026-11-23 11:30', '2026-11-23 12:00'],
  ['across lunch', '2026-11-23 11:50', '2026-11-23 13:50'],
  ['from the first moment of lunch', '2026-11-23 12:00', '2026-11-23 14:00'],
  ['during lunch', '2026-11-23 12:40', '2026-11-23 14:00'],
  ['ending exactly at closing', '2026-11-23 17:00', '2026-11-23 17:30'],
  ['across a night', '2026-11-23 17:10', '2026-11-24 09:10'],
  ['on Friday just before closing', '2026-11-20 17:29', '2026-11-23 09:29'],
  ['on Friday evening', '2026-11-20 20:00', '2026-11-23 09:30'],
  ['on a plain Saturday', '2026-11-21 10:00', '2026-11-23 09:30'],
  ['in the New Year holiday, before the make-up Sunday', '2026-01-02 10:00', '2026-01-04 09:30'],
  ['on the make-up Sunday 01-04', '2026-01-04 10:00', '2026-01-04 10:30'],
  ['on Friday evening before the make-up Saturday 02-14', '2026-02-13 17:20', '2026-02-14 09:20'],
  ['on the make-up Saturday 02-14, into Spring Festival', '2026-02-14 17:20', '2026-02-24 09:20'],
  ['on New Year’s Eve of the lunar year', '2026-02-16 10:00', '2026-02-24 09:30'],
  ['on the Friday before the make-up Saturday 02-28', '2026-02-27 18:00', '2026-02-28 09:30'],
  ['on the make-up Saturday 02-28, at a month’s end', '2026-02-28 17:15', '2026-03-02 09:15'],
  ['before the make-up Saturday 05-09', '2026-05-08 23:59', '2026-05-09 09:30'],
  ['on the Saturday before the make-up Sunday 09-20', '2026-09-19 10:00', '2026-09-20 09:30'],
  ['before National Day', '2026-09-30 17:29', '2026-10-08 09:29'],
  ['on National Day', '2026-10-01 00:00', '2026-10-08 09:30'],
  ['before the make-up Saturday 10-10', '2026-10-09 19:00', '2026-10-10 09:30'],
  ['after the make-up Saturday 10-10', '2026-10-10 17:30', '2026-10-12 09:30'],
  ['at the end of a month', '2026-07-31 17:20', '2026-08-03 09:20'],
  ['at the end of 2025', '2025-12-31 17:20', '2026-01-04 09:20'],
  ['in the October holiday of 2025', '2025-10-08 12:00', '2025-10-09 09:30'],
  ['on the last evening before the first known year', '2024-12-31 20:00', '2025-01-02 09:30'],
]

describe('30 working minutes', () => {
  it.each(minutes30)('%s', (_, start, expected) => {
    expect(due(start, 30, 'working-minutes')).toBe(expected)
  })

  it('are exact to the millisecond', () => {
    const start = at('2026-11-23 11:50:12.345')
    expect(dueAt(start, { number: 30, unit: 'working-minutes' }, CALENDAR)).toEqual(
      at('2026-11-23 13:50:12.345'),
    )
  })
})

describe('working hours', () => {
  it.each<[string, number, string, string]>([
    ['fill half a day across lunch', 4, '2026-11-23 10:00', '2026-11-23 15:30'],
    ['end at closing when a whole day is left', 7, '2026-11-23 08:00', '2026-11-23 17:30'],
    ['run over a weekend and end at lunch', 4, '2026-11-20 16:30', '2026-11-23 12:00'],
    ['run over Spring Festival', 4, '2026-02-14 15:30', '2026-02-24 11:00'],
  ])('%s', (_, number, start, expected) => {
    expect(due(start, number, 'working-hours')).toBe(expected)
  })
})

describe('working days', () => {
  it.each<[string, number, string, string]>([
    ['leave out the day of the start', 1, '2026-11-23 09:00', '2026-11-24 17:30'],
    ['end at closing whatever the hour of the start', 1, '2026-11-23 23:59', '2026-11-24 17:30'],
    ['leave out a start in the small hours too', 1, '2026-11-23 00:00', '2026-11-24 17:30'],
    ['run over a weekend', 3, '2026-11-20 10:00', '2026-11-25 17:30'],
    ['start on a free day', 1, '2026-11-21 10:00', '2026-11-23 17:30'],
    ['count make-up Saturdays, not holidays', 3, '2026-02-13 10:00', '2026-02-25 17:30'],
    ['start on a make-up Saturday', 1, '2026-10-10 10:00', '2026-10-12 17:30'],
    ['run over National Day', 5, '2026-09-29 16:00', '2026-10-12 17:30'],
    ['run over the end of a year', 2, '2025-12-31 10:00', '2026-01-05 17:30'],
    ['count twenty, as a law may', 20, '2026-09-24 10:00', '2026-10-29 17:30'],
  ])('%s', (_, number, start, expected) => {
    expect(due(start, number, 'working-days')).toBe(expected)
  })
})

describe('plain time', () => {
  it.each<[string, number, string, string]>([
    ['ends at closing of the nth day', 15, '2026-11-03 20:00', '2026-11-18 17:30'],
    ['moves from a Saturday to Monday', 5, '2026-11-16 10:00', '2026-11-23 17:30'],
    ['moves from National Day to the day after', 15, '2026-09-17 10:00', '2026-10-08 17:30'],
    ['stays on a make-up Saturday', 30, '2026-04-09 10:00', '2026-05-09 17:30'],
    ['moves from a Sunday in the holiday', 10, '2026-02-12 10:00', '2026-02-24 17:30'],
    ['counts over the end of a year', 3, '2025-12-30 10:00', '2026-01-04 17:30'],
  ])('in days %s', (_, number, start, expected) => {
    expect(due(start, number, 'days')).toBe(expected)
  })

  it('in hours asks no calendar', () => {
    expect(due('2026-02-14 18:00', 24, 'hours')).toBe('2026-02-15 18:00')
    expect(due('2031-05-01 00:30', 2, 'hours')).toBe('2031-05-01 02:30')
  })
})

describe('another calendar', () => {
  it('has as many periods as it says', () => {
    const shifts: WorkingCalendar = {
      ...CALENDAR,
      periods: [
        { from: '08:00', to: '10:00' },
        { from: '10:15', to: '12:00' },
        { from: '14:00', to: '16:00' },
        { from: '19:00', to: '21:00' },
      ],
    }
    expect(due('2026-11-23 09:30', 8, 'working-hours', shifts)).toBe('2026-11-24 09:45')
    expect(due('2026-11-23 09:30', 1, 'working-hours', shifts)).toBe('2026-11-23 10:45')
    expect(due('2026-11-23 09:30', 1, 'working-days', shifts)).toBe('2026-11-24 21:00')
  })

  it('may be open all day every day', () => {
    const always: WorkingCalendar = {
      ...CALENDAR,
      week: [1, 2, 3, 4, 5, 6, 7],
      periods: [{ from: '00:00', to: '24:00' }],
    }
    expect(due('2026-11-21 23:50', 30, 'working-minutes', always)).toBe('2026-11-22 00:20')
  })

  it('lets a regional holiday win over a working day and a make-up day', () => {
    const regional: WorkingCalendar = {
      ...CALENDAR,
      years: {
        '2026': {
          ...CALENDAR.years['2026']!,
          regional: [
            {
              region: '宁夏',
              notice: '测试用通知',
              holidays: [{ from: '2026-05-08', to: '2026-05-09' }],
              workdays: ['2026-05-10'],
            },
          ],
        },
      },
    }
    expect(due('2026-05-07 17:20', 30, 'working-minutes', regional)).toBe('2026-05-10 09:20')
  })

  it('lets the newer notice move days of the December before', () => {
    const newer: WorkingCalendar = {
      ...CALENDAR,
      years: {
        '2018': { notice: '某通知', holidays: ['2018-12-29'], workdays: [] },
        '2019': {
          notice: '某通知',
          holidays: [{ from: '2018-12-30', to: '2019-01-01' }],
          workdays: ['2018-12-29'],
        },
      },
    }
    expect(due('2018-12-28 18:00', 30, 'working-minutes', newer)).toBe('2018-12-29 09:30')
    expect(due('2018-12-29 18:00', 30, 'working-minutes', newer)).toBe('2019-01-02 09:30')
  })
})
