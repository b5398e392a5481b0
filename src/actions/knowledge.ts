import type { Db } from '../db/db.ts'
import { heldBack } from '../faq/entry.ts'
import { type Loaded, lastChange, loadEntries, readEntries } from '../faq/faq-store.ts'
import { buildIndex, type FaqIndex } from '../faq/index.ts'
import type { SlotTexts } from '../faq/slots.ts'
import type { Log } from './services.ts'
import { loadSlots } from './slots.ts'

/** What this process knows of the FAQ; it changes while the process runs. */
export interface Knowledge {
  readonly index: FaqIndex
  slots: SlotTexts
}

/** Knowledge that follows the database. */
export interface LiveKnowledge extends Knowledge {
  /**
   * Takes over what was changed since, entry by entry; costs one row where nothing was. Whoever
   * comes while it runs gets a run that began after he came.
   */
  refresh(): Promise<void>
}

export interface KnowledgeParts {
  db: Db
  /** Slots that the operator's environment fills, whatever is stored. */
  given: SlotTexts
  log: Log
}

/** @throws Error naming an entry that cannot be read */
export async function openKnowledge({ db, given, log }: KnowledgeParts): Promise<LiveKnowledge> {
  // before the entries: what is changed meanwhile is then read once more rather than missed
  let known = await lastChange(db)
  const knowledge: Knowledge = {
    index: buildIndex(await loadEntries(db)),
    slots: await loadSlots(db, given),
  }
  function take(one: Loaded) {
    if ('entry' in one) return knowledge.index.put(one)
    log.error({ id: one.id, problem: one.problem }, 'an entry cannot be read')
    // of another release, perhaps: what it replaced must not be said any more
    const old = knowledge.index.get(one.id)
    if (old) knowledge.index.put({ ...old, entry: heldBack(old.entry) })
  }
  async function catchUp() {
    const last = await lastChange(db)
    if (last === known) return
    const [changed, slots] = await Promise.all([readEntries(db, known), loadSlots(db, given)])
    knowledge.slots = slots
    for (const one of changed) take(one)
    known = last
    log.info({ change: last, entries: changed.length }, 'the FAQ has changed')
  }
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  function refresh(): Promise<void> {
    if (!running) {
      running = catchUp().finally(() => {
        running = null
      })
      return running
    }
    const begin = () => {
      next = null
      return refresh()
    }
    next ??= running.then(begin, begin)
    return next
  }
  return Object.assign(knowledge, { refresh })
}
