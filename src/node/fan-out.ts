import type { Services } from '../actions/services.ts'
import type { Db, Sql } from '../db/db.ts'
import type { Hub } from '../live/hub.ts'
import { type NameLookup, personsIn } from '../live/names.ts'
import { CHANNEL } from '../record/append.ts'
import { loadEntries, loadThreads } from '../record/record-store.ts'
import type { Thread } from '../record/thread.ts'

export interface FanOutParts {
  sql: Sql
  db: Db
  hub: Hub
  names: NameLookup
  services: Pick<Services, 'threads' | 'log'>
  origin: string
}

/** Entries of one thread that are fed at once; a session further behind reads the record itself. */
const FED = 200

/**
 * Hears what other processes wrote. A notification names threads and numbers only, so a doubled
 * one changes nothing and a lost one is made good by the next, or by the reader's own resume.
 */
export async function openFanOut(parts: FanOutParts): Promise<AsyncDisposable> {
  const { sql, services, origin } = parts
  const waiting = new Map<string, number>()
  let running: Promise<void> | null = null

  async function drain(): Promise<void> {
    while (waiting.size > 0) {
      const batch = new Map(waiting)
      waiting.clear()
      await feedAll(parts, batch)
    }
  }
  function kick(): void {
    running ??= drain()
      .catch((error: unknown) => services.log.warn({ err: error }, 'news could not be read'))
      .finally(() => {
        running = null
        if (waiting.size > 0) kick()
      })
  }

  const listening = await sql.listen(CHANNEL, (payload) => {
    const [from, list = ''] = payload.split(' ')
    if (from === origin) return
    for (const item of list.split(',')) {
      const at = item.lastIndexOf(':')
      const seq = Number(item.slice(at + 1))
      const thread = item.slice(0, at)
      services.threads.outdate(thread, seq)
      if (parts.hub.size > 0) waiting.set(thread, Math.max(seq, waiting.get(thread) ?? 0))
    }
    if (waiting.size > 0) kick()
  })
  return {
    async [Symbol.asyncDispose]() {
      await listening.unlisten().catch(() => {})
      await running
    },
  }
}

async function feedAll(parts: FanOutParts, news: ReadonlyMap<string, number>): Promise<void> {
  const { db, hub, names, services } = parts
  const before = new Map<string, Thread | undefined>(
    [...news.keys()].map((id) => [id, services.threads.last(id)]),
  )
  for (const after of await loadThreads(db, [...news.keys()])) {
    const known = before.get(after.id) ?? null
    if (known && known.seq >= after.seq) continue
    const from = Math.max(known?.seq ?? (news.get(after.id) ?? 1) - 1, after.seq - FED)
    const entries = await loadEntries(db, after.id, { after: from, upTo: after.seq, limit: FED })
    services.threads.put(after)
    hub.feed({ before: known, after, entries }, await names(personsIn(entries)))
  }
}
