import type { EntryView } from '../protocol/entries.ts'
import type { Proof } from '../protocol/http.ts'

/** Entries in hand at a time. */
const PAGE = 200

export interface RecordSource {
  thread: string
  /** Number of the last entry that goes in. */
  seq: number
  /** Entries `after < seq`, in order, at most so many. */
  entries(after: number, limit: number): Promise<EntryView[]>
  /** Proofs of the seals that cover it, in order. */
  proofs(): AsyncIterable<Proof>
}

/** A record file, piece by piece, so that a thread of any length takes the memory of one page. */
export async function* recordText(source: RecordSource): AsyncGenerator<string> {
  const { thread, seq } = source
  yield `{"v":1,"thread":${JSON.stringify(thread)},"items":[`
  for (let after = 0; after < seq; ) {
    const items = await source.entries(after, Math.min(PAGE, seq - after))
    const last = items.at(-1)
    if (!last) throw new Error(`the record of ${thread} ends after ${after} of ${seq} entries`)
    yield (after === 0 ? '' : ',') + items.map((item) => JSON.stringify(item)).join(',')
    after = last.seq
  }
  yield '],"seals":['
  let comma = ''
  for await (const proof of source.proofs()) {
    yield comma + JSON.stringify(proof)
    comma = ','
  }
  yield ']}'
}
