import { audit } from '../audit/audit-store.ts'
import type { AuditAuthor } from '../audit/trail.ts'
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
import { isRefusal, type Refusal, refuse } from '../protocol/refusals.ts'
import type { AuditAct } from '../protocol/vocabulary.ts'
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

export interface WebhookParts {
  db: Db
  appSecret: string
  post: Post
  now(): Date
}

/** Each change and its line in the audit are stored together. @param by who makes them */
export function createWebhooks(parts: WebhookParts, by: AuditAuthor): Webhooks {
  const { db, appSecret, post, now } = parts
  const known = async (id: string) =>
    isThreadId(id) ? await loadTarget(db, appSecret, id, now()) : null

  /** @param act null or false where there is no such target */
  const change = <T>(what: AuditAct, id: string, act: (tx: Db) => Promise<T>) =>
    db.transaction(async (tx): Promise<T | Refusal> => {
      const done = isThreadId(id) ? await act(tx) : null
      if (done === null || done === false) return refuse('not-found')
      await audit(tx, now(), { by, what, about: { webhook: id } })
      return done
    })
  const deed = async (what: AuditAct, id: string, act: (tx: Db) => Promise<boolean>) => {
    const done = await change(what, id, act)
    return isRefusal(done) ? done : null
  }

  return {
    list: () => listTargets(db),
    async add({ url: text, events, allowPrivate }) {
      const url = targetUrl(text, { allowPrivate })?.href
      if (url === undefined) return refuse('bad-request', { detail: 'url' })
      const id = crypto.randomUUID()
      const row = { id, url, events: [...new Set(events)], allowPrivate, createdAt: now() }
      return change('webhook-added', id, async (tx) => {
        return { id, url: shownUrl(url), secret: await insertTarget(tx, appSecret, row) }
      })
    },
    async rotate(id) {
      const act = (tx: Db) => rotateSecret(tx, appSecret, id, now())
      const secret = await change('webhook-rotated', id, act)
      return isRefusal(secret) ? secret : { secret: secret! }
    },
    pause: (id) =>
      deed('webhook-paused', id, (tx) => setPaused(tx, id, { at: now(), why: 'admin' })),
    resume: (id) => deed('webhook-resumed', id, (tx) => setPaused(tx, id, null)),
    remove: (id) =>
      deed('webhook-removed', id, async (tx) => {
        await buryFor(tx, id, now())
        return removeTarget(tx, id, now())
      }),
    async test(id) {
      const target = await known(id)
      if (!target) return refuse('not-found')
      const message = testMessage(now())
      const posted = await send({ post, now }, target, `test:${crypto.randomUUID()}`, message)
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
      const act = (tx: Db) => revive(tx, id, { ids, now: now() })
      const revived = await change('webhook-retried', id, act)
      return isRefusal(revived) ? revived : { revived }
    },
  }
}

const testMessage = (now: Date): Message => ({
  type: 'test',
  timestamp: now.toISOString(),
  data: { audience: 'staff', thread: '', seq: 0, to: [], text: '这是一条测试通知。' },
})
