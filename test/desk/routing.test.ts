import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Desk, routeTo } from '../../src/desk/routing.ts'

const desk = (id: string, more: Partial<Desk> = {}): Desk => ({
  id,
  name: id,
  topics: [],
  districts: [],
  industries: [],
  fallback: false,
  hours: null,
  lead: null,
  ...more,
})

const DESKS = [
  desk('eia', { topics: ['eia', 'permit'], fallback: true }),
  desk('east', { districts: ['东郊区'] }),
  desk('east-food', { districts: ['东郊区'], industries: ['食品加工'] }),
  desk('water', { topics: ['water'] }),
  desk('water-plating', { topics: ['water'], industries: ['金属表面处理'] }),
  desk('water-river', { topics: ['water'], districts: ['临江区'], industries: ['金属表面处理'] }),
]

describe('a question goes', () => {
  it.each([
    ['where the matching entry says', { topic: 'water', desk: 'eia' }, 'eia'],
    ['by its topic', { topic: 'permit' }, 'eia'],
    ['by its topic, to the general desk of it', { topic: 'water' }, 'water'],
    [
      'by topic and industry',
      { topic: 'water', enterprise: { industry: '金属表面处理' } },
      'water-plating',
    ],
    [
      'by topic, district and industry',
      { topic: 'water', enterprise: { district: '临江区', industry: '金属表面处理' } },
      'water-river',
    ],
    [
      'by its topic before its district',
      { topic: 'water', enterprise: { district: '东郊区' } },
      'water',
    ],
    [
      'by district where no topic says',
      { topic: null, enterprise: { district: '东郊区' } },
      'east',
    ],
    [
      'by district and industry where no topic says',
      { topic: 'noise', enterprise: { district: '东郊区', industry: '食品加工' } },
      'east-food',
    ],
    [
      'nowhere by industry alone where the desk wants both',
      { topic: null, enterprise: { industry: '食品加工' } },
      'eia',
    ],
    ['to the fallback where nothing fits', { topic: null }, 'eia'],
    ['past a desk that is no more', { topic: 'water', desk: 'gone' }, 'water'],
  ])('%s', (_, question, expected) => {
    expect(routeTo(DESKS, question)).toBe(expected)
  })

  it('always somewhere, and never to a desk that is made for others unless it is the fallback', () => {
    const word = fc.constantFrom('a', 'b', 'c')
    const words = fc.uniqueArray(word, { maxLength: 2 })
    const desks = fc
      .array(fc.record({ topics: words, districts: words, industries: words }), { minLength: 1 })
      .map((all) => all.map((one, i) => desk(`d${i}`, { ...one, fallback: i === 0 })))
    const question = fc.record({
      topic: fc.option(word),
      enterprise: fc.record({ district: word, industry: word }),
    })
    fc.assert(
      fc.property(desks, question, (all, asked) => {
        const found = all.find(({ id }) => id === routeTo(all, asked))!
        const { districts, industries, topics, fallback } = found
        const { district, industry } = asked.enterprise
        const isForThem =
          (districts.length === 0 || districts.includes(district)) &&
          (industries.length === 0 || industries.includes(industry))
        const isOfTopic = asked.topic !== null && topics.includes(asked.topic)
        expect(fallback || (isForThem && (isOfTopic || topics.length === 0))).toBe(true)
      }),
    )
  })

  it('nowhere only in a bureau without a desk', () => {
    expect(routeTo([], { topic: 'water' })).toBeNull()
  })
})
