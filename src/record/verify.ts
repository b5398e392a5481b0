import { z } from 'zod'
import { type EntryView, entrySchema } from '../protocol/entries.ts'
import { proofSchema } from '../protocol/http.ts'
import { contentOf, GENESIS, hashOf } from './chain.ts'

/** What checking one record found; `seq` is the first entry that was changed, removed or moved. */
export type Verified =
  | { intact: true; thread: string; entries: number; head: string }
  | { intact: false; thread: string; seq: number; why: string }

/** A copy of a record, or an export of many; unknown fields are kept, because they are hashed. */
const looseRecord = z.object({
  v: z.literal(1),
  thread: z.string(),
  items: z.array(z.looseObject({ seq: z.number() })),
  seals: z.array(proofSchema).optional(),
})
const exported = z.union([
  looseRecord.transform((record) => [record]),
  z.array(looseRecord),
  z.object({ v: z.literal(1), records: z.array(looseRecord) }).transform(({ records }) => records),
])
export type LooseRecord = z.infer<typeof looseRecord>

/** One record, an array of them, or `{records}`; null for anything else. */
export function readRecords(value: unknown): LooseRecord[] | null {
  const parsed = exported.safeParse(value)
  return parsed.success ? parsed.data : null
}

const isSealed = (entry: EntryView): entry is Extract<EntryView, { kind: 'sealed' }> =>
  entry.kind === 'sealed'

/** The digest of what an entry says: recomputed where it says it, taken as given where it may not. */
function digestOf(entry: EntryView, redacted: ReadonlySet<number>): string | { why: string } {
  if (isSealed(entry)) return entry.content
  if ('masked' in entry) return entry.content
  if (!('body' in entry)) {
    const named = redacted.has(entry.seq)
    return named ? entry.content : { why: 'its body is missing and no `redacted` entry names it' }
  }
  const { thread, seq, at, kind, by, body, salt } = entry
  return contentOf({ thread, seq, at, kind, by, body, salt })
}

const redactedBy = (items: readonly Record<string, unknown>[]) =>
  new Set(
    items
      .filter(({ kind }) => kind === 'redacted')
      .map(({ body }) => (body as { seq?: number } | undefined)?.seq)
      .filter((seq) => seq !== undefined),
  )

/** Walks the chain from its first entry, trusting nothing that can be computed. */
export function verifyRecord({ thread, items }: LooseRecord): Verified {
  const redacted = redactedBy(items)
  const bad = (seq: number, why: string): Verified => ({ intact: false, thread, seq, why })
  let prev = GENESIS
  let at = ''
  for (const [i, raw] of items.entries()) {
    const expected = i + 1
    if (raw.seq !== expected) {
      return bad(expected, `it was removed or moved: entry ${raw.seq} stands in its place`)
    }
    const parsed = entrySchema.safeParse(raw)
    if (!parsed.success) return bad(expected, 'it is not a whole entry')
    const entry = asGiven(raw)
    if (entry.thread !== thread) return bad(expected, 'it belongs to another thread')
    if (entry.prev !== prev) return bad(expected, 'its link to the entry before does not hold')
    const content = digestOf(entry, redacted)
    if (typeof content !== 'string') return bad(expected, content.why)
    if (entry.hash !== hashOf(prev, content)) return bad(expected, 'its content was changed')
    if ('content' in entry && entry.content !== content) {
      return bad(expected, 'the digest that stands beside it is not its own')
    }
    if (entry.at < at) return bad(expected, 'its time lies before that of the entry before')
    prev = entry.hash
    at = entry.at
  }
  if (items.length === 0) return bad(1, 'the record is empty')
  return { intact: true, thread, entries: items.length, head: prev }
}

/** The entry with every field that it came with: a schema would drop what it does not know. */
const asGiven = (raw: Record<string, unknown>) => raw as unknown as EntryView
