import type { StoredEntry } from '../protocol/entries.ts'

/** Finds the names of enterprises' persons, which stand beside entries and never inside. */
export type NameLookup = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

export const personsIn = (entries: readonly StoredEntry[]): string[] => [
  ...new Set(entries.filter(({ by }) => by.role === 'enterprise').map(({ by }) => by.id)),
]
