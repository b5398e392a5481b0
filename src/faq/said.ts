import type { Served } from './index.ts'
import { fillSlots, type SlotTexts } from './slots.ts'

/** An entry as it is said in this city: what the asker reads is what the record freezes. */
export const saidOf = ({ entry, version }: Served, slots: SlotTexts) => ({
  version,
  question: entry.question,
  answer: fillSlots(entry.answer, slots),
  basis: entry.basis,
})
