import { describe, expect, it } from 'vitest'
import { search } from '../../src/faq/answer.ts'
import { WEIGHTS } from '../../src/faq/confidence-weights.ts'
import { evaluate } from '../../src/faq/evaluate.ts'
import { buildIndex } from '../../src/faq/index.ts'
import { fitFaq, render } from '../../src/faq/thresholds.ts'
import { examplesOf } from '../../src/faq/training.ts'
import { bureauIndex, served, shipped } from './support.ts'

const small = () =>
  buildIndex(
    served(
      ...shipped()
        .filter(({ id }) => id.startsWith('eia-'))
        .slice(0, 12),
    ),
  )

describe('the fit', () => {
  const examples = examplesOf(small(), [
    { q: '环评批了六年才开工', expect: 'faq:eia-five-year' },
    { q: '食堂明天吃什么菜', expect: 'unsure' },
    { q: '谢谢', expect: 'reply:chat' },
  ])

  it('asks each sentence without itself, word for word, and without its entry', () => {
    const kinds = Map.groupBy(examples, ({ kind }) => kind)
    expect(kinds.get('phrasing')!.length).toBe(kinds.get('absent')!.length)
    expect(kinds.get('absent')!.every(({ gold }) => gold === -1)).toBe(true)
    expect(kinds.get('exact')!.every(({ candidates, gold }) => candidates[gold]?.exact === 1)).toBe(
      true,
    )
    const own = kinds
      .get('phrasing')!
      .filter(({ candidates, gold }) => candidates[gold]?.exact === 1)
    expect(own).toEqual([])
  })

  it('leaves out rows that never reach the search', () => {
    expect(examples.filter(({ kind }) => kind === 'row').length).toBe(2)
  })

  it('gives the same weights every time, and renders them as the reviewed file', () => {
    const first = fitFaq(examples).weights
    expect(fitFaq(examples).weights).toEqual(first)
    expect(render(first)).toContain(`tauAnswer: ${first.tauAnswer}`)
  }, 60_000)

  it('never lets likeness speak against an entry, nor a mismatch for it', () => {
    const { rank, confidence } = WEIGHTS
    for (const weights of [rank, confidence]) {
      expect(
        Math.min(weights.support, weights.central, weights.answer, weights.exact),
      ).toBeGreaterThanOrEqual(0)
      expect(
        Math.max(weights.denial, weights.number, weights.subject, weights.offside),
      ).toBeLessThanOrEqual(0)
    }
    expect(WEIGHTS.tauAnswer).toBeGreaterThan(WEIGHTS.tauChoose)
  })

  it('ranks what the shipped weights were fitted for', () => {
    expect(search('未批先建罚多少', bureauIndex())[0]?.profile.served.entry.id).toBe(
      'eia-unapproved-penalty',
    )
  })
})

describe('the evaluation', () => {
  const rows = [
    { q: 'a', expect: 'faq:one' },
    { q: 'b', expect: 'faq:two' },
    { q: 'c', expect: 'faq:three' },
    { q: 'd', expect: 'human:case' },
    { q: 'e', expect: 'human:legal' },
    { q: 'f', expect: 'refer:消防' },
    { q: 'g', expect: 'unsure' },
  ]
  const decisions = {
    a: { decision: 'answer', answered: 'one', ranked: ['one'] },
    b: { decision: 'answer', answered: 'one', ranked: ['one', 'two'] },
    c: { decision: 'choose', chosen: ['x', 'three'], ranked: ['x', 'y', 'z', 'three'] },
    d: { decision: 'escalate', ranked: [] },
    e: { decision: 'answer', answered: 'one', ranked: ['one'] },
    f: { decision: 'reply', ranked: [] },
    g: { decision: 'answer', answered: 'one', ranked: [] },
  } as const

  it('counts what the closing note reports', () => {
    expect(evaluate(rows, (q) => decisions[q as keyof typeof decisions])).toEqual({
      n: 7,
      hit1: 33.3,
      hit3: 66.7,
      answered: 57.1,
      precision: 25,
      inScopeAnswered: 66.7,
      inScopeChosen: 33.3,
      outOfScopeAnswered: 50,
      mustEscalateAnswered: 1,
      escalatedRight: 50,
      repliedRight: 100,
    })
  })

  it('of nothing divides by nothing', () => {
    expect(evaluate([], () => decisions.a)).toMatchObject({ n: 0, precision: 100, hit1: 0 })
  })
})
