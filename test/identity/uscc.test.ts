import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUscc, usccCheckCharacter } from '../../src/identity/uscc.ts'

const ALPHABET = Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY')
const first17 = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 17, maxLength: 17 })
const code = first17.map((text) => text + usccCheckCharacter(text))

describe('a unified social credit code', () => {
  it.each(['91330100799655058B', '9144030071526726XG', '914403001922038216', '91110000802100433B'])(
    '%s, of a known company, is one',
    (known) => {
      expect(isUscc(known)).toBe(true)
    },
  )

  it('is known by its check character', () => {
    fc.assert(fc.property(code, (text) => isUscc(text)))
  })

  it('is none with any single character changed', () => {
    const change = fc.tuple(code, fc.nat(17), fc.constantFrom(...ALPHABET))
    fc.assert(
      fc.property(change, ([text, at, other]) => {
        fc.pre(text[at] !== other)
        return !isUscc(text.slice(0, at) + other + text.slice(at + 1))
      }),
    )
  })

  it('is none with two unlike neighbours exchanged', () => {
    fc.assert(
      fc.property(code, fc.nat(16), (text, at) => {
        const [a = '', b = ''] = text.slice(at)
        fc.pre(a !== b)
        return !isUscc(text.slice(0, at) + b + a + text.slice(at + 2))
      }),
    )
  })

  it.each([
    ['nothing', ''],
    ['17 characters', '91330100799655058'],
    ['19 characters', '91330100799655058BB'],
    ['small letters', '91330100799655058b'],
    ['a letter that the code does not use', 'I1330100799655058B'],
    ['full-width digits', '９1330100799655058B'],
    ['a blank', ' 1330100799655058B'],
    ['a character outside the basic plane', '𠮷330100799655058B'],
  ])('is not %s', (_what, text) => {
    expect(isUscc(text)).toBe(false)
  })

  it('has no check character for what is no beginning of one', () => {
    expect(usccCheckCharacter('9133010079965505')).toBeUndefined()
    expect(usccCheckCharacter('9133010079965505O')).toBeUndefined()
  })
})
