import type { InboxItem } from '../http/services.ts'
import { isSigned } from '../outbox/signature.ts'
import { insertTarget, loadTarget, moveTarget } from '../outbox/target-store.ts'
import type { Message } from '../protocol/webhooks.ts'
import type { Parts } from './compose.ts'

/** The demo's own target; an administrator may remove it for good. */
const TARGET = '0d3e0000-0000-4000-8000-000000000001'
/** Of what arrived, the newest. */
const KEPT = 50

const HERE: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }

/** The mock host platform hears what it would send as a short message. */
export async function seedInbox(
  { database: { db }, prepared, config: { HOST }, now }: Parts,
  port: number,
): Promise<void> {
  const host = HERE[HOST] ?? (HOST.includes(':') ? `[${HOST}]` : HOST)
  const url = `http://${host}:${port}/demo/inbox`
  const row = { id: TARGET, url, events: [], allowPrivate: true, createdAt: now() }
  if (await moveTarget(db, TARGET, url)) return
  await insertTarget(db, prepared.secrets.appSecret, row)
}

/** A receiver as a host platform writes it: what is not signed, or came before, is not taken. */
export function demoInbox({ database: { db }, prepared, now }: Parts) {
  const items = new Map<string, InboxItem>()
  return {
    list: () => [...items.values()].reverse(),
    async take(headers: Headers, body: string): Promise<boolean> {
      const target = await loadTarget(db, prepared.secrets.appSecret, TARGET, now())
      const isOurs = target?.secrets.some((secret) =>
        isSigned(headers, { body, secret, now: now() }),
      )
      if (!isOurs) return false
      const id = headers.get('webhook-id')!
      if (!items.has(id)) {
        items.set(id, { id, arrivedAt: now().toISOString(), ...(JSON.parse(body) as Message) })
      }
      for (const oldest of items.keys()) {
        if (items.size <= KEPT) break
        items.delete(oldest)
      }
      return true
    },
  }
}
