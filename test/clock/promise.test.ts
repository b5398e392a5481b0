import { describe, expect, it } from 'vitest'
import { dueAt } from '../../src/clock/due.ts'
import { durationText, type PromiseFacts, promiseText } from '../../src/clock/promise.ts'
import { CALENDAR } from '../../src/clock/years.ts'

const at = (time: string) => new Date(`${time.replace(' ', 'T')}+08:00`)

function promised(start: string, more: Partial<PromiseFacts> = {}): string {
  const startedAt = at(start)
  const due = dueAt(startedAt, { number: 30, unit: 'working-minutes' }, CALENDAR)
  const facts = { startedAt, dueAt: due, now: startedAt, deskName: '水科', calendar: CALENDAR }
  return promiseText({ ...facts, locale: 'zh', ...more })
}

describe('a promise in words', () => {
  it('is in minutes during office hours', () => {
    expect(promised('2026-11-23 15:10')).toBe('承诺 30 分钟内首次回复（15:40 前）')
    expect(promised('2026-11-23 15:10', { locale: 'en' })).toBe(
      'We promise a first reply within 30 min (by 15:40).',
    )
  })

  it('is in hours where the limit is', () => {
    const [now, due] = [at('2026-11-23 13:30'), at('2026-11-23 15:30')]
    expect(promised('2026-11-23 13:30', { now, dueAt: due })).toBe(
      '承诺 2 小时内首次回复（15:30 前）',
    )
  })

  it('names the day and the desk at night', () => {
    expect(promised('2026-11-23 23:00')).toBe('最迟 11月24日（周二）09:30 前由水科答复')
    expect(promised('2026-11-23 23:00', { locale: 'en', deskName: 'Water' })).toBe(
      'Water will reply by Tue 24 Nov, 09:30 at the latest.',
    )
  })

  it('does not count a break as minutes', () => {
    expect(promised('2026-11-23 11:50')).toBe('最迟 11月23日（周一）13:50 前由水科答复')
    expect(promised('2026-11-23 17:10')).toBe('最迟 11月24日（周二）09:10 前由水科答复')
  })

  it('names the day also where a desk works through midnight', () => {
    const calendar = { ...CALENDAR, periods: [{ from: '00:00', to: '24:00' }] }
    const dueAt = at('2026-11-24 00:20')
    expect(promised('2026-11-23 23:50', { dueAt, calendar })).toBe(
      '最迟 11月24日（周二）00:20 前由水科答复',
    )
  })

  it('names the time alone where the span is no whole minute', () => {
    const dueAt = at('2026-11-23 15:30')
    expect(promised('2026-11-23 15:10:20', { dueAt })).toBe(
      '最迟 11月23日（周一）15:30 前由水科答复',
    )
  })

  it('names the make-up Sunday and the day after a long holiday', () => {
    expect(promised('2026-09-19 10:00')).toBe('最迟 9月20日（周日）09:30 前由水科答复')
    expect(promised('2026-02-14 20:00')).toBe('最迟 2月24日（周二）09:30 前由水科答复')
  })

  it('names the year where it is another one', () => {
    expect(promised('2025-12-31 20:00')).toBe('最迟 2026年1月4日（周日）09:30 前由水科答复')
    expect(promised('2025-12-31 20:00', { locale: 'en' })).toContain('Sun 4 Jan 2026, 09:30')
  })

  it('never tells an earlier minute than the clock keeps', () => {
    expect(promised('2026-11-23 15:10:20')).toBe('承诺 30 分钟内首次回复（15:41 前）')
    expect(promised('2026-11-23 15:10:20', { now: at('2026-11-23 15:40:59') })).toContain('承诺 30')
  })

  it('says sorry with a next step once the told minute has passed', () => {
    expect(promised('2026-11-23 15:10', { now: at('2026-11-23 15:40') })).toContain('15:40 前）')
    expect(promised('2026-11-23 15:10', { now: at('2026-11-23 15:41') })).toBe(
      '我们没能在承诺的 15:40 前回复，抱歉。您可以催办。',
    )
    expect(promised('2026-11-23 15:10', { now: at('2026-11-24 08:00') })).toContain(
      '11月23日（周一）15:40 前',
    )
    expect(promised('2026-11-23 15:10', { now: at('2026-11-23 15:41'), locale: 'en' })).toBe(
      'We are sorry: we did not reply by 15:40 as promised. You can send a reminder.',
    )
  })

  it('guesses no time in a year without a notice, and names that year', () => {
    const text = promised('2026-12-31 18:00')
    expect(text).toContain('2027 年的工作日历尚未公布')
    expect(text).toContain('第一个工作日由水科的工作人员答复')
    expect(text).not.toMatch(/\d+月|\d:\d/)
    expect(promised('2027-05-01 18:00')).toContain('2027 年')
    const english = promised('2026-12-31 18:00', { locale: 'en', deskName: 'Water' })
    expect(english).toContain('The working calendar of 2027 has not been published')
    expect(english).toContain('An officer of Water will reply on the first working day')
  })
})

describe('time left and time over', () => {
  const [MINUTE, HOUR] = [60_000, 3_600_000]
  it.each<[number, string, string]>([
    [18 * MINUTE, '还剩 18 分钟', '18 min left'],
    [18 * MINUTE + 59_999, '还剩 18 分钟', '18 min left'],
    [-(65 * MINUTE), '已超 1 小时 05 分', '1 h 05 min over'],
    [2 * HOUR, '还剩 2 小时', '2 h left'],
    [59_999, '还剩不到 1 分钟', 'less than 1 min left'],
    [0, '还剩不到 1 分钟', 'less than 1 min left'],
    [-1, '已超不到 1 分钟', 'less than 1 min over'],
    [51 * HOUR, '还剩 2 天 3 小时', '2 d 3 h left'],
    [-24 * HOUR, '已超 1 天', '1 d over'],
  ])('%i ms: %s', (ms, zh, en) => {
    expect(durationText(ms, 'zh')).toBe(zh)
    expect(durationText(ms, 'en')).toBe(en)
  })
})
