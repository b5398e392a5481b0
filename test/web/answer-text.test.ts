import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Block, layOut, linked } from '../../src/web/shared/answer-text.ts'

const FAQ = join(import.meta.dirname, '../../faq')
const answers = readdirSync(FAQ)
  .filter((file) => file.endsWith('.md'))
  .map((file) => readFileSync(join(FAQ, file), 'utf8').split(/^---$/m).slice(2).join('---').trim())

const textOf = (block: Block) => (block.type === 'list' ? block.items.join('') : block.text)
const bare = (text: string) =>
  text.replace(/^\s*(?:[-*•]|\d{1,2}[.、)）])\s*/gm, '').replace(/\s/g, '')

describe('an answer on the screen', () => {
  it('puts the conclusion first and folds the basis', () => {
    const text =
      '结论：不一定。\n\n怎么办：\n- 看种类\n- 看数量\n\n依据：《法典》第106条。\n\n供参考。'
    expect(layOut(text)).toEqual({
      conclusion: '结论：不一定。',
      body: [
        { type: 'paragraph', text: '怎么办：' },
        { type: 'list', ordered: false, items: ['看种类', '看数量'] },
      ],
      basis: '依据：《法典》第106条。',
      note: '供参考。',
    })
  })

  it('loses no word of any curated answer', () => {
    expect(answers.length).toBeGreaterThan(30)
    for (const answer of answers) {
      const { conclusion, body, basis, note } = layOut(answer)
      const shown = [conclusion, ...body.map(textOf), basis, note].join('')
      expect(bare(shown)).toBe(bare(answer))
    }
  })

  it('takes a text without form as it is', () => {
    expect(layOut('就一句。')).toEqual({
      conclusion: '就一句。',
      body: [],
      basis: undefined,
      note: undefined,
    })
  })
})

describe('links in a text', () => {
  it('are web addresses up to the Chinese full stop', () => {
    expect(linked('见 https://a.gov.cn/x?y=1。谢谢')).toEqual([
      { text: '见 ' },
      { text: 'https://a.gov.cn/x?y=1', href: 'https://a.gov.cn/x?y=1' },
      { text: '。谢谢' },
    ])
    expect(linked('javascript:alert(1)')).toEqual([{ text: 'javascript:alert(1)' }])
  })

  it('are numbers to call, and only those', () => {
    const numbers = (text: string) =>
      linked(text, 'phone').flatMap(({ href }) => (href ? [href] : []))
    expect(numbers('打 119 / 120 / 110，再打 0575-12345678 或 12345')).toEqual([
      'tel:119',
      'tel:120',
      'tel:110',
      'tel:057512345678',
      'tel:12345',
    ])
    expect(numbers('第1190条，2026-08-15，1200元，24小时')).toEqual([])
  })
})
