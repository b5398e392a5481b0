import { describe, expect, it } from 'vitest'
import { WEIGHTS } from '../../src/faq/confidence-weights.ts'
import { evaluate } from '../../src/faq/evaluate.ts'
import { FEATURES } from '../../src/faq/features.ts'
import { GENERIC_WEIGHTS } from '../../src/faq/generic-weights.ts'
import { buildIndex } from '../../src/faq/index.ts'
import { measure } from '../../src/faq/measure.ts'
import { renderWeights } from '../../src/faq/render.ts'
import { search } from '../../src/faq/search.ts'
import { fitFaq } from '../../src/faq/thresholds.ts'
import { examplesOf, solvedExamples } from '../../src/faq/training.ts'
import { genericExamples } from '../../src/faq/training-generic.ts'
import { bureauIndex, served, shipped } from './support.ts'

const some = () =>
  served(
    ...shipped()
      .filter(({ id }) => id.startsWith('eia-'))
      .slice(0, 12),
  )
const EXACT = FEATURES.indexOf('exact')

describe('the fit', () => {
  const examples = examplesOf(buildIndex(some()), [
    { q: '环评批了六年才开工', expect: 'faq:eia-five-year' },
    { q: '活性炭碘值怎么测', expect: 'unsure' },
    { q: '谢谢', expect: 'reply:chat' },
  ])
  const kinds = Map.groupBy(examples, ({ kind }) => kind)

  it('asks sentences without themselves, word for word, and without their topic', () => {
    const exact = kinds.get('exact')!
    expect(exact.length).toBe(some().length)
    for (const { candidates, right } of exact) {
      expect(candidates[right.indexOf(true)]?.features[EXACT]).toBe(1)
    }
    const own = kinds
      .get('phrasing')!
      .filter(({ candidates, right }) => candidates.some((c, i) => right[i] && c.features[EXACT]))
    expect(own).toEqual([])
    expect(kinds.get('absent')!.every(({ right }) => !right.includes(true))).toBe(true)
  })

  it('leaves the index as it found it', () => {
    const index = buildIndex(some())
    const before = search('环评过期了怎么办', index).map(({ score }) => score)
    examplesOf(index, [])
    expect(search('环评过期了怎么办', index).map(({ score }) => score)).toEqual(before)
  })

  it('leaves out rows that never reach the search', () => {
    expect(kinds.get('row')!.length).toBe(2)
  })

  it('gives the same weights every time, and renders them as the reviewed file', () => {
    const first = fitFaq(examples).weights
    expect(fitFaq(examples).weights).toEqual(first)
    expect(renderWeights('WEIGHTS', first)).toContain(`tauAnswer: ${first.tauAnswer}`)
  }, 120_000)

  it('never lets likeness speak against an entry, nor a mismatch for it', () => {
    for (const { rank, confidence, tauAnswer, tauChoose } of [WEIGHTS, GENERIC_WEIGHTS]) {
      for (const weights of [rank.features, confidence.signals]) {
        const { support, best, covered, central, asked, exact } = weights
        expect(Math.min(support, best, covered, central, asked, exact)).toBeGreaterThanOrEqual(0)
        const { denial, number, subject, offside, lost, added } = weights
        expect(Math.max(denial, number, subject, offside, lost, added)).toBeLessThanOrEqual(0)
      }
      expect(tauAnswer).toBeGreaterThan(tauChoose)
    }
  })

  it('ranks what the shipped weights were fitted for', () => {
    expect(search('未批先建罚多少', bureauIndex())[0]?.profile.served.entry.id).toBe(
      'eia-unapproved-penalty',
    )
  })

  it('takes a solved question as a phrasing of its entry, though not when it is asked itself', () => {
    const all = some()
    const index = buildIndex(all)
    const solved = [{ q: '祖父那辈传下来的老作坊', gold: [all[3]!.entry.id] }]
    const [example] = solvedExamples(index, all, solved)
    expect(example!.candidates.every(({ features }) => features[EXACT] === 0)).toBe(true)
    expect(search(solved[0]!.q, index)[0]?.profile.served.entry.id).toBe(solved[0]!.gold[0])
  })

  it('learns for other collections without the words of this trade', () => {
    const trade = ['keyword', 'subject', 'offside'] as const
    const places = trade.map((name) => FEATURES.indexOf(name))
    const views = genericExamples(some()).flatMap(({ candidates }) => candidates)
    expect(views.length).toBeGreaterThan(100)
    expect(views.every(({ features }) => places.every((at) => features[at] === 0))).toBe(true)
  })
})

describe('the figures of a collection', () => {
  const row = (covered: boolean, place: number, confidence: number) => ({
    covered,
    place,
    confidence,
  })

  it('are those that the issue defines', () => {
    const rows = [
      row(true, 0, 0.95),
      row(true, 0, 0.85),
      row(true, 2, 0.75),
      row(true, -1, 0.15),
      row(false, -1, 0.05),
    ]
    expect(measure(rows)).toEqual({
      n: 5,
      oos: 1,
      hit1: 50,
      hit3: 75,
      mrr10: 58.3,
      auroc: 100,
      c90: 40,
      c95: 40,
      ece: 23,
    })
  })

  it('give no credit for the order of equal confidences', () => {
    const equal = [row(true, 0, 0.5), row(false, -1, 0.5), row(true, 0, 0.5)]
    expect(measure(equal)).toMatchObject({ auroc: 50, c90: 0, c95: 0 })
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
