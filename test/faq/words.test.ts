import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalise } from '../../src/faq/normalise.ts'
import { fold, MAX_QUERY, readQuery, tokenize } from '../../src/faq/words.ts'

describe('normalising', () => {
  it.each([
    ['ＶＯＣｓ　治理', 'vocs 治理'],
    ['中水回用有沒有補貼', '中水回用有没有补贴'],
    ['車間著火', '车间着火'],
    ['环​评­要多久？！', '环评要多久'],
    ['罚 多 少', '罚多少'],
    ['0.7兆瓦，５％', '0.7兆瓦 5%'],
    ['.5. 。', '5'],
    ['环评\n\n验收\t\u0000', '环评 验收'],
    ['İ\u0301', 'i'],
    ['\ud800环评\udc00', '环评'],
    ['🔥🔥', ''],
  ])('makes “%s” into “%s”', (text, plain) => {
    expect(normalise(text)).toBe(plain)
  })

  it('changes nothing the second time, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const once = normalise(text)
        expect(normalise(once)).toBe(once)
      }),
      { numRuns: 500 },
    )
  })

  it('reads a bounded part of an endless text', () => {
    expect(normalise('环'.repeat(100_000)).length).toBeLessThanOrEqual(8_000)
    expect(readQuery('环'.repeat(100_000)).length).toBeLessThanOrEqual(MAX_QUERY)
  })
})

describe('folding', () => {
  it.each([
    ['要环评不', '要环评吗'],
    ['罚几多', '罚多少'],
    ['咋整', '怎么办'],
    ['调换辅才需重新办环评么', '换辅料需重新办环评吗'],
    ['排污许可证要不', '排污证要不要'],
    ['能不', '能不能'],
    ['报批行不', '报批能不能'],
    ['厂名改咯要不要跟倒改', '厂名改了要不要跟着改'],
    ['一期搞完咯', '一期搞完'],
    ['咋排污证里头还写了固废嘞', '怎么排污证里头还写了固废'],
    ['排嘞总量', '排的总量'],
    ['环评要好多钱撒，快点噻', '环评要多少 快点'],
    ['要不要得噻', '要不要得'],
    ['排污证延续啷个办', '排污证延续怎么办'],
    ['费水处理能不能变在生水', '废水处理能不能变中水'],
    ['为废仓库找正府', '危废仓库找政府'],
  ])('reads “%s” as “%s”', (typed, meant) => {
    expect(fold(normalise(typed))).toBe(meant)
  })

  it('takes no word for a dialect ending or a slip of the keyboard', () => {
    for (const text of ['粉尘遗撒', '环评为废气写', '浪费水', '电费水费'])
      expect(fold(text)).toBe(text)
  })

  it('keeps 换证 apart from 延续, and 能不罚 from 能不能罚', () => {
    expect(fold('换证')).not.toContain('延续')
    expect(fold('能不罚')).toBe('能不罚')
  })
})

describe('the tokenizer', () => {
  it('gives characters, pairs, longer words and whole runs', () => {
    expect(tokenize('A级企业')).toEqual(expect.arrayContaining(['a', 'a级', '级', '级企', '企业']))
    expect(tokenize('12369')).toEqual(['12369'])
  })

  it('cuts a word of fifty thousand letters', () => {
    expect(tokenize('a'.repeat(50_000)).every((unit) => unit.length <= 32)).toBe(true)
  })

  it('does not pair across a clause', () => {
    expect(tokenize('环评，验收')).not.toContain('评验')
  })
})
