import { describe, expect, it } from 'vitest'
import { beforeText, dateText, listText, momentText, wallTime } from '../../src/web/shared/time.ts'
import en from '../../src/web/shared/wording/en.ts'
import { time as zh } from '../../src/web/shared/wording/zh.ts'

const NOW = new Date('2026-11-23T07:10:00.000Z') // 15:10, a Monday, in Shanghai

describe('a moment in Shanghai', () => {
  it('is eight hours ahead, also over midnight and new year', () => {
    expect(wallTime('2026-12-31T16:00:00.000Z')).toMatchObject({
      year: 2027,
      month: 1,
      day: 1,
      weekday: 5,
      clock: '00:00',
    })
  })

  it('is only a clock on the same day', () => {
    expect(momentText('2026-11-23T07:40:00.000Z', NOW, zh)).toBe('15:40')
    expect(momentText('2026-11-22T16:00:00.000Z', NOW, zh)).toBe('00:00')
  })

  it('names date and weekday on another day, and the year only where it differs', () => {
    expect(momentText('2026-11-24T02:30:00.000Z', NOW, zh)).toBe('11月24日（周二）10:30')
    expect(momentText('2027-01-04T02:30:00.000Z', NOW, zh)).toBe('2027年1月4日（周一）10:30')
    expect(dateText('2026-11-29T02:30:00.000Z', NOW, zh)).toBe('11月29日（周日）')
    expect(momentText('2027-01-04T02:30:00.000Z', NOW, en.time)).toBe('Mon 4 Jan 2027, 10:30')
  })

  it('is a due time with “before”, rounded up to the minute that was told', () => {
    expect(beforeText('2026-11-23T07:40:00.000Z', NOW, zh)).toBe('15:40 前')
    expect(beforeText('2026-11-23T07:39:01.234Z', NOW, zh)).toBe('15:40 前')
    expect(beforeText('2026-11-23T15:59:30.000Z', NOW, zh)).toBe('11月24日（周二）00:00 前')
    expect(beforeText('2026-11-24T02:30:00.000Z', NOW, en.time)).toBe('by Tue 24 Nov, 10:30')
  })

  it('is short in lists', () => {
    expect(listText('2026-11-23T01:05:00.000Z', NOW, zh)).toBe('09:05')
    expect(listText('2026-11-22T01:05:00.000Z', NOW, zh)).toBe('昨天 09:05')
    expect(listText('2026-11-20T01:05:00.000Z', NOW, zh)).toBe('11月20日（周五）')
  })
})
