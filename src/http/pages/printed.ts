import { personsIn } from '../../live/names.ts'
import type { ClockFact, StoredEntry } from '../../protocol/entries.ts'
import type { Proof } from '../../protocol/http.ts'
import { confirmationOf } from '../../record/confirmation.ts'
import { loadEntries } from '../../record/record-store.ts'
import { proofsOf } from '../../record/seal-store.ts'
import type { HttpServices } from '../services.ts'
import type { Printed } from './confirmation.ts'

/** Entries read at a time. */
const PAGE = 200

/** What the printed record of a thread shows, as it stands now. */
export async function printedOf(
  { services, names, directory }: HttpServices,
  id: string,
): Promise<Printed> {
  const { db, now, readClocks } = services
  const entries: StoredEntry[] = []
  for (let after = 0, page: StoredEntry[]; ; after = page.at(-1)!.seq) {
    page = await loadEntries(db, id, { after, limit: PAGE })
    entries.push(...page)
    if (page.length < PAGE) break
  }
  const found = confirmationOf(entries)
  if (!found) throw new Error(`no entries of ${id}`)
  const at = now()
  let proof: Proof | null = null
  for await (const one of proofsOf(db, id, found.thread.seq)) proof = one
  return {
    ...found,
    names: await names(personsIn(entries)),
    desks: (await directory()).desks,
    now: at,
    proof,
    stateOf: (fact: ClockFact) => readClocks([fact], at)[0]?.state,
  }
}
