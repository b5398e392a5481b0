import { describe, expect, it } from 'vitest'
import { type WorkingCalendar, workingCalendarSchema } from '../../src/clock/calendar.ts'
import { dayOf, shanghaiDate, shanghaiTime, toWall, weekdayOf } from '../../src/clock/day.ts'
import { CALENDAR } from '../../src/clock/years.ts'

type Year = WorkingCalendar['years'][string]

const withYear = (year: string, notice: Partial<Year>): WorkingCalendar => ({
  ...CALENDAR,
  years: { [year]: { notice: '某通知', holidays: [], workdays: [], ...notice } },
})

const withPeriods = (...periods: [string, string][]): WorkingCalendar => ({
  ...CALENDAR,
  periods: periods.map(([from, to]) => ({ from, to })),
})

function faults(calendar: unknown): string[] {
  const parsed = workingCalendarSchema.safeParse(calendar)
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.message)
}

describe('the calendar that ships', () => {
  it('passes its own schema, as it is and through JSON', () => {
    expect(workingCalendarSchema.parse(CALENDAR)).toEqual(CALENDAR)
    expect(workingCalendarSchema.parse(JSON.parse(JSON.stringify(CALENDAR)))).toEqual(CALENDAR)
  })

  it('names the notice of each year', () => {
    expect(Object.entries(CALENDAR.years).map(([year, { notice }]) => [year, notice])).toEqual([
      ['2025', '国办发明电〔2024〕12号'],
      ['2026', '国办发明电〔2025〕7号'],
    ])
  })
})

describe('an imported calendar', () => {
  it.each<[string, WorkingCalendar, string]>([
    ['a period that ends before it begins', withPeriods(['12:00', '09:00']), 'is not before'],
    ['an empty period', withPeriods(['09:00', '09:00']), 'is not before'],
    ['periods out of order', withPeriods(['13:30', '17:30'], ['09:00', '12:00']), 'end of the'],
    ['overlapping periods', withPeriods(['09:00', '12:00'], ['11:59', '17:30']), 'end of the'],
    ['no period', withPeriods(), '>=1'],
    ['a time that no clock shows', withPeriods(['09:00', '24:30']), 'HH:MM'],
    ['a holiday of another year', withYear('2027', { holidays: ['2028-01-01'] }), 'no day of 2027'],
    ['a make-up day of another year', withYear('2027', { workdays: ['2026-10-10'] }), 'no day of'],
    ['a date that does not exist', withYear('2027', { workdays: ['2027-02-29'] }), 'date'],
    [
      'a range that runs backwards',
      withYear('2027', { holidays: [{ from: '2027-10-07', to: '2027-10-01' }] }),
      'is after',
    ],
    [
      'a day that is both',
      withYear('2027', {
        holidays: [{ from: '2027-10-01', to: '2027-10-07' }],
        workdays: ['2027-10-02'],
      }),
      'both a holiday and a make-up day',
    ],
    [
      'a make-up day that is worked anyway',
      withYear('2027', { workdays: ['2027-03-01'] }),
      'a working day anyway',
    ],
    [
      'a fault in a regional holiday',
      withYear('2027', {
        regional: [{ region: '新疆', notice: '某通知', holidays: ['2026-05-01'], workdays: [] }],
      }),
      'no day of 2027',
    ],
    ['a year without a number of its notice', withYear('2027', { notice: ' ' }), '>=1'],
  ])('refuses %s', (_, calendar, message) => {
    expect(faults(calendar).join('\n')).toContain(message)
  })

  it('refuses fields that it does not know, so that a misspelt one is not lost', () => {
    expect(faults({ ...CALENDAR, holiday: [] })).not.toEqual([])
    expect(faults({ ...CALENDAR, zone: 'Asia/Urumqi' })).not.toEqual([])
  })

  it('says where the fault is', () => {
    const parsed = workingCalendarSchema.safeParse(withYear('2027', { workdays: ['2027-03-01'] }))
    expect(parsed.error?.issues[0]?.path).toEqual(['years', '2027', 'workdays', 0])
  })

  it('takes periods that touch, a whole day, and days of the December before', () => {
    expect(faults(withPeriods(['00:00', '12:00'], ['12:00', '24:00']))).toEqual([])
    const newYear = { from: '2018-12-30', to: '2019-01-01' }
    expect(faults(withYear('2019', { holidays: [newYear], workdays: ['2018-12-29'] }))).toEqual([])
  })
})

describe('days in Shanghai', () => {
  it('begin at 16:00 UTC', () => {
    expect(shanghaiDate(new Date('2026-12-31T15:59:59.999Z'))).toBe('2026-12-31')
    expect(shanghaiDate(new Date('2026-12-31T16:00:00.000Z'))).toBe('2027-01-01')
    expect(shanghaiTime(new Date('2026-12-31T16:05:59.999Z'))).toBe('00:05')
  })

  it('are those of the zone database, every sixth hour from 1992 to 2040', () => {
    const zone = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'short',
      hourCycle: 'h23',
    })
    const wrong: string[] = []
    const end = Date.UTC(2040, 0)
    for (let ms = Date.UTC(1992, 0); ms < end; ms += 6 * 3_600_000) {
      const at = new Date(ms)
      const ours = `${shanghaiDate(at)}, ${shanghaiTime(at)}`
      if (ours !== zone.format(at)) wrong.push(ours)
    }
    expect(wrong).toEqual([])
  })

  it('know their weekday, also before 1970', () => {
    const weekday = (date: string) => weekdayOf(dayOf(toWall(new Date(`${date}T12:00:00+08:00`))))
    expect(weekday('2026-11-23')).toBe(1)
    expect(weekday('2026-10-10')).toBe(6)
    expect(weekday('2026-09-20')).toBe(7)
    expect(weekday('1949-10-01')).toBe(6)
  })

  it('refuse what is no time', () => {
    expect(() => shanghaiDate(new Date(Number.NaN))).toThrow(RangeError)
  })
})
