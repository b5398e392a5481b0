import { describe, expect, it } from 'vitest'
import { dueOf, durationText, pressing, readClock } from '../../../src/web/console/desk/clocks.ts'
import { clock, HOUR, MINUTE, NOON, summary } from './samples.ts'

describe('a clock on the screen', () => {
  it('is in time, soon in its last quarter, and late from the moment after it is due', () => {
    const sixty = clock(60)
    expect(readClock(sixty, NOON).urgency).toBe('in-time')
    expect(readClock(sixty, NOON + 45 * MINUTE).urgency).toBe('soon')
    expect(readClock(sixty, NOON + 60 * MINUTE).urgency).toBe('soon')
    expect(readClock(sixty, NOON + 60 * MINUTE + 1).urgency).toBe('late')
  })

  it('is soon in its last ten minutes, however short it is', () => {
    expect(readClock(clock(20), NOON + 11 * MINUTE).urgency).toBe('soon')
  })

  it('turns late by itself although the summary still says that it runs', () => {
    expect(readClock(clock(30, { state: 'running' }), NOON + HOUR)).toMatchObject({
      urgency: 'late',
      left: -30 * MINUTE,
    })
  })

  it.each([
    ['met', 'done'],
    ['ended', 'done'],
    ['missed', 'missed'],
    ['paused', 'paused'],
    ['unscheduled', 'unscheduled'],
  ] as const)('stays %s whatever the time is', (state, urgency) => {
    expect(readClock(clock(30, { state }), NOON + HOUR).urgency).toBe(urgency)
  })

  it('shows of a thread the open one that is due first, else one that stands still', () => {
    const resolution = clock(300, { name: 'resolution' })
    const thread = summary('t', { clocks: [clock(10, { state: 'met' }), resolution] })
    expect(pressing(thread, NOON)?.clock).toBe(resolution)
    const paused = clock(300, { name: 'resolution', state: 'paused' })
    expect(pressing(summary('t', { clocks: [paused] }), NOON)?.clock).toBe(paused)
    expect(pressing(summary('t'), NOON)).toBeUndefined()
    expect(dueOf(summary('t'))).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('a duration in words', () => {
  it.each([
    [30_000, '不到 1 分钟'],
    [18 * MINUTE, '18 分钟'],
    [-65 * MINUTE, '1 小时 05 分'],
    [24 * HOUR, '1 天'],
    [51 * HOUR, '2 天 3 小时'],
  ])('says %d ms as “%s”', (ms, text) => {
    expect(durationText(ms)).toBe(text)
  })
})
