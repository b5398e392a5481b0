import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { and, asc, desc, eq, gte, lte } from 'drizzle-orm'
import type { TransactionSql } from 'postgres'
import type { Db, Sql } from '../db/db.ts'
import { sealLeaves, seals } from '../db/schema.ts'
import type { Proof, Seal } from '../protocol/http.ts'
import { BLOCK, growTree, pathInBlocks } from './merkle.ts'
import { endOf, leafOf, linkAfter, signable } from './seal.ts'
import type { Signer } from './seal-key.ts'

/** Any number will do, as long as every process of the product uses the same. */
const LOCK = 5_220_118
/** Milliseconds that one statement over a whole day may take. */
const PATIENCE = 600_000
/**
 * Milliseconds before the seal before in which entries are looked for again: one that was stored
 * after its day was sealed comes under the next seal.
 */
const LATE = 86_400_000

const EPOCH = new Date(0)
const iso = (at: Date) => at.toISOString()

const ofSeal = {
  day: seals.day,
  n: seals.n,
  root: seals.root,
  prev: seals.prev,
  signature: seals.signature,
}

export async function lastSeal(db: Db): Promise<Seal | null> {
  const [row] = await db.select(ofSeal).from(seals).orderBy(desc(seals.day)).limit(1)
  return row ?? null
}

/** In the order of their days, which is that of their chain. */
export function listSeals(
  db: Db,
  { from = '0001-01-01', to = '9999-12-31' }: { from?: string; to?: string } = {},
): Promise<Seal[]> {
  return db
    .select(ofSeal)
    .from(seals)
    .where(and(gte(seals.day, from), lte(seals.day, to)))
    .orderBy(asc(seals.day))
}

/** Public keys in PEM that seals were signed with, the latest first. */
export async function sealKeys(db: Db): Promise<string[]> {
  const last = desc(seals.day)
  const rows = await db.select({ key: seals.key }).from(seals).orderBy(last)
  return [...new Set(rows.map(({ key }) => key))]
}

/** Time of the first entry after the last seal that is older than `before`; null: there is none. */
export function firstUnsealed(sql: Sql, before: Date): Promise<Date | null> {
  return sql.begin(async (tx) => {
    await patiently(tx)
    const [last] = await tx`select day::text as day from seals order by day desc limit 1`
    const since = last ? endOf(last.day as string) : EPOCH
    const [row] = await tx`select (extract(epoch from min(at)) * 1000)::float8 as at from entries
      where at >= ${iso(since)}::timestamptz and at < ${iso(before)}::timestamptz`
    return typeof row?.at === 'number' ? new Date(row.at) : null
  }) as Promise<Date | null>
}

const patiently = (tx: TransactionSql) =>
  tx`select set_config('statement_timeout', ${String(PATIENCE)}, true)`

/**
 * Seals one day, whose end lies in the past: the head, as it was at that day's end, of every thread
 * that changed since the seal before. One transaction, in which one block of the tree is in hand at
 * a time.
 * @returns null where another process is at it or has done it
 */
export function sealDay(sql: Sql, day: string, signer: Signer, now: Date): Promise<Seal | null> {
  return sql.begin(async (tx) => {
    await patiently(tx)
    const [lock] = await tx`select pg_try_advisory_xact_lock(${LOCK}) as mine`
    if (!lock?.mine) return null
    const [last] = await tx<Seal[]>`select day::text as day, n, root, prev, signature
      from seals order by day desc limit 1`
    if (last && last.day >= day) return null
    await collect(tx, day, last ? new Date(endOf(last.day).getTime() - LATE) : EPOCH)
    const { n, root, blocks } = await treeOf(tx, day)
    const unsigned = { day, n, root: bytesToHex(root), prev: linkAfter(last ?? null) }
    const seal = { ...unsigned, signature: await signer.sign(signable(unsigned)) }
    await tx`insert into seals (day, n, root, prev, signature, key, blocks, at)
      values (${day}, ${n}, ${seal.root}, ${seal.prev}, ${seal.signature}, ${signer.publicKey},
              ${blocks.map(bytesToHex)}::text[], ${iso(now)}::timestamptz)`
    return seal
  }) as Promise<Seal | null>
}

/** Entries of a thread never run backwards in time, so its last number is its head. */
async function collect(tx: TransactionSql, day: string, since: Date): Promise<void> {
  await tx`
    insert into seal_leaves (day, index, thread, seq, hash)
    select ${day}, row_number() over (order by h.thread) - 1, h.thread, h.seq, e.hash
    from (
      select thread, max(seq) as seq from entries
      where at >= ${iso(since)}::timestamptz
        and at < ${iso(endOf(day))}::timestamptz
      group by thread
    ) h join entries e on e.thread = h.thread and e.seq = h.seq
    where not exists (select from seal_leaves l where l.thread = h.thread and l.seq >= h.seq)`
}

async function treeOf(tx: TransactionSql, day: string) {
  const tree = growTree()
  const leaves = tx<{ thread: string; seq: number; hash: string }[]>`
    select thread, seq, hash from seal_leaves where day = ${day} order by index`
  for await (const page of leaves.cursor(BLOCK)) for (const row of page) tree.add(leafOf(row))
  return tree.end()
}

/** Shows that the seal of that day covers the thread; null where it does not. */
export async function loadProof(db: Db, day: string, thread: string): Promise<Proof | null> {
  const [found] = await db
    .select({ ...ofSeal, blocks: seals.blocks, index: sealLeaves.index })
    .from(sealLeaves)
    .innerJoin(seals, eq(seals.day, sealLeaves.day))
    .where(and(eq(sealLeaves.thread, thread), eq(sealLeaves.day, day)))
  if (!found) return null
  const { index, blocks, ...seal } = found
  const start = index - (index % BLOCK)
  const block = await db
    .select({ thread: sealLeaves.thread, seq: sealLeaves.seq, hash: sealLeaves.hash })
    .from(sealLeaves)
    .where(
      and(
        eq(sealLeaves.day, day),
        gte(sealLeaves.index, start),
        lte(sealLeaves.index, start + BLOCK - 1),
      ),
    )
    .orderBy(asc(sealLeaves.index))
  const leaves = block.map(leafOf)
  const path = pathInBlocks(index, leaves, blocks.map(hexToBytes)).map(bytesToHex)
  return { seal, leaf: leaves[index - start]!, index, path }
}

/** Of every seal that covers the thread at `upTo` or before, in order. */
export async function* proofsOf(db: Db, thread: string, upTo: number): AsyncGenerator<Proof> {
  const days = await db
    .select({ day: sealLeaves.day })
    .from(sealLeaves)
    .where(and(eq(sealLeaves.thread, thread), lte(sealLeaves.seq, upTo)))
    .orderBy(asc(sealLeaves.seq))
  for (const { day } of days) {
    const proof = await loadProof(db, day, thread)
    if (proof) yield proof
  }
}
