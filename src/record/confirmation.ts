import type { Basis, ClockFact, Entry, Person, StoredEntry } from '../protocol/entries.ts'
import type { AuthorRole, EntryKind } from '../protocol/vocabulary.ts'
import { evolve, wholeEntries } from './evolve.ts'
import { isSealed, isSealedClock } from './sight.ts'
import { clockKey, type Thread } from './thread.ts'

/** Words that were exchanged, as they were given; what an enterprise never sees is not among them. */
export interface Said {
  seq: number
  at: string
  kind: EntryKind
  /** `desk` where it is said by the holder; the record does not tell that of others. */
  by: { role: AuthorRole; id: string; name?: string | undefined; desk: string | null }
  /** Null where they were redacted. */
  text: string | null
  files: string[]
  basis: Basis[]
  /** Of an answer of the bot: the FAQ entry, its version and its question. */
  faq?: { id: string; version: number; question: string }
  /** Newest words that took the place of `text`. */
  corrected?: { at: string; name?: string | undefined; text: string }
}

/** Who held it from when on. */
export interface Held {
  at: string
  kind: EntryKind
  who: Person | null
  desk: string | null
}

export interface Confirmation {
  thread: Thread
  said: Said[]
  holders: Held[]
  clocks: ClockFact[]
  ratings: { at: string; grade: number; comment?: string | undefined }[]
}

/**
 * What an enterprise may take away on paper: everything of a record that is not sealed for it.
 * @param entries of one thread, from the first, in order
 * @returns null for an empty record
 */
export function confirmationOf(entries: readonly StoredEntry[]): Confirmation | null {
  const found: Omit<Confirmation, 'thread' | 'clocks'> = { said: [], holders: [], ratings: [] }
  const clocks = new Map<string, ClockFact>()
  let thread: Thread | null = null
  let i = 0
  for (const entry of wholeEntries(entries)) {
    thread = evolve(thread, entry)
    const stored = entries[i++]!
    if (isSealed(stored)) continue
    for (const fact of entry.body.clocks ?? []) {
      if (!isSealedClock(fact.name)) clocks.set(clockKey(fact), fact)
    }
    note(found, entry, thread, stored.body === null)
  }
  return thread && { thread, ...found, clocks: [...clocks.values()] }
}

function note(
  { said, holders, ratings }: Omit<Confirmation, 'thread' | 'clocks'>,
  entry: Entry,
  thread: Thread,
  isRedacted: boolean,
): void {
  const { seq, at, kind, by, body } = entry
  const words = wordsOf(entry)
  if (words) {
    const text = isRedacted ? null : words.text
    const whose = {
      role: by.role,
      id: by.id,
      name: by.name,
      desk: thread.owner?.id === by.id ? thread.desk : null,
    }
    said.push({
      files: [],
      basis: [],
      ...(isRedacted ? {} : words),
      seq,
      at,
      kind,
      by: whose,
      text,
    })
  }
  if (MOVES.has(kind)) holders.push({ at, kind, who: thread.owner, desk: thread.desk })
  if (kind === 'rated') {
    const comment = isRedacted ? undefined : body.comment
    ratings.push({ at, grade: body.grade, comment })
  }
  if (kind === 'corrected' && !isRedacted) {
    const original = said.find((one) => one.seq === body.seq)
    if (original) original.corrected = { at, name: by.name, text: body.text }
  }
}

const MOVES: ReadonlySet<EntryKind> = new Set([
  'claimed',
  'handover-accepted',
  'assigned',
  'released',
  'routed',
] as const)

type Words = Pick<Said, 'text'> & Partial<Pick<Said, 'files' | 'basis' | 'faq'>>

/** What an entry says to its readers; null where it says nothing in words. */
function wordsOf({ kind, body }: Entry): Words | null {
  switch (kind) {
    case 'asked':
    case 'said':
      return { text: body.text ?? '', files: (body.files ?? []).map(({ name }) => name) }
    case 'answered': {
      const { faq: id, version, question, answer, basis } = body
      return { text: answer, basis: basis ?? [], faq: { id, version, question } }
    }
    case 'replied':
      return { text: [body.text, body.refer?.text].filter(Boolean).join('\n') }
    case 'opinion-given':
    case 'reopened':
    case 'called-back':
      return { text: body.text }
    case 'resolved':
      return { text: body.summary }
    case 'notice-given':
      return { text: noticeOf(body) }
    default:
      return null
  }
}

function noticeOf({
  items = [],
  steps = [],
  window,
  limit,
}: Entry<'notice-given'>['body']): string {
  const numbered = (list: readonly string[]) => list.map((one, i) => `${i + 1}. ${one}`)
  return [
    '所需材料：',
    ...numbered(items),
    ...(steps.length === 0 ? [] : ['办理步骤：', ...numbered(steps)]),
    `办理窗口：${window}`,
    `办理时限：${limit}`,
  ].join('\n')
}
