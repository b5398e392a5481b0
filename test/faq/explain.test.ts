import { describe, expect, it } from 'vitest'
import { decide, toFaqSearch } from '../../src/faq/answer.ts'
import { WEIGHTS } from '../../src/faq/confidence-weights.ts'
import { buildIndex } from '../../src/faq/index.ts'
import { explainSchema } from '../../src/protocol/http.ts'
import { anEntry, ask, bureauIndex, NOW, served } from './support.ts'

const { tauAnswer, tauChoose } = WEIGHTS
const snow = anEntry()
const index = buildIndex(
  served(snow, anEntry({ id: 'ice', question: '制冰机登记', phrasings: [] })),
)
const withFiles = (text: string) => decide(text, { index: bureauIndex(), now: NOW, files: true })
const ASK_MORE = { ...WEIGHTS, tauAnswer: 2 }
const hesitant = () => decide(snow.question, { index, now: NOW, files: false, weights: ASK_MORE })

describe('the explanation', () => {
  it.each([
    ['an emergency', () => ask('车间着火了'), 'emergency'],
    ['files', () => withFiles('台账留几年'), 'files'],
    ['a rule', () => ask('你好'), 'rule'],
    ['no candidate', () => ask('zxcvbnm asdfgh', index), 'nothing'],
    ['a far candidate', () => ask('量子计算机怎么选'), 'far'],
    [
      'a silenced entry',
      () => ask(snow.question, index, new Date('2026-01-01T00:00:00Z')),
      'silenced',
    ],
    ['a sure entry', () => ask(snow.question, index), 'sure'],
    ['something between', hesitant, 'between'],
  ])('says that %s settled it, in words too', (_, decided, code) => {
    const { explain, why } = decided()
    expect([explain.why.code, why]).toEqual([code, code])
    expect(explain.why.text).toMatch(/。$/)
    expect(explain.thresholds.answer).toBeCloseTo(code === 'between' ? 2 : tauAnswer, 3)
    expect(explain.thresholds.choose).toBeCloseTo(tauChoose, 3)
    expect(explainSchema.parse(explain)).toEqual(explain)
  })

  it('names the rule that settled it, and the others that fired', () => {
    const { explain } = ask('车间着火了')
    expect(explain.why.rule).toBe(explain.rules[0]?.id)
    const greeting = ask('你好').explain
    expect(greeting.rules.map(({ id }) => id)).toContain(greeting.why.rule)
  })

  it('gives every feature and signal of every candidate, whatever they are called', () => {
    const [first, second] = ask('环评要重新办吗').explain.candidates
    for (const kind of ['features', 'signals'] as const) {
      expect(Object.keys(first![kind]).length).toBeGreaterThan(3)
      expect(Object.keys(first![kind])).toEqual(Object.keys(second![kind]))
      for (const value of Object.values(first![kind])) expect(value).toBeTypeOf('number')
    }
  })

  it('says why the second is not the first: every difference, the largest first', () => {
    const { candidates, second } = ask('环评要重新办吗').explain
    const [one, two] = candidates
    expect(second).toMatchObject({ id: two!.id })
    expect(second!.behind).toBeCloseTo(one!.score - two!.score, 3)
    const sizes = second!.differences.map(({ by }) => Math.abs(by))
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    const differing = Object.keys(one!.features).filter(
      (name) => one!.features[name] !== two!.features[name],
    )
    expect(second!.differences.map(({ feature }) => feature).sort()).toEqual(differing.sort())
    expect(second!.text).toContain(second!.differences[0]!.feature)
  })

  it('has no second where there is one candidate, and none at all for nothing', () => {
    const alone = buildIndex(served(snow))
    expect(ask(snow.question, alone).explain.second).toBeUndefined()
    expect(ask('', alone).explain.candidates).toEqual([])
  })

  it('never leaves for those who did not ask for it', () => {
    for (const text of ['环评要重新办吗', '你好', '车间着火了', '食堂油烟']) {
      const wire = JSON.stringify(toFaqSearch(ask(text)))
      expect(wire).not.toMatch(/explain|features|signals|thresholds|"why"|differences/)
    }
  })
})
