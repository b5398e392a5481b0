import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, toFaqSearch } from '../../src/faq/answer.ts'
import { buildIndex } from '../../src/faq/index.ts'
import { search } from '../../src/faq/search.ts'
import { fillSlots, NO_SLOTS } from '../../src/faq/slots.ts'
import { faqSearchSchema } from '../../src/protocol/http.ts'
import { anEntry, answeredId, ask, bureauIndex, NOW, served, shipped } from './support.ts'

describe('the founding questions', () => {
  it.each([
    ['我们公司上中水回用系统有政策补贴吗？', 'reuse-subsidy'],
    ['调换辅材需重新办理环评手续吗？', 'eia-material-change'],
  ])('%s is answered by %s, word for word, with its basis', (text, id) => {
    const decision = ask(text)
    const entry = shipped().find((one) => one.id === id)!
    expect(decision).toMatchObject({
      decision: 'answer',
      hit: { id, version: 1, answer: fillSlots(entry.answer, NO_SLOTS), basis: entry.basis },
    })
  })
})

describe('the decision', () => {
  it('answers almost every stored question when it is asked as it stands', () => {
    const all = shipped().filter((entry) => entry.status === 'published')
    const answered = all.filter((entry) => answeredId(ask(entry.question)) === entry.id)
    expect(answered.length / all.length).toBeGreaterThan(0.97)
  })

  it.each(['要办啥手续', '怎么办', '多少钱', '可以吗', '我想问一下', '那个事情咋样了'])(
    'answers nothing to “%s”, which names no subject',
    (text) => {
      expect(ask(text).decision).not.toBe('answer')
    },
  )

  it.each(['How do I renew the discharge permit?', '量子计算机怎么选', 'zxcvbnm asdfgh'])(
    'hands “%s” to a person, as nothing is near',
    (text) => {
      expect(ask(text)).toMatchObject({ decision: 'escalate', topic: null })
    },
  )

  it('takes what comes with files as a case, but an emergency first', () => {
    const options = { index: bureauIndex(), now: NOW, files: true }
    expect(decide('台账留几年', options)).toMatchObject({ decision: 'escalate', reason: 'case' })
    expect(decide('氨罐漏了', options)).toMatchObject({ reason: 'emergency', urgent: true })
  })

  it('gives an emergency its card, and names the rule to staff', () => {
    const decision = decide('车间着火了', {
      index: bureauIndex(),
      now: NOW,
      files: false,
      slots: new Map([['duty-phone', '0571-8000']]),
    })
    expect(decision).toMatchObject({ decision: 'escalate', reason: 'emergency', urgent: true })
    expect('card' in decision && decision.card).toMatch(/^119.*0571-8000/)
    expect(decision.explain.rules[0]).toEqual({ id: 'emergency-happened', reason: 'emergency' })
  })

  it('tells in English that a person will answer what was asked in English', () => {
    const decision = toFaqSearch(ask('How do we change the solvent in our permit?'))
    expect(decision).toMatchObject({ decision: 'escalate', reason: 'no-match', hits: [] })
    expect(decision.text).toMatch(/^The machine answers in Chinese only/)
  })

  it('keeps the topic of a case, so that it reaches the right desk', () => {
    expect(ask('我们家的环评批下来没')).toMatchObject({ reason: 'case', topic: 'eia' })
  })

  it('refers to another department, unless an entry surely answers', () => {
    expect(ask('灭火器多久年检')).toMatchObject({ decision: 'reply', refer: { to: '消防' } })
    expect(answeredId(ask('夜间施工证明找谁开'))).toBe('noise-construction')
  })

  it('trusts a sure entry more than what the model alone turned away, not more than a rule', () => {
    const learned = '合伙人退股怎么改'
    const listed = '灭火器多久年检'
    const told = [learned, listed].map((question, at) => anEntry({ id: `told-${at}`, question }))
    const index = buildIndex(served(...told, ...shipped()))
    expect(ask(learned)).toMatchObject({ decision: 'reply', reason: 'other-department' })
    expect(answeredId(ask(learned, index))).toBe('told-0')
    expect(ask(listed, index)).toMatchObject({ decision: 'reply', reason: 'other-department' })
  })

  it('offers at most four servable entries where it is not sure', () => {
    const offers = shipped()
      .flatMap(({ keywords }) => keywords.slice(0, 8))
      .map((word) => ask(word))
      .flatMap((decision) => (decision.decision === 'choose' ? [decision.choices] : []))
    expect(offers.length).toBeGreaterThan(20)
    for (const choices of offers) {
      expect(choices.length).toBeGreaterThan(0)
      expect(choices.length).toBeLessThanOrEqual(4)
    }
  })
})

describe('validity at answer time', () => {
  const entry = anEntry({ valid: { from: '2026-08-15', until: '2026-11-30' } })
  const index = buildIndex(served(entry, ...shipped()))
  const question = entry.question

  it('ends with the last day, while the index stays as it is', () => {
    expect(answeredId(ask(question, index, new Date('2026-11-30T15:59:59Z')))).toBe(entry.id)
    const after = ask(question, index, new Date('2026-11-30T16:00:00Z'))
    expect(after).toMatchObject({ decision: 'escalate', reason: 'unsure', topic: 'snow' })
  })

  it('is silent on a question whose entry is expired, rather than giving the next best', () => {
    const rival = anEntry({ id: 'ice-maker', question: '制冰机要不要登记？', phrasings: [] })
    const both = buildIndex(served(entry, rival, ...shipped()))
    const late = new Date('2027-01-01T00:00:00Z')
    expect(answeredId(ask(question, both, late))).toBeNull()
  })

  it('never shows a draft, and does not mind one', () => {
    const draft = anEntry({ id: 'snow-draft', status: 'draft', question: '造雪机登记要不要？' })
    const both = buildIndex(served(draft, entry, ...shipped()))
    expect(answeredId(ask(question, both))).toBe(entry.id)
  })
})

describe('the wire shape of a search', () => {
  it.each([
    ['台账要放几年', false],
    ['我们公司上中水回用系统有政策补贴吗', true],
    ['谢谢', false],
    ['施工许可证找谁', true],
    ['着火了', true],
    ['', true],
  ])('of “%s” fits the protocol and shows only what the asker would see', (text, explain) => {
    const decision = ask(text)
    const wire = toFaqSearch(decision, explain)
    expect(faqSearchSchema.parse(wire)).toEqual(wire)
    expect(wire.explain !== undefined).toBe(explain)
    const shown = { answer: [1], choose: [1, 2, 3, 4], reply: [0], escalate: [0] }
    expect(shown[decision.decision]).toContain(wire.hits.length)
  })
})

describe('hostile input', () => {
  const big = [
    ['a question of 100 KB', '排污许可证怎么延续'.repeat(4_000)],
    ['a word of 50,000 letters', 'x'.repeat(50_000)],
    [
      '100 KB of different characters',
      Array.from({ length: 50_000 }, (_, i) => String.fromCharCode(0x4e00 + (i % 20_000))).join(''),
    ],
    ['regex metacharacters', '(.*)+$[^]\\{9999}'.repeat(2_000)],
    ['lone surrogates', '\ud800\udc00\udfff\ud800'.repeat(10_000)],
    ['zero-width characters', '\u200b\u200d\ufeff'.repeat(20_000)],
    ['what NFKC makes eighteen times longer', '\ufdfa'.repeat(8_000)],
    ['stacked combining marks', `e${'\u0301'.repeat(50_000)}`],
    ['spaces', ' '.repeat(100_000)],
    ['separated single characters', '环 '.repeat(30_000)],
  ] as const

  it.each(big)('%s is answered in bounded work', (_, text) => {
    ask('暖机')
    const before = performance.now()
    expect(ask(text).decision).not.toBe('answer')
    expect(performance.now() - before).toBeLessThan(1_000)
  })

  it('never makes the decision throw, nor give anything but a confidence between 0 and 1', () => {
    const words = fc.constantFrom(
      '环评',
      '罚',
      '我',
      '多少',
      '着火',
      '\ud800',
      '​',
      ' ',
      '不',
      '0.7',
      '%',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(words, { maxLength: 30 }).map((list) => list.join('')),
    )
    fc.assert(
      fc.property(text, (input) => {
        const { confidence } = ask(input)
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same decision for the same words', () => {
    expect(search('台账留几年', bureauIndex())).toEqual(search('台账留几年', bureauIndex()))
  })
})
