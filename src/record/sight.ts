import { type Caller, isStaff } from '../protocol/caller.ts'
import type { ClockFact, Entry, EntryView, StoredEntry, Target } from '../protocol/entries.ts'
import { type ClockName, SEALED_CLOCKS, SEALED_KINDS } from '../protocol/vocabulary.ts'
import { maskText } from './personal.ts'
import type { Thread } from './thread.ts'

/**
 * How a caller sees a thread: `whole` (the bureau's officers, supervisors, admins), `open`
 * (the enterprise: sealed kinds stay sealed), `masked` (a curator); null: it does not exist for
 * them.
 */
export type Sight = 'whole' | 'open' | 'masked' | null

/** Whether a person, or one of these desks, is meant. */
export const isFor = (to: Target | undefined, id: string, desks: readonly string[]) =>
  to?.person?.id === id || (to?.desk !== undefined && desks.includes(to.desk.id))

/** An officer outside the thread's desk: offered it, once asked, first responder, former owner. */
function isConcerned(thread: Thread, id: string, desks: readonly string[]): boolean {
  return (
    thread.owner?.id === id ||
    thread.firstResponder?.id === id ||
    thread.formerOwners.includes(id) ||
    isFor(thread.offer?.to, id, desks) ||
    thread.consulted.some((to) => isFor(to, id, desks))
  )
}

/** Who sees what, by the table of the contract. */
export function sightOf(thread: Thread, who: Caller): Sight {
  if (!isStaff(who)) return thread.enterprise.uscc === who.enterprise.uscc ? 'open' : null
  const ofDesk = thread.desk !== null && who.desks.includes(thread.desk)
  switch (who.role) {
    case 'admin':
      return 'whole'
    case 'curator':
      return thread.state === 'resolved' || thread.state === 'closed' ? 'masked' : null
    case 'supervisor':
      return ofDesk ? 'whole' : null
    default:
      return ofDesk || isConcerned(thread, who.id, who.desks) ? 'whole' : null
  }
}

/** An entry that an enterprise only sees sealed. */
export function isSealed(entry: StoredEntry): boolean {
  if ((SEALED_KINDS as readonly string[]).includes(entry.kind)) return true
  // a redacted entry has no body to say it: what it was stands beside it
  if (entry.body === null) return entry.sealed ?? entry.kind === 'opinion-given'
  const body = entry.body as { public?: boolean; sealed?: boolean }
  return entry.kind === 'opinion-given' ? body.public !== true : body.sealed === true
}

export const isSealedClock = (name: ClockName) =>
  (SEALED_CLOCKS as readonly ClockName[]).includes(name)

/** The clocks that a reader may know of. */
export const clocksFor = (thread: Thread, sight: Sight): readonly ClockFact[] =>
  sight === 'whole' ? thread.clocks : thread.clocks.filter((clock) => !isSealedClock(clock.name))

const isRedacted = (entry: StoredEntry): entry is Exclude<StoredEntry, Entry> => entry.body === null

/** An entry as this sight shows it; `name` is the enterprise person's, beside the entry. */
export function viewOf(entry: StoredEntry, sight: Exclude<Sight, null>, name?: string): EntryView {
  const { thread, seq, at, kind, by, content, prev, hash } = entry
  if (sight !== 'whole' && isSealed(entry)) {
    return { thread, seq, at, kind: 'sealed', content, prev, hash }
  }
  const shown = { thread, seq, at, kind, by: sight === 'masked' ? nobody(by) : by }
  const named = name === undefined || sight === 'masked' ? {} : { name }
  if (isRedacted(entry)) return { ...shown, content, prev, hash, ...named }
  const body = entry.body as Record<string, unknown>
  if (sight === 'masked') {
    return { ...shown, body: masked(body), masked: true, content, prev, hash }
  }
  return { ...shown, body, salt: entry.salt, prev, hash, ...named }
}

function maskValue(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value)
  if (Array.isArray(value)) return value.map(maskValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskValue(inner)]))
}

/** An author without the person: what they were, and nothing that tells two of them apart. */
const nobody = (by: StoredEntry['by']) => ({ role: by.role, id: by.role })

/** For the curator: what was asked and answered, without whom it concerned. */
function masked(body: Record<string, unknown>): Record<string, unknown> {
  const { enterprise: _, files: __, ...rest } = body
  const clean = maskValue(rest) as Record<string, unknown>
  for (const [key, value] of Object.entries(clean)) {
    if (key === 'owner' || key === 'to') clean[key] = withoutNames(value)
    if (key === 'kept') clean[key] = masked(value as Record<string, unknown>)
  }
  return clean
}

function withoutNames(value: unknown): unknown {
  const { desk } = (value ?? {}) as { desk?: unknown }
  return desk === undefined ? {} : { desk }
}
