import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { entries, sealLeaves } from '../db/schema.ts'
import { loadEntries } from './record-store.ts'
import { recordText } from './record-text.ts'
import { endOf, leafOf } from './seal.ts'
import { listSeals, proofsOf } from './seal-store.ts'
import { viewOf } from './sight.ts'

/** Days in Shanghai, `YYYY-MM-DD`, both included. */
export interface Period {
  from: string
  to: string
}

/** Threads, and leaves, in hand at a time. */
const PAGE = 1_000
const DAY = 86_400_000

/**
 * The whole record of every thread that changed in a period, piece by piece: a first line with all
 * seals, one line a record, then one line for each thread that a seal of the period covers, so that
 * `verify` also finds what is missing. On one snapshot.
 * @param write is waited for, so that no more is in hand than it takes
 */
export function exportRecords(
  db: Db,
  period: Period,
  write: (text: string) => Promise<void>,
): Promise<{ records: number; seals: number }> {
  return db.transaction(
    async (tx) => {
      const all = await listSeals(tx)
      const { from, to } = period
      await write(`${JSON.stringify({ v: 1, from, to, seals: all })}\n`)
      let records = 0
      for await (const { thread, seq } of changedIn(tx, period)) {
        for await (const text of recordText(sourceOf(tx, thread, seq))) await write(text)
        await write('\n')
        records += 1
      }
      const due = all.filter(({ day }) => day >= from && day <= to)
      for (const { day } of due) {
        for await (const leaf of leavesOf(tx, day))
          await write(`${JSON.stringify({ day, leaf })}\n`)
      }
      return { records, seals: due.length }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

const sourceOf = (tx: Db, thread: string, seq: number) => ({
  thread,
  seq,
  entries: async (after: number, limit: number) =>
    (await loadEntries(tx, thread, { after, limit })).map((entry) => viewOf(entry, 'whole')),
  proofs: () => proofsOf(tx, thread, seq),
})

/** Threads with an entry of the period or under one of its seals, and the number of their head. */
async function* changedIn(tx: Db, { from, to }: Period) {
  const start = new Date(endOf(from).getTime() - DAY).toISOString()
  const end = endOf(to).toISOString()
  await tx.execute(sql`declare changed no scroll cursor for
    select thread, (select max(seq) from ${entries} e where e.thread = c.thread) as seq from (
      select thread from ${entries} where at >= ${start}::timestamptz and at < ${end}::timestamptz
      union select thread from ${sealLeaves} where day between ${from} and ${to}
    ) c order by thread`)
  for (;;) {
    const rows = await tx.execute<{ thread: string; seq: number | null }>(
      sql.raw(`fetch ${PAGE} from changed`),
    )
    if (rows.length === 0) return
    // one that a seal covers and that has no entries is left out, which is what `verify` will say
    for (const { thread, seq } of rows) if (seq !== null) yield { thread, seq }
  }
}

async function* leavesOf(tx: Db, day: string): AsyncGenerator<string> {
  for (let last = -1; ; ) {
    const page = await tx
      .select()
      .from(sealLeaves)
      .where(and(eq(sealLeaves.day, day), gt(sealLeaves.index, last)))
      .orderBy(asc(sealLeaves.index))
      .limit(PAGE)
    for (const leaf of page) yield leafOf(leaf)
    if (page.length < PAGE) return
    last = page.at(-1)!.index
  }
}
