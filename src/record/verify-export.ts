import { bytesToHex } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { type Seal, sealSchema } from '../protocol/http.ts'
import { growTree } from './merkle.ts'
import { readLeaf } from './seal.ts'
import { type LooseRecord, readRecords } from './verify.ts'
import { createDays, type Fault } from './verify-heads.ts'
import { type Finding, readSeals, type Trust, verifySealed, verifySeals } from './verify-seals.ts'

/** First line of an export: all seals there are, and the days whose threads must be in it. */
const exportHeadSchema = z.object({
  v: z.literal(1),
  from: z.iso.date(),
  to: z.iso.date(),
  seals: z.array(sealSchema),
})
type ExportHead = z.infer<typeof exportHeadSchema>
/** One line for each thread that a seal of those days covers, after the records. */
const leafLineSchema = z.object({ day: z.iso.date(), leaf: z.string() })

/** What was given is neither a record nor an export nor a list of seals. */
export class Unreadable extends Error {}

/**
 * Checks what a file holds, value by value: a record, many of them, a list of seals, or an export,
 * of which also is known what must be in it.
 * @throws Unreadable naming the first value that is none of these
 */
export async function* verifyValues(
  values: AsyncIterable<unknown>,
  trust: Trust,
): AsyncGenerator<Finding> {
  let whole: Whole | null = null
  let place = 0
  for await (const value of values) {
    place += 1
    const head = place === 1 ? exportHeadSchema.safeParse(value) : null
    if (head?.success) {
      whole = openWhole(head.data)
      yield* listed(head.data.seals.length, await verifySeals(head.data.seals, trust, WHOLE))
      continue
    }
    const seals = readSeals(value)
    if (seals) {
      yield* listed(seals.length, await verifySeals(seals, trust, { whole: false }))
      continue
    }
    const leaf = whole && leafLineSchema.safeParse(value)
    if (whole && leaf?.success) {
      yield* faulty(whole.leaf(leaf.data))
      continue
    }
    const records = readRecords(value)
    if (!records?.length) throw new Unreadable(`value ${place} is no record`)
    for (const record of records) yield await checked(record, trust, whole)
  }
  if (place === 0) throw new Unreadable('it is empty')
  if (whole) for (const fault of whole.end()) yield { intact: false, ...fault }
}

const WHOLE = { whole: true }

function* listed(seals: number, fault: Fault | null): Generator<Finding> {
  yield fault ? { intact: false, ...fault } : { intact: true, seals }
}

function* faulty(fault: (Fault & { thread?: string }) | null): Generator<Finding> {
  if (fault) yield { intact: false, ...fault }
}

/** The seals of an export are checked once; its proofs only have to be of these. */
async function checked(record: LooseRecord, trust: Trust, whole: Whole | null): Promise<Finding> {
  if (!whole) return verifySealed(record, trust)
  const found = await verifySealed(record, { isSigned: null, copy: whole.seals }, whole.days)
  whole.seen(record, found.intact)
  return found
}

type Whole = ReturnType<typeof openWhole>

/** Remembers one bit for each thread that a seal covers. */
function openWhole({ from, to, seals }: ExportHead) {
  const open = (seal: Seal) => ({ seal, has: new Uint8Array((seal.n + 7) >> 3), tree: growTree() })
  const due = seals.filter(({ day }) => day >= from && day <= to)
  const listed = new Map(due.map((seal) => [seal.day, open(seal)]))
  const named = new Set<string>()
  return {
    seals: new Map(seals.map((seal) => [seal.day, seal])),
    days: createDays(seals.map(({ day }) => day)),
    seen(record: LooseRecord, intact: boolean) {
      if (!intact) named.add(record.thread)
      for (const { seal, index } of record.seals ?? []) {
        const has = listed.get(seal.day)?.has
        if (intact && has) has[index >> 3]! |= 1 << (index & 7)
      }
    },
    leaf({ day, leaf }: { day: string; leaf: string }): (Fault & { thread?: string }) | null {
      const one = listed.get(day)
      if (!one) return { day, why: 'threads are listed under it, and it is no seal of this export' }
      const index = one.tree.size
      one.tree.add(leaf)
      const thread = readLeaf(leaf)?.thread ?? leaf
      const isThere = (one.has[index >> 3] ?? 0) & (1 << (index & 7))
      if (isThere || named.has(thread)) return null
      named.add(thread)
      return { thread, day, why: 'it covers this thread, whose record or proof is missing' }
    },
    *end(): Generator<Fault> {
      for (const [day, { seal, tree }] of listed) {
        if (tree.size === 0) yield { day, why: 'the list of its threads is missing' }
        else if (tree.size !== seal.n || bytesToHex(tree.end().root) !== seal.root) {
          yield { day, why: 'the list of its threads was changed: it does not lead to its root' }
        }
      }
    },
  }
}
