import { bytesToHex } from '@noble/hashes/utils.js'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { entries, sealLeaves, seals, threads } from '../db/schema.ts'
import type { EntryView } from '../protocol/entries.ts'
import { growTree } from './merkle.ts'
import { leafOf } from './seal.ts'
import { listSeals } from './seal-store.ts'
import { verifyRecord } from './verify.ts'
import { createDays, type Days, type Fault, type HeadOfDay, headFault } from './verify-heads.ts'
import { type Finding, type Trust, verifySeals } from './verify-seals.ts'

/** Threads in hand at a time, with all their entries. */
const PAGE = 100
/** Leaves in hand at a time. */
const LEAVES = 2_000

export interface Checked {
  threads: number
  entries: number
  seals: number
  /** Threads with entries since the last seal, for which only their chain speaks. */
  open: number
}

/**
 * Checks everything that is stored: the seals and what they cover, then each thread's chain against
 * the seals and against its row. On one snapshot, so that it may run beside a server.
 * @param found is told of each fault as it is found
 */
export function verifyDatabase(
  db: Db,
  trust: Trust,
  found: (fault: Finding) => void,
): Promise<Checked> {
  return db.transaction(
    async (tx) => {
      const bad = (fault: (Fault & { thread?: string }) | null) => {
        if (fault) found({ intact: false, ...fault })
      }
      const days: string[] = []
      const all = await listSeals(tx)
      bad(await verifySeals(all, trust, { whole: true }))
      for (const { day } of all) {
        days.push(day)
        bad(await leavesFault(tx, day))
      }
      bad(await orphan(tx))
      const checked = { threads: 0, entries: 0, seals: all.length, open: 0 }
      const known = createDays(days)
      for await (const ids of threadIds(tx)) {
        for (const thread of await load(tx, ids)) {
          checked.threads += 1
          checked.entries += thread.items.length
          if ((thread.heads.at(-1)?.seq ?? 0) < thread.items.length) checked.open += 1
          bad(threadFault(thread, known))
        }
      }
      return checked
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

/** The threads under a seal give its root, and its number. */
async function leavesFault(tx: Db, day: string): Promise<Fault | null> {
  const [row] = await tx.select().from(seals).where(eq(seals.day, day))
  const tree = growTree()
  for (let next = 0; ; next += LEAVES) {
    const page = await tx
      .select()
      .from(sealLeaves)
      .where(
        and(
          eq(sealLeaves.day, day),
          sql`${sealLeaves.index} >= ${next} and ${sealLeaves.index} < ${next + LEAVES}`,
        ),
      )
      .orderBy(asc(sealLeaves.index))
    for (const leaf of page) tree.add(leafOf(leaf))
    if (page.length < LEAVES) break
  }
  const why = 'what it covers was changed: it does not lead to its root'
  if (tree.size === 0) return { day, why }
  const { n, root, blocks } = tree.end()
  const isSame =
    n === row?.n &&
    bytesToHex(root) === row.root &&
    blocks.map(bytesToHex).join() === row.blocks.join()
  return isSame ? null : { day, why }
}

/** A seal that is gone, while what it covered is still there. */
async function orphan(tx: Db): Promise<Fault | null> {
  const [row] = await tx
    .selectDistinct({ day: sealLeaves.day })
    .from(sealLeaves)
    .where(sql`not exists (select from ${seals} where ${seals.day} = ${sealLeaves.day})`)
    .orderBy(asc(sealLeaves.day))
    .limit(1)
  return row ? { day: row.day, why: 'it was removed: what it covered is still there' } : null
}

/** Every thread that anything speaks of, so that one whose entries are gone is found, too. */
async function* threadIds(tx: Db): AsyncGenerator<string[]> {
  await tx.execute(sql`declare ids no scroll cursor for
    select id from ${threads} union select thread from ${sealLeaves}
    union select thread from ${entries} order by 1`)
  for (;;) {
    const rows = await tx.execute<{ id: string }>(sql.raw(`fetch ${PAGE} from ids`))
    if (rows.length === 0) return
    yield rows.map(({ id }) => id)
  }
}

interface Loaded {
  id: string
  items: (EntryView & { content: string })[]
  heads: HeadOfDay[]
  row: { seq: number; head: string } | undefined
}

async function load(tx: Db, ids: string[]): Promise<Loaded[]> {
  const found = new Map<string, Loaded>(
    ids.map((id) => [id, { id, items: [], heads: [], row: undefined }]),
  )
  const stored = await tx
    .select()
    .from(entries)
    .where(inArray(entries.thread, ids))
    .orderBy(asc(entries.thread), asc(entries.seq))
  for (const { body, salt, ...row } of stored) {
    const said = body === null && salt === null ? {} : { body, salt }
    const item = { ...row, ...said, at: row.at.toISOString() } as Loaded['items'][number]
    found.get(row.thread)!.items.push(item)
  }
  const heads = await tx
    .select()
    .from(sealLeaves)
    .where(inArray(sealLeaves.thread, ids))
    .orderBy(asc(sealLeaves.thread), asc(sealLeaves.seq))
  for (const head of heads) found.get(head.thread)!.heads.push(head)
  const rows = await tx
    .select({ id: threads.id, seq: threads.seq, head: threads.head })
    .from(threads)
    .where(inArray(threads.id, ids))
  for (const row of rows) found.get(row.id)!.row = row
  return [...found.values()]
}

function threadFault({ id, items, heads, row }: Loaded, days: Days) {
  const chain = items.length > 0 ? verifyRecord({ v: 1, thread: id, items }) : { intact: true }
  if ('why' in chain) return { thread: id, seq: chain.seq, why: chain.why }
  const fault = headFault(items, heads, days) ?? rowFault(items, row)
  return fault && { thread: id, ...fault }
}

/** The row of the thread is no proof; what removes entries without it is found all the same. */
function rowFault(items: Loaded['items'], row: Loaded['row']): Fault | null {
  const head = items.at(-1)
  if (!row) return { seq: 1, why: 'its thread has no row any more' }
  if (row.seq > items.length) {
    return { seq: items.length + 1, why: `it was cut off: its thread has ${row.seq} entries` }
  }
  if (row.seq < items.length) {
    return { seq: row.seq + 1, why: `it was inserted: its thread has ${row.seq} entries` }
  }
  return row.head === head?.hash ? null : { seq: row.seq, why: 'it is not the head of its thread' }
}
