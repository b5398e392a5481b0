import type { Caller } from '../protocol/caller.ts'
import type { Summary } from '../protocol/http.ts'
import { loadReads } from '../record/record-store.ts'
import { sightOf } from '../record/sight.ts'
import { summaryOf } from '../record/summary.ts'
import type { Thread } from '../record/thread.ts'
import type { HttpServices } from './services.ts'

/** Threads in short as this caller sees them, with their own read marks. */
export async function summaries(
  http: HttpServices,
  caller: Caller,
  threads: readonly Thread[],
): Promise<Summary[]> {
  const { db, now, readClocks } = http.services
  const marks = await loadReads(
    db,
    caller.id,
    threads.map((thread) => thread.id),
  )
  const at = now()
  return threads.flatMap((thread) => {
    const sight = sightOf(thread, caller)
    if (sight === null) return []
    return summaryOf(thread, sight, { now: at, read: marks.get(thread.id) ?? 0, readClocks })
  })
}
