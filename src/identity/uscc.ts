/** GB 32100-2015: digits and capitals without I, O, S, V, Z; a character's value is its place. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const MODULUS = ALPHABET.length

/**
 * The 18th character of a unified social credit code (GB 32100-2015, 5.2.5).
 *
 * @param first17 the 17 characters before it
 * @returns undefined when these are not 17 characters of the code's alphabet
 */
export function usccCheckCharacter(first17: string): string | undefined {
  if (first17.length !== 17) return undefined
  let sum = 0
  let weight = 1
  for (const character of first17) {
    const value = ALPHABET.indexOf(character)
    if (value < 0) return undefined
    sum += value * weight
    weight = (weight * 3) % MODULUS
  }
  return ALPHABET[(MODULUS - (sum % MODULUS)) % MODULUS]
}

/**
 * Whether a text is a unified social credit code: 18 characters of the alphabet, capitals only (an
 * enterprise must not exist twice under two spellings), the last one the check character.
 */
export const isUscc = (text: string): boolean =>
  text.length === 18 && usccCheckCharacter(text.slice(0, 17)) === text[17]
