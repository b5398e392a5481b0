import type { Db } from '../db/db.ts'
import { nextChange } from '../faq/faq-store.ts'
import { isSlotName, type SlotName, type SlotTexts } from '../faq/slots.ts'
import { dropSetting, readSettings, writeSetting } from '../identity/settings-store.ts'
import { isStorable } from '../protocol/ids.ts'

const PREFIX = 'slot.'
/** UTF-16 units of one slot: a notice's name and a date, not a document. */
const MAX_TEXT = 500

/**
 * What the bureau has filled in. A slot that a later release no longer knows is left alone.
 * @param given what the operator's environment says; it wins over what is stored
 */
export async function loadSlots(db: Db, given: SlotTexts): Promise<SlotTexts> {
  const stored = [...(await readSettings(db, PREFIX))].filter(([name]) => isSlotName(name))
  return new Map([...(stored as [SlotName, string][]), ...given])
}

/** A slot's text as it is kept: the entry writes the full stop. Null where it cannot be kept. */
export function slotText(typed: string): string | null {
  const text = typed.trim().replace(/[。.；;，,]+$/, '')
  const isFit = text !== '' && text.length <= MAX_TEXT && isStorable(text) && !text.includes('{{')
  return isFit ? text : null
}

/** Fills a slot, or empties it with null; within a second every process says it. */
export async function setSlot(db: Db, name: SlotName, text: string | null): Promise<void> {
  await db.transaction(async (tx) => {
    await nextChange(tx)
    if (text === null) await dropSetting(tx, PREFIX + name)
    else await writeSetting(tx, PREFIX + name, text)
  })
}
