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
/** More entries than one command ever makes. */
const GROUP = 8

/**
 * Hears what other processes wrote. A notification names threads and numbers only, so a doubled
 * one changes nothing and a lost one is made good by the next, or by the reader's own resume.
 */
export async function openFanOut(parts: FanOutParts): Promise<AsyncDisposable> {
  const { sql, services, origin } = parts
  /** Threads with the lowest number that was told and not fed yet. */
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
      if (parts.hub.size > 0) waiting.set(thread, Math.min(seq, waiting.get(thread) ?? seq))
      else parts.hub.fed.forget(thread)
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
  for (const after of await loadThreads(db, [...news.keys()])) {
    services.threads.put(after)
    const from = await feedFrom(parts, after, news.get(after.id) ?? after.seq)
    const entries = await loadEntries(db, after.id, { after: from, upTo: after.seq, limit: FED })
    hub.feed({ before: null, after, entries }, await names(personsIn(entries)))
  }
}

/**
 * After which entry the news begins. What this process was fed before tells it, or else the group
 * that the notification was about: entries of one append share their time. To begin too early does
 * no harm, because whoever has an entry skips it.
 */
async function feedFrom({ db, hub }: FanOutParts, after: Thread, told: number): Promise<number> {
  const atLeast = after.seq - FED
  const fed = hub.fed.to(after.id)
  if (fed !== undefined && fed < told) return Math.max(fed, atLeast)
  const near = await loadEntries(db, after.id, { after: told - GROUP, upTo: told, limit: GROUP })
  const at = near.at(-1)?.at
  const first = near.find((entry) => entry.at === at)?.seq ?? told
  return Math.max(first - 1, atLeast)
}
