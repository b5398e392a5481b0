import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { and, asc, eq, isNotNull, isNull, max, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { notifications, webhookTargets } from '../db/schema.ts'
import type { NewWebhook, Webhook } from '../protocol/webhooks.ts'
import { shownUrl } from './address.ts'
import { newSecret } from './signature.ts'

type Row = typeof webhookTargets.$inferSelect

/** A target as the sender needs it; its secrets sign for as long as they are listed. */
export interface Target {
  id: string
  url: string
  allowPrivate: boolean
  secrets: readonly string[]
}

/** Milliseconds for which both secrets sign after a change. */
const OVERLAP = 24 * 3_600_000

/** The database holds no usable secret: whoever reads it cannot speak for the bureau. */
const keyOf = (appSecret: string) => `webhook\n${appSecret}`
const hidden = (appSecret: string, data: string) =>
  symmetricEncrypt({ key: keyOf(appSecret), data })
const isTarget = (id: string) => and(eq(webhookTargets.id, id), isNull(webhookTargets.removedAt))

/** @returns its secret, which nobody is shown again */
export async function insertTarget(
  db: Db,
  appSecret: string,
  target: NewWebhook & { id: string; createdAt: Date },
): Promise<string> {
  const secret = newSecret()
  const row = { ...target, secret: await hidden(appSecret, secret) }
  await db.insert(webhookTargets).values(row).onConflictDoNothing()
  return secret
}

/** Null where there is none (any more). @throws where it was encrypted with another APP_SECRET */
export async function loadTarget(
  db: Db,
  appSecret: string,
  id: string,
  now: Date,
): Promise<(Target & { isPaused: boolean }) | null> {
  const [row] = await db.select().from(webhookTargets).where(isTarget(id))
  if (!row) return null
  const { url, allowPrivate } = row
  const secrets = await secretsOf(row, appSecret, now)
  return { id, url, allowPrivate, secrets, isPaused: row.pausedAt !== null }
}

async function secretsOf(row: Row, appSecret: string, now: Date): Promise<string[]> {
  const isFormer = row.formerSecret !== null && row.formerUntil !== null && row.formerUntil > now
  const sealed = isFormer ? [row.secret, row.formerSecret!] : [row.secret]
  try {
    return await Promise.all(
      sealed.map((data) => symmetricDecrypt({ key: keyOf(appSecret), data })),
    )
  } catch (cause) {
    const help = `give the former one, or \`npm run admin -- webhook rotate ${row.id}\` twice`
    throw new Error(`A webhook's secret was encrypted with another APP_SECRET: ${help}.`, { cause })
  }
}

/** Gives a target another address. @returns whether there is or was such a target */
export async function moveTarget(db: Db, id: string, url: string): Promise<boolean> {
  const done = await db
    .update(webhookTargets)
    .set({ url })
    .where(eq(webhookTargets.id, id))
    .returning({ id: webhookTargets.id })
  return done.length > 0
}

/** A new secret; the old one signs beside it for a day. @returns null where there is no such target */
export async function rotateSecret(
  db: Db,
  appSecret: string,
  id: string,
  now: Date,
): Promise<string | null> {
  const secret = newSecret()
  const set = {
    secret: await hidden(appSecret, secret),
    formerSecret: sql`${webhookTargets.secret}`,
    formerUntil: new Date(now.getTime() + OVERLAP),
  }
  const done = await db
    .update(webhookTargets)
    .set(set)
    .where(isTarget(id))
    .returning({ id: webhookTargets.id })
  return done.length > 0 ? secret : null
}

/** @returns whether there is such a target */
export async function setPaused(
  db: Db,
  id: string,
  paused: { at: Date; why: 'admin' | 'gone' } | null,
): Promise<boolean> {
  const done = await db
    .update(webhookTargets)
    .set({ pausedAt: paused?.at ?? null, pausedWhy: paused?.why ?? null })
    .where(isTarget(id))
    .returning({ id: webhookTargets.id })
  return done.length > 0
}

/** Keeps the row, without what is secret in it. @returns whether there was such a target */
export async function removeTarget(db: Db, id: string, now: Date): Promise<boolean> {
  const done = await db
    .update(webhookTargets)
    .set({ removedAt: now, secret: '', formerSecret: null, formerUntil: null })
    .where(isTarget(id))
    .returning({ id: webhookTargets.id })
  return done.length > 0
}

export async function listTargets(db: Db): Promise<Webhook[]> {
  const rows = await db
    .select()
    .from(webhookTargets)
    .where(isNull(webhookTargets.removedAt))
    .orderBy(asc(webhookTargets.createdAt), asc(webhookTargets.id))
  return Promise.all(rows.map((row) => shown(db, row)))
}

async function shown(db: Db, row: Row): Promise<Webhook> {
  const { id, url, events, allowPrivate, createdAt, pausedAt, pausedWhy } = row
  const of = eq(notifications.target, id)
  const [waiting, dead, [last]] = await Promise.all([
    db.$count(
      notifications,
      and(of, isNull(notifications.deliveredAt), isNull(notifications.deadAt)),
    ),
    db.$count(notifications, and(of, isNotNull(notifications.deadAt))),
    db
      .select({ at: max(notifications.deliveredAt) })
      .from(notifications)
      .where(and(of, isNotNull(notifications.deliveredAt))),
  ])
  return {
    id,
    url: shownUrl(url),
    events,
    allowPrivate,
    createdAt: createdAt.toISOString(),
    ...(pausedAt ? { pausedAt: pausedAt.toISOString() } : {}),
    ...(pausedWhy ? { pausedWhy } : {}),
    waiting,
    dead,
    ...(last?.at ? { deliveredAt: last.at.toISOString() } : {}),
  }
}
