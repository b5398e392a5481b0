import type { Services } from '../actions/services.ts'
import type { Db, Sql } from '../db/db.ts'
import type { Hub } from '../live/hub.ts'
import { type NameLookup, personsIn } from '../live/names.ts'
import { CHANNEL } from '../record/append.ts'
import { loadEntries, loadThreads } from '../record/record-store.ts'
import type { Thread } from '../record/thread.ts'
import { Inbox } from './inbox.ts'
import type { Peers } from './peers.ts'

export interface FanOutParts {
  sql: Sql
  db: Db
  hub: Hub
  names: NameLookup
  services: Pick<Services, 'threads' | 'log' | 'now'>
  peers: Peers
}

/** Entries of one thread that are fed at once; a session further behind reads the record itself. */
const FED = 200
/** More entries than one command ever makes. */
const GROUP = 8
/** Milliseconds that the clocks of two processes may differ. */
const SKEW = 5 * 60_000

/**
 * Hears what other processes wrote. A notification names threads and numbers only, so a doubled
 * one changes nothing; what passed while the connection was broken is found by looking.
 */
export async function openFanOut(parts: FanOutParts): Promise<AsyncDisposable> {
  const { sql, services, peers } = parts
  const inbox = new Inbox({ ...parts, feed: (news) => feedAll(parts, news) })
  let heardAt: Date | null = null
  const hear = (payload: string) => {
    heardAt = services.now()
    const list = peers.heard(payload)
    if (list === null) return
    for (const item of list.split(',')) {
      const at = item.lastIndexOf(':')
      inbox.put(item.slice(0, at), Number(item.slice(at + 1)))
    }
    inbox.kick()
  }
  const listening = await sql.listen(CHANNEL, hear, () => {
    // the driver listens again after a broken connection
    if (heardAt !== null) inbox.missed(new Date(heardAt.getTime() - SKEW))
    else heardAt = services.now()
  })
  return {
    async [Symbol.asyncDispose]() {
      await listening.unlisten().catch(() => {})
      await inbox[Symbol.asyncDispose]()
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
