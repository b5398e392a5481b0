import type { Services } from '../actions/services.ts'
import type { Db, Sql } from '../db/db.ts'
import type { Hub, Sign } from '../live/hub.ts'
import { loadThread } from '../record/record-store.ts'
import type { Peers } from './peers.ts'

interface RelayParts {
  sql: Sql
  db: Db
  hub: Hub
  services: Pick<Services, 'threads' | 'log'>
  peers: Peers
}

const CHANNEL = 'shouwen_signs'

/** Takes signs (typing, read) to those who look on at other processes; one that is lost is lost. */
export async function openSignRelay(parts: RelayParts): Promise<AsyncDisposable> {
  const { sql, hub, services, peers } = parts
  const failed = (err: unknown) => services.log.warn({ err }, 'a sign could not be relayed')
  hub.relay = (sign) => {
    if (!peers.areThere) return
    sql.notify(CHANNEL, `${peers.origin} ${JSON.stringify(sign)}`).catch(failed)
  }
  const listening = await sql.listen(CHANNEL, (payload) => {
    const told = peers.heard(payload)
    // anybody who may notify the database can say what is no sign
    if (told !== null) Promise.try(() => show(parts, JSON.parse(told) as Sign)).catch(failed)
  })
  return {
    async [Symbol.asyncDispose]() {
      hub.relay = null
      await listening.unlisten().catch(() => {})
    },
  }
}

async function show({ db, hub, services }: RelayParts, sign: Sign): Promise<void> {
  if (!hub.isFollowed(sign.thread)) return
  const thread = services.threads.get(sign.thread) ?? (await loadThread(db, sign.thread))
  if (thread) hub.show(sign, thread)
}
