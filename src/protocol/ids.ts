import { z } from 'zod'

/** A command's id: any UUID, minted by the client; compared without regard to case. */
export const commandId = z.guid().meta({ description: 'UUID minted by the client' })

/** An id that we minted. Opaque to clients; one that cannot exist is `not-found`, never an error. */
export const opaqueId = z.string().min(1).max(64)

export const deskId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)

/** Bytes that text in PostgreSQL and canonical JSON cannot carry: NUL and lone surrogates. */
export const isStorable = (text: string) => !text.includes('\u0000') && text.isWellFormed()

/** Length in code points, the unit of every length in the contract. */
export function codePoints(text: string): number {
  let n = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0xd800 && unit <= 0xdbff) i++
    n++
  }
  return n
}

/**
 * Words written by a person: not blank, storable, at most `max` code points. The cheap UTF-16
 * bound comes first, so that a long text is refused before it is walked.
 */
export const words = (max: number) =>
  z
    .string()
    .max(max * 2)
    .refine(isStorable, 'holds a character that cannot be stored')
    .refine((text) => text.trim() !== '', 'is blank')
    .refine((text) => codePoints(text) <= max, `is longer than ${max} characters`)
    .meta({ description: `1–${max} code points` })

export const instant = z.iso.datetime({ precision: 3 }).meta({ description: 'UTC, milliseconds' })
