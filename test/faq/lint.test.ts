import { describe, expect, it } from 'vitest'
import type { FaqEntry } from '../../src/faq/entry.ts'
import { lintEntries } from '../../src/faq/lint.ts'
import { anEntry, shipped } from './support.ts'

const TODAY = '2026-11-23'
const PHRASINGS = [
  '造雪设备登记流程',
  '雪场的机器报备',
  '人工降雪设备谁批',
  '喷雪枪买来先办哪样',
  '滑雪场添置雪炮',
  '雪道铺设机器的号牌',
  '旧雪机转手过户',
  '雪机停用注销',
]
const snow = (over: Partial<FaqEntry> = {}) =>
  anEntry({
    id: 'snow-maker',
    phrasings: PHRASINGS,
    answer: '要登记。依据：《造雪条例》。',
    ...over,
  })
const [basis] = anEntry().basis

const told = (...entries: FaqEntry[]) =>
  lintEntries(entries, TODAY).map(({ file, field, level }) => `${level} ${file} ${field}`)

describe('the lint of the FAQ', () => {
  it('finds no error in the starter FAQ', () => {
    const errors = lintEntries(shipped(), TODAY).filter(({ level }) => level === 'error')
    expect(errors).toEqual([])
  })

  it('is silent on an entry in order', () => {
    expect(told(snow())).toEqual([])
  })

  it.each<[string, Partial<FaqEntry>, string]>([
    ['seven phrasings', { phrasings: PHRASINGS.slice(1) }, 'error snow-maker.md phrasings'],
    [
      '21 phrasings',
      { phrasings: Array.from({ length: 21 }, (_, i) => `雪机第${i + 1}种`) },
      'error snow-maker.md phrasings',
    ],
    ['no basis', { basis: [] }, 'error snow-maker.md basis'],
    ['an answer without 依据', { answer: '按《造雪条例》登记。' }, 'error snow-maker.md answer'],
    [
      'a repealed basis',
      { basis: [{ ...basis!, status: 'repealed' }] },
      'error snow-maker.md basis.0.status',
    ],
    [
      'a repealed law as its basis',
      {
        answer: '要登记。依据：《造雪条例》，《水污染防治法》已废止。',
        basis: [basis!, { ...basis!, title: '中华人民共和国水污染防治法' }],
      },
      'error snow-maker.md basis.1.title',
    ],
    [
      'a basis that is not yet in force',
      { basis: [{ ...basis!, effective: '2026-11-24' }] },
      'error snow-maker.md basis.0.effective',
    ],
    [
      'a repealed law in the answer',
      { answer: '按《环境影响评价法》第24条。依据：《造雪条例》。' },
      'error snow-maker.md answer',
    ],
    [
      'a repealed law in the notice',
      { notice: { materials: ['环评法要求的表'], steps: ['交'], window: '一楼', limit: '三日' } },
      'error snow-maker.md notice',
    ],
    [
      'a validity that ended yesterday',
      { valid: { from: '2026-08-15', until: '2026-11-22' } },
      'error snow-maker.md valid.until',
    ],
    [
      'an overdue review',
      { review: { by: '2026-11-22', required: false, notes: [] } },
      'warning snow-maker.md review.by',
    ],
    [
      'a basis that the answer does not name',
      { basis: [basis!, { ...basis!, title: '制冰条例' }] },
      'error snow-maker.md basis.1.title',
    ],
    [
      'an article in the answer that no basis holds',
      { answer: '要登记。依据：《造雪条例》第4条。' },
      'error snow-maker.md answer',
    ],
    [
      'a required review that does not say why',
      { review: { by: '2027-05-23', required: true, notes: [] } },
      'error snow-maker.md review.notes',
    ],
    ['a dead reference', { see: ['ice-maker'] }, 'error snow-maker.md see.0'],
  ])('names file and field of %s', (_, over, finding) => {
    expect(told(snow(over))).toEqual([finding])
  })

  it('lets an entry run through its last day, and be due for review today', () => {
    const entry = snow({
      valid: { from: '2026-08-15', until: TODAY },
      review: { by: TODAY, required: false, notes: [] },
    })
    expect(told(entry)).toEqual([])
  })

  it('lets repealed laws be aliases, and be called repealed', () => {
    const answer = '《环境保护法》已废止。环境保护税法还在。依据：《造雪条例》。'
    expect(told(snow({ answer, keywords: ['老环评法24条', '水污染防治法'] }))).toEqual([])
  })

  it('finds a reference to a retired entry, and leaves a draft alone', () => {
    const other = (status: FaqEntry['status']) =>
      anEntry({
        id: 'ice-maker',
        status,
        question: '制冰机归哪家管？',
        phrasings: Array.from({ length: 8 }, (_, i) => `冰块厂${i}号冷库`),
        answer: '看冷库。依据：《造雪条例》。',
      })
    expect(told(snow({ see: ['ice-maker'] }), other('retired'))).toEqual([
      'error snow-maker.md see.0',
    ])
    expect(told(snow({ see: ['ice-maker'] }), other('draft'))).toEqual([])
  })

  it('finds one phrasing in two entries, whatever its signs and spelling', () => {
    const ice = anEntry({
      id: 'ice-maker',
      question: '制冰机归哪家管？',
      phrasings: [
        ...Array.from({ length: 7 }, (_, i) => `冰块厂${i}号冷库`),
        '造雪机，要不要登记？',
      ],
      answer: '看冷库。依据：《造雪条例》。',
    })
    expect(told(snow(), ice)).toContain('error ice-maker.md phrasings.7')
  })

  it('finds an entry that asks the same in nearly the same words', () => {
    const again = snow({
      id: 'snow-gun',
      question: '雪炮怎么登记？',
      phrasings: PHRASINGS.map((text) => `${text}手续`),
    })
    expect(told(snow(), again)).toEqual(['error snow-gun.md phrasings'])
  })
})
