import { z } from 'zod'
import type { EntryView } from '../protocol/entries.ts'
import { type Proof, type Seal, sealSchema } from '../protocol/http.ts'
import { GENESIS } from './chain.ts'
import { isSameSeal, leadsToRoot, linkAfter, readLeaf, signable } from './seal.ts'
import type { CheckSignature } from './seal-key.ts'
import { type LooseRecord, type Verified, verifyRecord } from './verify.ts'
import { createDays, type Days, type Fault, headFault } from './verify-heads.ts'

/** What the one who checks brings along, kept where the bureau cannot change it. */
export interface Trust {
  /** By the pinned keys; null where none was given: then signatures are not checked. */
  isSigned: CheckSignature | null
  /** A copy of the seals that was kept elsewhere, by day; null where none was given. */
  copy: ReadonlyMap<string, Seal> | null
}

/** A thread's or a seal's fault, or what was found intact: a record, or a list of seals. */
export type Finding =
  | { intact: true; thread: string; entries: number; head: string; sealed?: Sealed }
  | { intact: true; seals: number }
  | ({ intact: false; thread?: string } & Fault)
interface Sealed {
  seq: number
  day: string
}

/** A list of seals, such as `GET /api/seals` gives; null for anything else. */
export function readSeals(value: unknown): Seal[] | null {
  const parsed = z.array(sealSchema).min(1).safeParse(value)
  return parsed.success ? parsed.data : null
}

/** One seal by itself: its signature, and that it is the one that was copied. */
export async function sealFault(seal: Seal, { isSigned, copy }: Trust): Promise<Fault | null> {
  const { day } = seal
  if (isSigned && !(await isSigned(signable(seal), seal.signature))) {
    return { day, why: 'its signature is by none of the given keys' }
  }
  if (!copy) return null
  const copied = copy.get(day)
  if (copied) return isSameSeal(seal, copied) ? null : { day, why: 'it differs from the copy' }
  const last = [...copy.keys()].at(-1) ?? ''
  return day < last ? { day, why: 'it was inserted: the copy has none of that day' } : null
}

/**
 * The seals in their order, each linked to the one before. A list that begins later than the first
 * seal is taken from where it begins, unless it must be whole.
 */
export async function verifySeals(
  seals: readonly Seal[],
  trust: Trust,
  { whole }: { whole: boolean },
): Promise<Fault | null> {
  const days = new Set(seals.map(({ day }) => day))
  const missing = [...(trust.copy?.keys() ?? [])].find((day) => !days.has(day))
  if (whole && missing) return { day: missing, why: 'it was removed: the copy has it' }
  const [first] = seals
  let prev = whole ? GENESIS : (first?.prev ?? GENESIS)
  let before = ''
  for (const seal of seals) {
    const { day } = seal
    if (day <= before) return { day, why: 'it stands in the wrong order' }
    if (seal.prev !== prev) {
      return { day, why: 'its link to the seal before does not hold: one was changed or removed' }
    }
    const fault = await sealFault(seal, trust)
    if (fault) return fault
    prev = linkAfter(seal)
    before = day
  }
  return null
}

/**
 * Chain first, then every proof that comes with the record.
 * @param known all days that have a seal, where they are known; else those of the proofs count
 */
export async function verifySealed(
  record: LooseRecord,
  trust: Trust,
  known?: Days,
): Promise<Finding> {
  const chain = verifyRecord(record)
  if (!chain.intact) return chain
  const { thread } = record
  const heads = []
  for (const proof of record.seals ?? []) {
    const leaf = readLeaf(proof.leaf)
    const { day } = proof.seal
    const bad = (why: string): Finding => ({ intact: false, thread, day, why })
    if (leaf?.thread !== thread) return bad('its proof is about another thread')
    const fault = proofFault(proof) ?? (await sealFault(proof.seal, trust))
    if (fault) return { intact: false, thread, ...fault }
    heads.push({ ...leaf, day })
  }
  heads.sort((one, other) => one.seq - other.seq)
  const items = record.items as unknown as EntryView[]
  const fault = headFault(items, heads, known ?? createDays(heads.map(({ day }) => day)))
  if (fault) return { intact: false, thread, ...fault }
  return withSeal(chain, heads.at(-1))
}

const proofFault = (proof: Proof): Fault | null =>
  leadsToRoot(proof)
    ? null
    : { day: proof.seal.day, why: 'the proof does not lead to its root: leaf or seal was changed' }

const withSeal = (chain: Extract<Verified, { intact: true }>, head?: Sealed): Finding =>
  head ? { ...chain, sealed: { seq: head.seq, day: head.day } } : chain
