import { describe, expect, it } from 'vitest'
import { buildIndex } from '../../src/faq/index.ts'
import { search } from '../../src/faq/search.ts'
import { anEntry, bureauIndex, NOW, served, shipped } from './support.ts'

const found = (text: string, index = bureauIndex()) =>
  search(text, index).map(({ profile }) => profile.served.entry.id)

describe('the index', () => {
  it('finds every entry first by its own question and phrasings', () => {
    const missed = shipped().flatMap(({ id, question, phrasings }) =>
      [question, ...phrasings.slice(0, 3)]
        .filter((text) => found(text)[0] !== id)
        .map((t) => `${id}: ${t}`),
    )
    expect(missed.length).toBeLessThanOrEqual(1)
  })

  it('finds by what was folded: dialect, traditional characters, another abbreviation', () => {
    expect(found('調換輔材需重新辦環評手續嗎')[0]).toBe('eia-material-change')
    expect(found('危险废物能放多长时间')[0]).toBe('hw-storage-time')
  })

  it('adds, replaces and removes one entry without the others', () => {
    const index = buildIndex(served(...shipped()))
    const before = index.size
    index.put({ entry: anEntry(), version: 1 })
    expect(found('造雪机登记', index)[0]).toBe('snow-maker')
    index.put({ entry: anEntry({ answer: '结论：不用。' }), version: 2 })
    expect(index.size).toBe(before + 1)
    expect(index.get('snow-maker')).toMatchObject({ version: 2, entry: { answer: '结论：不用。' } })
    index.remove('snow-maker')
    index.remove('never-there')
    expect(index.size).toBe(before)
    expect(found('造雪机登记', index)).not.toContain('snow-maker')
  })

  it('weighs units as if an entry that is gone had never been there', () => {
    const index = buildIndex(served(...shipped()))
    const { vocabulary } = index
    const weight = (unit: string) => vocabulary.weight(vocabulary.find(unit))
    const fresh = weight('评批')
    for (let i = 0; i < 3; i++)
      index.put({ entry: anEntry({ question: '环评批文造雪' }), version: i })
    expect(weight('评批')).not.toBe(fresh)
    index.remove('snow-maker')
    expect(weight('评批')).toBe(fresh)
    expect(vocabulary.count(vocabulary.find('造雪'))).toBe(0)
  })

  it('answers an empty index and an empty question with nothing', () => {
    expect(search('环评', buildIndex([]))).toEqual([])
    expect(bureauIndex().candidates(bureauIndex().read(''))).toEqual([])
  })

  it('judges no more than anybody is shown', () => {
    expect(found('环评验收排污危废罚款多少怎么办').length).toBeLessThanOrEqual(12)
  })

  it('finds a rare word among thousands of entries that share all the others', () => {
    const many = Array.from({ length: 3_000 }, (_, i) =>
      anEntry({ id: `crowd-${i}`, question: `第${i}号车间怎么登记`, phrasings: [], keywords: [] }),
    )
    const crowd = buildIndex(
      served(...many, anEntry({ question: '锅炉房怎么登记', phrasings: [] })),
    )
    expect(found('锅炉怎么登记', crowd)[0]).toBe('snow-maker')
  })

  it('answers from an index that was emptied and filled again as from a fresh one', () => {
    const index = buildIndex(served(...shipped()))
    for (const { id } of shipped()) index.remove(id)
    expect(search('台账留几年', index)).toEqual([])
    for (const one of served(...shipped())) index.put(one)
    const told = ({ confidence, score }: { confidence: number; score: number }) => [
      confidence,
      score,
    ]
    expect(search('台账留几年', index).map(told)).toEqual(
      search('台账留几年', bureauIndex()).map(told),
    )
  })
})

describe('suggesting while typing', () => {
  const suggest = (typed: string, now = NOW) =>
    bureauIndex()
      .suggest(typed, now)
      .map(({ id }) => id)

  it.each([
    ['中水', 'reuse-subsidy'],
    ['调换辅', 'eia-material-change'],
    ['危废能放多', 'hw-storage-time'],
  ])('offers for “%s” among others %s', (typed, id) => {
    expect(suggest(typed)).toContain(id)
  })

  it.each(['', ' ', '?', '的', '啊啊啊啊', 'qwertyuiop', '((', '\ud800', '​'])(
    'offers nothing for “%s”',
    (typed) => {
      expect(suggest(typed)).toEqual([])
    },
  )

  it('offers at most five, and none that may not be shown', () => {
    expect(suggest('环评').length).toBe(5)
    expect(suggest('环评', new Date('2020-01-01T00:00:00Z'))).toEqual([])
  })

  it('takes no longer for a pasted book', () => {
    const before = performance.now()
    suggest('环评要不要'.repeat(20_000))
    expect(performance.now() - before).toBeLessThan(200)
  })
})
