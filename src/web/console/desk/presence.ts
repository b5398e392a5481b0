import type { Author } from '../../../protocol/entries.ts'

/** A typing mark fades unless it is renewed; people renew theirs every three seconds. */
export const TYPING_FADES_MS = 6000
export const TYPING_EVERY_MS = 3000

export interface Typist {
  by: Author
  until: number
}
/** By thread, then by person. */
export type Typing = ReadonlyMap<string, ReadonlyMap<string, Typist>>

export function typed(typing: Typing, thread: string, by: Author, now: number): Typing {
  const people = new Map(typing.get(thread))
  people.set(by.id, { by, until: now + TYPING_FADES_MS })
  return new Map(typing).set(thread, people)
}

/** Whoever sends has stopped typing. */
export function stopped(typing: Typing, thread: string, person: string): Typing {
  const people = typing.get(thread)
  if (!people?.has(person)) return typing
  const rest = new Map(people)
  rest.delete(person)
  return new Map(typing).set(thread, rest)
}

export function faded(typing: Typing, now: number): Typing {
  const left = new Map<string, ReadonlyMap<string, Typist>>()
  for (const [thread, people] of typing) {
    const still = [...people].filter(([, typist]) => typist.until > now)
    if (still.length > 0) left.set(thread, new Map(still))
  }
  return left
}
