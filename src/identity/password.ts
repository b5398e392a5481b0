import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { codePoints } from '../protocol/ids.ts'

/** Well-formed, and the hash of nothing: unknown names cost the same time as known ones. */
const NOBODY = `${'0'.repeat(32)}:${'0'.repeat(128)}`

/** scrypt (N 16,384, r 16: 32 MiB, some 80 ms), salted. */
export const hashOf = (password: string): Promise<string> => hashPassword(password)

/** @param hash undefined where there is nobody: takes as long, and is false */
export async function fits(password: string, hash: string | undefined): Promise<boolean> {
  const right = await verifyPassword({ hash: hash ?? NOBODY, password })
  return right && hash !== undefined
}

export const PASSWORD_LENGTH = { min: 10, max: 256 } as const

export const isStrongEnough = (password: string): boolean => {
  const length = codePoints(password)
  return length >= PASSWORD_LENGTH.min && length <= PASSWORD_LENGTH.max
}

/** Without the characters that are mistaken for each other. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Four groups of four, 79 bits: to be read out or typed from paper. */
export function generatePassword(): string {
  const characters: string[] = []
  while (characters.length < 16) {
    // A byte beyond the last whole multiple would favour the first letters.
    for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
      if (byte < 248) characters.push(READABLE.charAt(byte % 31))
    }
  }
  return [0, 4, 8, 12].map((at) => characters.slice(at, at + 4).join('')).join('-')
}
