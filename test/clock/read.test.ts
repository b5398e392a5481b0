import { describe, expect, it } from 'vitest'
import { clockState, summariseClocks } from '../../src/clock/read.ts'
import type { ClockFact } from '../../src/protocol/entries.ts'
import { clockSummarySchema } from '../../src/protocol/http.ts'
import type { ClockState } from '../../src/protocol/vocabulary.ts'

const T = {
  start: '2026-11-23T01:00:00.000Z',
  early: '2026-11-23T01:10:00.000Z',
  due: '2026-11-23T01:30:00.000Z',
  late: '2026-11-23T01:30:00.001Z',
}

const aClock = (more: Partial<ClockFact> = {}): ClockFact => ({
  name: 'first-reply',
  n: 1,
  startedAt: T.start,
  dueAt: T.due,
  limit: { number: 30, unit: 'working-minutes', ground: '本单位承诺', version: 'v1' },
  calendar: 'cn-2026.1',
  ...more,
})

function unscheduled(more: Partial<ClockFact> = {}): ClockFact {
  const { dueAt: _, ...clock } = aClock(more)
  return clock
}

describe('a clock', () => {
  it.each<[string, ClockFact, string, ClockState]>([
    ['before its due time', aClock(), T.early, 'running'],
    ['at its due time', aClock(), T.due, 'running'],
    ['a millisecond later', aClock(), T.late, 'overdue'],
    ['met before it was due', aClock({ metAt: T.early }), T.late, 'met'],
    ['met at its due time', aClock({ metAt: T.due }), T.late, 'met'],
    ['met late', aClock({ metAt: T.late }), T.late, 'missed'],
    ['whose cause is gone', aClock({ endedAt: T.early }), T.late, 'ended'],
    ['that ended late', aClock({ endedAt: T.late }), T.late, 'ended'],
    ['paused past its due time', aClock({ pausedAt: T.early }), T.late, 'paused'],
    ['met during a pause', aClock({ pausedAt: T.early, metAt: T.late }), T.late, 'met'],
    ['late before its pause', aClock({ pausedAt: T.late, metAt: T.late }), T.late, 'missed'],
    ['ended during a pause', aClock({ pausedAt: T.early, endedAt: T.late }), T.late, 'ended'],
    ['without a calendar', unscheduled(), T.late, 'unscheduled'],
    ['without a calendar, met', unscheduled({ metAt: T.late }), T.late, 'met'],
    ['without a calendar, paused', unscheduled({ pausedAt: T.early }), T.late, 'paused'],
    ['without a calendar, ended', unscheduled({ endedAt: T.late }), T.late, 'ended'],
  ])('%s', (_, fact, now, expected) => {
    expect(clockState(fact, new Date(now))).toBe(expected)
  })
})

describe('the clocks of a summary', () => {
  const now = new Date(T.late)

  it('are the latest of each name, in one order', () => {
    const facts = [
      aClock({ name: 'resolution', n: 2, metAt: T.early }),
      aClock({ name: 'next-reply', n: 1, metAt: T.early }),
      aClock({ name: 'next-reply', n: 10 }),
      aClock({ name: 'next-reply', n: 9, metAt: T.late }),
      aClock({ metAt: T.early }),
    ]
    const shown = summariseClocks(facts, now).map(({ name, state }) => [name, state])
    expect(shown).toEqual([
      ['first-reply', 'met'],
      ['next-reply', 'overdue'],
      ['resolution', 'met'],
    ])
    expect(summariseClocks([...facts].reverse(), now)).toEqual(summariseClocks(facts, now))
  })

  it('show the last fact of one clock', () => {
    const facts = [aClock(), aClock({ pausedAt: T.early }), aClock({ metAt: T.early })]
    expect(summariseClocks(facts, now)).toMatchObject([{ state: 'met', metAt: T.early }])
  })

  it('have the shape of the protocol and no empty fields', () => {
    const [shown] = summariseClocks([unscheduled({ pausedAt: T.early })], now)
    expect(clockSummarySchema.parse(shown)).toEqual(shown)
    expect(Object.keys(shown!)).toEqual(['name', 'startedAt', 'limit', 'state'])
  })

  it('are none for a thread without clocks', () => {
    expect(summariseClocks([], now)).toEqual([])
  })
})
