import type { Db } from '../db/db.ts'
import { shownUrl, targetUrl } from '../outbox/address.ts'
import { buryFor, listDead, listOfThread, revive } from '../outbox/outbox-store.ts'
import {
  insertTarget,
  listTargets,
  loadTarget,
  removeTarget,
  rotateSecret,
  setPaused,
} from '../outbox/target-store.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'
import type { Delivery, Message, NewWebhook, Webhook } from '../protocol/webhooks.ts'
import { isThreadId } from '../record/record-store.ts'
import { faultOf, isTaken, type Post, send } from './deliver.ts'

/** What an administrator does with webhooks, from the shell and over HTTP. */
export interface Webhooks {
  list(): Promise<Webhook[]>
  /** The secret is shown this once. */
  add(wanted: NewWebhook): Promise<{ id: string; url: string; secret: string } | Refusal>
  rotate(id: string): Promise<{ secret: string } | Refusal>
  pause(id: string): Promise<Refusal | null>
  resume(id: string): Promise<Refusal | null>
  remove(id: string): Promise<Refusal | null>
  /** Sends a signed message of type `test` at once. */
  test(id: string): Promise<{ delivered: boolean; status?: number; error?: string } | Refusal>
  dead(limit: number): Promise<Delivery[]>
  ofThread(thread: string, limit: number): Promise<Delivery[]>
  /** Tries dead ones again, for a day; all of the target's where none is named. */
  retry(id: string, ids?: readonly string[]): Promise<{ revived: number } | Refusal>
}

interface WebhookParts {
  db: Db
  appSecret: string
  post: Post
  now(): Date
}

export function createWebhooks({ db, appSecret, post, now }: WebhookParts): Webhooks {
  const known = async (id: string) =>
    isThreadId(id) ? await loadTarget(db, appSecret, id, now()) : null
  const done = (isDone: boolean) => (isDone ? null : refuse('not-found'))
  const ifKnown = async (id: string, work: () => Promise<boolean>) =>
    done(isThreadId(id) && (await work()))
  return {
    list: () => listTargets(db),
    async add({ url: text, events, allowPrivate }) {
      const url = targetUrl(text, { allowPrivate })?.href
      if (url === undefined) return refuse('bad-request', { detail: 'url' })
      const id = crypto.randomUUID()
      const row = { id, url, events: [...new Set(events)], allowPrivate, createdAt: now() }
      return { id, url: shownUrl(url), secret: await insertTarget(db, appSecret, row) }
    },
    async rotate(id) {
      const secret = isThreadId(id) ? await rotateSecret(db, appSecret, id, now()) : null
      return secret === null ? refuse('not-found') : { secret }
    },
    pause: (id) => ifKnown(id, () => setPaused(db, id, { at: now(), why: 'admin' })),
    resume: (id) => ifKnown(id, () => setPaused(db, id, null)),
    remove: (id) =>
      ifKnown(id, async () => {
        const isRemoved = await removeTarget(db, id, now())
        if (isRemoved) await buryFor(db, id, now())
        return isRemoved
      }),
    async test(id) {
      const target = await known(id)
      if (!target) return refuse('not-found')
      const posted = await send(
        { post, now },
        target,
        `test:${crypto.randomUUID()}`,
        testMessage(now()),
      )
      const isDelivered = isTaken(posted)
      return {
        delivered: isDelivered,
        ...('status' in posted ? { status: posted.status } : {}),
        ...(isDelivered ? {} : { error: faultOf(posted) }),
      }
    },
    dead: (limit) => listDead(db, limit),
    ofThread: async (thread, limit) => (isThreadId(thread) ? listOfThread(db, thread, limit) : []),
    async retry(id, ids) {
      if (!(await known(id))) return refuse('not-found')
      return { revived: await revive(db, id, { ids, now: now() }) }
    },
  }
}

const testMessage = (now: Date): Message => ({
  type: 'test',
  timestamp: now.toISOString(),
  data: { audience: 'staff', thread: '', seq: 0, to: [], text: '这是一条测试通知。' },
})
