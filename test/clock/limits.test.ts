import { describe, expect, it } from 'vitest'
import {
  DEFAULT_LIMITS,
  type LimitQuestion,
  type LimitRule,
  type LimitTable,
  limitFor,
  limitTableSchema,
} from '../../src/clock/limits.ts'
import { CLOCK_NAMES } from '../../src/protocol/vocabulary.ts'

const at = (time: string) => new Date(`${time.replace(' ', 'T')}+08:00`)
const NOW = at('2026-11-23 10:00')

const rule = (number: number, selectors: Partial<LimitRule> = {}): LimitRule => ({
  clock: 'first-reply',
  number,
  unit: 'working-minutes',
  ground: '本单位承诺',
  ...selectors,
})

const table = (id: string, effective: string, ...rules: LimitRule[]): LimitTable => ({
  id,
  effective,
  rules: [...rules, ...DEFAULT_LIMITS.rules],
})

function faults(rules: LimitRule[]): string[] {
  const parsed = limitTableSchema.safeParse({ id: 't', effective: '2026-01-01', rules })
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.message)
}

describe('the limits that ship', () => {
  it('pass their own schema and say that the bureau promises them', () => {
    expect(limitTableSchema.parse(DEFAULT_LIMITS)).toEqual(DEFAULT_LIMITS)
    expect(new Set(DEFAULT_LIMITS.rules.map((r) => r.ground))).toEqual(new Set(['本单位承诺']))
  })

  it('have an answer for every clock', () => {
    const found = CLOCK_NAMES.map((clock) => {
      const limit = limitFor({ clock, kind: 'consult', at: NOW }, [DEFAULT_LIMITS])
      return `${clock} ${limit?.number} ${limit?.unit}`
    })
    expect(found.sort()).toEqual([
      'call-back 2 working-days',
      'first-reply 30 working-minutes',
      'handover 2 working-hours',
      'next-reply 4 working-hours',
      'reminder 4 working-hours',
      'resolution 3 working-days',
      'supervision 1 working-days',
    ])
  })

  it('carry the version of their table into the record', () => {
    const limit = limitFor({ clock: 'first-reply', kind: 'consult', at: NOW }, [DEFAULT_LIMITS])
    expect(limit).toEqual({
      number: 30,
      unit: 'working-minutes',
      ground: '本单位承诺',
      version: 'default-2026-08-15',
    })
  })
})

describe('the most specific rule', () => {
  const limits = table(
    't',
    '2026-08-15',
    rule(5, { topic: 'reuse-subsidy', desk: 'water' }),
    rule(10, { topic: 'reuse-subsidy' }),
    rule(15, { desk: 'water', kind: 'consult' }),
    rule(20, { desk: 'water' }),
    rule(25, { kind: 'consult' }),
    rule(2, { urgent: true }),
  )

  it.each<[string, Partial<LimitQuestion>, number]>([
    ['topic and desk', { topic: 'reuse-subsidy', desk: 'water' }, 5],
    ['topic over the rest', { topic: 'reuse-subsidy', desk: 'eia' }, 10],
    ['desk and kind', { topic: 'permit', desk: 'water' }, 15],
    ['kind', { desk: 'eia' }, 25],
    ['an emergency over all', { topic: 'reuse-subsidy', desk: 'water', urgent: true }, 2],
    ['what is no emergency as before', { desk: 'eia', urgent: false }, 25],
    ['kind where nothing else is known', {}, 25],
  ])('wins: %s', (_, asked, expected) => {
    const question: LimitQuestion = { clock: 'first-reply', kind: 'consult', at: NOW, ...asked }
    expect(limitFor(question, [limits])?.number).toBe(expected)
  })

  it('wins wherever it stands in the table', () => {
    const question: LimitQuestion = {
      clock: 'first-reply',
      kind: 'consult',
      topic: 'reuse-subsidy',
      desk: 'water',
      at: NOW,
    }
    const reversed = { ...limits, rules: [...limits.rules].reverse() }
    expect(limitFor(question, [reversed])?.number).toBe(5)
  })

  it('is never that of another clock', () => {
    const question: LimitQuestion = { clock: 'handover', kind: 'consult', desk: 'water', at: NOW }
    expect(limitFor(question, [limits])).toMatchObject({ number: 2, unit: 'working-hours' })
  })
})

describe('the newest table', () => {
  const tables = [
    table('third', '2026-12-01', rule(3)),
    table('first', '2026-08-15', rule(1)),
    table('second', '2026-11-23', rule(2)),
  ].map((t) => ({ ...t, rules: t.rules.slice(0, 1) }))
  const version = (time: string, among = tables) =>
    limitFor({ clock: 'first-reply', kind: 'consult', at: at(time) }, among)?.version

  it('counts from midnight in Shanghai of its first day', () => {
    expect(version('2026-11-22 23:59:59.999')).toBe('first')
    expect(version('2026-11-23 00:00')).toBe('second')
    expect(version('2026-12-24 10:00')).toBe('third')
  })

  it('is the later in the list where two share a day', () => {
    const corrected = { ...tables[2]!, id: 'corrected' }
    expect(version('2026-11-23 10:00', [...tables, corrected])).toBe('corrected')
  })

  it('is the first one also for what started before it, so that nobody is without a promise', () => {
    expect(version('2026-08-14 23:59')).toBe('first')
    expect(version('2019-01-01 00:00')).toBe('first')
  })

  it('promises nothing where there is none', () => {
    expect(version('2026-11-23 10:00', [])).toBeUndefined()
  })

  it('hides the older one also where it has no rule', () => {
    const bare = { id: 'bare', effective: '2026-11-23', rules: [rule(1, { desk: 'water' })] }
    expect(version('2026-11-23 10:00', [...tables, bare])).toBeUndefined()
  })
})

describe('an imported table', () => {
  it('is refused when a clock has no general rule', () => {
    const rules = DEFAULT_LIMITS.rules.filter((r) => r.clock !== 'handover')
    expect(faults(rules)).toEqual(['no general rule for handover'])
    const onlyForADesk = [...rules, rule(2, { clock: 'handover', desk: 'water' })]
    expect(faults(onlyForADesk)).toEqual(['no general rule for handover'])
  })

  it('is refused when two rules ask the same', () => {
    const twice = [...DEFAULT_LIMITS.rules, rule(10, { desk: 'eia' }), rule(20, { desk: 'eia' })]
    expect(faults(twice)).toEqual(['two rules for the same first-reply'])
  })

  it.each<[string, Partial<LimitRule>]>([
    ['nothing', { number: 0 }],
    ['half an hour', { number: 0.5, unit: 'working-hours' }],
    ['no ground', { ground: '' }],
    ['an unknown unit', { unit: 'months' as LimitRule['unit'] }],
  ])('is refused for a limit of %s', (_, wrong) => {
    expect(faults([...DEFAULT_LIMITS.rules, rule(10, { desk: 'eia', ...wrong })])).toHaveLength(1)
  })

  it('may hold a limit of the law', () => {
    const sixty = { clock: 'resolution', topic: 'petition', unit: 'days' } as const
    const law = rule(60, { ...sixty, ground: '信访工作条例第34条' })
    expect(faults([...DEFAULT_LIMITS.rules, law])).toEqual([])
  })
})
