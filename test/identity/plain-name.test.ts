import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainName } from '../../src/identity/plain-name.ts'

describe('a plain name', () => {
  it.each([
    ['陈晓敏', '陈晓敏'],
    ['  Anne-Marie   O’Neil ', 'Anne-Marie O’Neil'],
    ['阿不都·热合曼', '阿不都·热合曼'],
    ['𠮷田', '𠮷田'],
    ['two\nlines\tand\u2028more', 'two lines andmore'],
  ])('keeps what is seen of %j', (typed, kept) => {
    expect(plainName(typed, 64)).toBe(kept)
  })

  it.each([
    ['a right-to-left override', 'gpj\u202eexe', 'gpjexe'],
    ['isolates', '\u2066王工\u2069', '王工'],
    ['zero-width characters', '王\u200b\u200d工\ufeff', '王工'],
    ['controls and escapes', '王\u001b[31m工\u0000', '王[31m工'],
    ['lone surrogates', '王\ud800工', '王工'],
    ['tag characters', '王\u{e0041}\u{e007f}工', '王工'],
    ['fillers that look like nothing', '王\u3164\u2800工', '王工'],
    ['the grapheme joiner', '王\u034f工', '王工'],
  ])('drops %s (S27)', (_what, typed, kept) => {
    expect(plainName(typed, 64)).toBe(kept)
  })

  it('does not stack marks over the lines above (S27)', () => {
    expect(plainName(`Z${'\u0311'.repeat(10_000)}`, 64)).toBe(`Z${'\u0311'.repeat(4)}`)
  })

  it('is one name in either Unicode form (S27)', () => {
    expect(plainName('Ren\u0065\u0301', 64)).toBe(plainName('Ren\u00e9', 64))
  })

  it('is none where nothing is left', () => {
    expect(plainName(' \u200b\u3164 ', 64)).toBeUndefined()
  })

  it('is measured in code points, after cleaning', () => {
    expect(plainName('𠮷'.repeat(64), 64)).toBe('𠮷'.repeat(64))
    expect(plainName('𠮷'.repeat(65), 64)).toBeUndefined()
    expect(plainName(`${'\u200b'.repeat(100)}王`, 1)).toBe('王')
  })

  it('is the same when cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = plainName(text, 1000)
        return once === undefined || plainName(once, 1000) === once
      }),
    )
  })
})
