import { loadSlots, setSlot, slotText } from '../actions/slots.ts'
import { audit } from '../audit/audit-store.ts'
import { OPERATOR } from '../audit/trail.ts'
import type { Db } from '../db/db.ts'
import { restoreEntry, type Written, withdrawEntry } from '../faq/faq-store.ts'
import { isSlotName, NO_SLOTS, SLOT_NAMES, SLOTS, type SlotName } from '../faq/slots.ts'
import type { Config } from './config.ts'

export const FAQ_USAGE = `  npm run admin -- faq withdraw ID [--why TEXT]   stops an answer at once, in every process
  npm run admin -- faq restore ID                 shows it again as it was published last
  npm run admin -- slot list                      what entries leave to the city, and what is filled in
  npm run admin -- slot set NAME TEXT             without the full stop, which the entry writes
  npm run admin -- slot clear NAME`

/** UTF-16 units of a reason, which becomes a note of the entry. */
const MAX_WHY = 400

/** A command that was not understood. */
export class UsageError extends Error {}
/** A command that was understood and not carried out. */
export class Failure extends Error {}

export type FaqOrder =
  | { about: 'entry'; verb: 'withdraw' | 'restore'; id: string; why: string | undefined }
  | { about: 'slots' }
  | { about: 'slot'; name: SlotName; text: string | null }

/** @returns undefined where the command is about something else */
export function faqOrder(words: readonly string[], why: string | undefined): FaqOrder | undefined {
  const [about, verb, name = '', text, ...more] = words
  if (about !== 'faq' && about !== 'slot') return undefined
  if (about === 'faq' && (verb === 'withdraw' || verb === 'restore')) {
    if (name === '' || text !== undefined) throw new UsageError('Give one ID.')
    if (why !== undefined && why.length > MAX_WHY) throw new UsageError('Say --why shortly.')
    return { about: 'entry', verb, id: name, why }
  }
  if (about === 'slot' && verb === 'list' && name === '') return { about: 'slots' }
  if (about === 'slot' && (verb === 'set' || verb === 'clear')) {
    if (more.length > 0) throw new UsageError('Give the TEXT in quotation marks.')
    return slotOrder(verb, name, text)
  }
  throw new UsageError(`There is no command “${about} ${verb ?? ''}”.`)
}

function slotOrder(verb: 'set' | 'clear', name: string, text: string | undefined): FaqOrder {
  if (!isSlotName(name)) throw new UsageError(`There is no slot “${name}”; slot list names them.`)
  if (verb === 'clear') {
    if (text !== undefined) throw new UsageError('Give one NAME.')
    return { about: 'slot', name, text: null }
  }
  const fit = slotText(text ?? '')
  if (fit === null) throw new UsageError('Give the TEXT, 1–500 characters.')
  return { about: 'slot', name, text: fit }
}

export async function obeyFaq(order: FaqOrder, db: Db, { DUTY_PHONE }: Config): Promise<string[]> {
  if (order.about === 'entry') return obeyEntry(order, db)
  if (order.about === 'slots') return listed(db)
  const { name, text } = order
  if (name === 'duty-phone' && DUTY_PHONE !== undefined) {
    throw new Failure('DUTY_PHONE is set in the environment and wins; change it there.')
  }
  await db.transaction(async (tx) => {
    const before = { text: (await loadSlots(tx, NO_SLOTS)).get(name) ?? null }
    await setSlot(tx, name, text)
    const about = { slot: name }
    await audit(tx, new Date(), {
      by: OPERATOR,
      what: 'slot-changed',
      about,
      before,
      after: { text },
    })
  })
  return [text === null ? `cleared ${name}` : `${name}: ${text}`]
}

const NOT_DONE: Record<Exclude<Written, object>, string> = {
  unknown: 'There is no such entry.',
  'not-served': 'It is not published.',
  served: 'It is published already.',
  'never-served': 'It was never published.',
}

const ACT = { withdraw: 'faq-withdrawn', restore: 'faq-restored' } as const

async function obeyEntry(
  { verb, id, why = 'no reason given' }: Extract<FaqOrder, { about: 'entry' }>,
  db: Db,
): Promise<string[]> {
  const wrote = { author: 'operator', at: new Date() }
  const day = wrote.at.toISOString().slice(0, 10)
  const written = await db.transaction(async (tx) => {
    const done =
      verb === 'withdraw'
        ? await withdrawEntry(tx, id, wrote, `withdrawn by the operator on ${day}: ${why}`)
        : await restoreEntry(tx, id, wrote)
    if (typeof done === 'string') throw new Failure(`${id}: ${NOT_DONE[done]}`)
    const about = { entry: id, version: done.version }
    await audit(tx, wrote.at, { by: OPERATOR, what: ACT[verb], about })
    return done
  })
  return [`${verb === 'withdraw' ? 'withdrawn' : 'restored'} ${id} (version ${written.version})`]
}

async function listed(db: Db): Promise<string[]> {
  const slots = await loadSlots(db, NO_SLOTS)
  return SLOT_NAMES.map((name) => `${name}  ${SLOTS[name].label}: ${slots.get(name) ?? '–'}`)
}
