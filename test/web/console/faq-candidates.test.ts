import { describe, expect, it } from 'vitest'
import type { Basis } from '../../../src/protocol/entries.ts'
import type { FaqSearch } from '../../../src/protocol/http.ts'
import { candidatesOf, replyFrom } from '../../../src/web/console/thread/faq-candidates.ts'

const basis: Basis[] = [
  { title: '环境影响评价法', article: '第二十四条', status: 'current' },
  { title: '《重大变动清单》', number: '环办环评函〔2020〕688号', status: 'trial' },
]
const hit = (id: string, more = {}) => ({
  id,
  version: 1,
  question: `${id}？`,
  answer: '结论：不用。',
  basis,
  score: 1,
  ...more,
})
const explained = (id: string, confidence: number) => ({
  id,
  score: 1,
  confidence,
  features: {},
  signals: {},
})
const about = {
  why: { code: 'between', text: '列出选项。' },
  thresholds: { answer: 0.8, choose: 0.3 },
  rules: [],
}
const found = (more: Partial<FaqSearch>): FaqSearch => ({
  decision: 'choose',
  confidence: 0.5,
  hits: [],
  ...more,
})

describe('candidates from the knowledge base', () => {
  it('come the most confident first, with the texts that were sent', () => {
    const candidates = candidatesOf(
      found({
        hits: [hit('a'), hit('b')],
        explain: { ...about, candidates: [explained('a', 0.2), explained('b', 0.7)] },
      }),
    )
    expect(candidates.map(({ id, confidence }) => [id, confidence])).toEqual([
      ['b', 0.7],
      ['a', 0.2],
    ])
  })

  it('leave out what cannot be quoted, and take texts that stand in the explanation', () => {
    const candidates = candidatesOf(
      found({
        decision: 'escalate',
        explain: {
          ...about,
          candidates: [explained('bare', 0.9), { ...hit('full'), ...explained('full', 0.4) }],
        },
      }),
    )
    expect(candidates.map(({ id }) => id)).toEqual(['full'])
  })
})

describe('a reply from an entry', () => {
  it('is the curated answer and what it rests on', () => {
    expect(replyFrom({ ...hit('a'), confidence: 1 })).toBe(
      '结论：不用。\n\n依据：《环境影响评价法》第二十四条；《重大变动清单》（环办环评函〔2020〕688号）。',
    )
  })

  it('names the basis once where the answer names it itself', () => {
    const answer = '结论：不用。\n\n依据：《重大变动清单》。'
    expect(replyFrom({ ...hit('a', { answer }), confidence: 1 })).toBe(answer)
  })
})
