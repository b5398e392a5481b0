import type { Db } from '../db/db.ts'
import { messageId, messageOf } from '../outbox/message.ts'
import { type NotificationRow, setDelivered, setFailed } from '../outbox/outbox-store.ts'
import { nextTry } from '../outbox/schedule.ts'
import { signedHeaders } from '../outbox/signature.ts'
import { setPaused, type Target } from '../outbox/target-store.ts'
import type { Message } from '../protocol/webhooks.ts'
import { loadEntry, loadThread } from '../record/record-store.ts'
import type { Log } from './services.ts'

/** What became of one request. */
export type Posted = { status: number } | { error: string }

/** Sends one signed request; never throws, and never says more than a code. */
export type Post = (
  to: Pick<Target, 'url' | 'allowPrivate'>,
  request: { headers: Record<string, string>; body: string },
) => Promise<Posted>

export interface Delivering {
  db: Db
  post: Post
  deskName(id: string): string
  now(): Date
  /** From 0 to 1. */
  jitter(): number
  log: Log
}

/** Asks a receiver to start over under another address, or never. */
const GONE = 410

export const isTaken = (posted: Posted): posted is { status: number } =>
  'status' in posted && posted.status >= 200 && posted.status < 300

export const faultOf = (posted: Posted) =>
  'status' in posted ? `HTTP ${posted.status}` : posted.error

/** Signs and sends a message. @param id the receiver's key to tell repetitions by */
export function send(
  { post, now }: Pick<Delivering, 'post' | 'now'>,
  target: Target,
  id: string,
  message: Message,
): Promise<Posted> {
  const body = JSON.stringify(message)
  const timestamp = Math.floor(now().getTime() / 1000)
  return post(target, { body, headers: signedHeaders({ id, timestamp, body }, target.secrets) })
}

/** One notification that this process has claimed, and what became of it. */
export async function deliver(
  services: Delivering,
  target: Target,
  row: NotificationRow,
): Promise<void> {
  const { db, now, log } = services
  const message = await madeOf(services, row)
  // for what nobody may be told there is no second try
  if (message === null) return fail(services, row, { error: 'sealed' }, null)
  const posted = await send(services, target, messageId(row), message)
  if (isTaken(posted)) return setDelivered(db, row, now(), posted.status)
  const due = nextTry(row, now(), services.jitter())
  await fail(services, row, posted, due)
  if (due === null) log.warn({ id: messageId(row), target: target.id }, 'a notification is dead')
  if ('status' in posted && posted.status === GONE) {
    await setPaused(db, target.id, { at: now(), why: 'gone' })
    log.warn({ target: target.id }, 'a webhook answered that it is gone, and is paused')
  }
}

async function madeOf({ db, deskName }: Delivering, row: NotificationRow): Promise<Message | null> {
  const [thread, entry] = await Promise.all([
    loadThread(db, row.thread),
    loadEntry(db, row.thread, row.seq),
  ])
  return thread && entry && messageOf(row, entry, thread, deskName)
}

const fail = ({ db, now }: Delivering, row: NotificationRow, posted: Posted, due: Date | null) =>
  setFailed(db, row, {
    status: 'status' in posted ? posted.status : null,
    error: faultOf(posted),
    due,
    at: now(),
  })
