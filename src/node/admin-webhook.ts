import { createWebhooks, type Webhooks } from '../actions/webhooks.ts'
import { OPERATOR } from '../audit/trail.ts'
import type { Db } from '../db/db.ts'
import { loadAppSecret } from '../identity/secrets.ts'
import { isRefusal, type Refusal, refusalMessage } from '../protocol/refusals.ts'
import { EVENTS, type Event } from '../protocol/vocabulary.ts'
import { Failure, UsageError } from './admin-faq.ts'
import type { Config } from './config.ts'
import { createPost } from './post.ts'

export const WEBHOOK_USAGE = `  npm run admin -- webhook add URL [--events a,b] [--allow-private]   prints its secret, once
  npm run admin -- webhook list
  npm run admin -- webhook dead                   what could not be delivered
  npm run admin -- webhook test|pause|resume|rotate|retry|remove ID`

const VERBS = ['test', 'pause', 'resume', 'rotate', 'retry', 'remove'] as const
/** Dead ones that are listed. */
const MOST = 200

export type WebhookOrder = { about: 'webhook' } & (
  | { verb: 'add'; url: string; events: Event[]; allowPrivate: boolean }
  | { verb: 'list' }
  | { verb: 'dead' }
  | { verb: (typeof VERBS)[number]; id: string }
)

/** @returns undefined where the command is about something else */
export function webhookOrder(
  words: readonly string[],
  options: { events: string | undefined; allowPrivate: boolean },
): WebhookOrder | undefined {
  const [about, verb = '', what, ...more] = words
  if (about !== 'webhook') return undefined
  if (more.length > 0) throw new UsageError('Give one URL or ID.')
  if (verb === 'list' && what === undefined) return { about, verb }
  if (verb === 'dead' && what === undefined) return { about, verb }
  const named = VERBS.find((one) => one === verb)
  if (named && what !== undefined) return { about, verb: named, id: what }
  if (verb !== 'add') throw new UsageError(`There is no command “webhook ${verb}”.`)
  if (what === undefined) throw new UsageError('Give the URL.')
  const { events, allowPrivate } = options
  return { about, verb, url: what, events: eventsOf(events ?? ''), allowPrivate }
}

const eventsOf = (text: string): Event[] =>
  text
    .split(',')
    .filter(Boolean)
    .map((name) => {
      const event = EVENTS.find((one) => one === name)
      if (!event) throw new UsageError(`--events are among ${EVENTS.join(', ')}.`)
      return event
    })

export async function obeyWebhook(
  order: WebhookOrder,
  db: Db,
  { env, production }: Config,
): Promise<string[]> {
  const appSecret = await loadAppSecret(db, env, production)
  const { signal } = new AbortController()
  const parts = { db, appSecret, post: createPost({ signal }), now: () => new Date() }
  const webhooks = createWebhooks(parts, OPERATOR)
  if (order.verb === 'list') return listed(webhooks)
  if (order.verb === 'dead') return dead(webhooks)
  if (order.verb !== 'add') return onOne(order.verb, order.id, webhooks)
  const { id, secret } = done(await webhooks.add(order))
  return [`added ${id}`, `secret: ${secret}`]
}

async function listed(webhooks: Webhooks): Promise<string[]> {
  const all = await webhooks.list()
  return all.map(({ id, url, events, pausedWhy, waiting, dead: gone, deliveredAt = 'never' }) => {
    const state = pausedWhy ? `paused (${pausedWhy})` : 'active'
    const which = events.length === 0 ? 'all events' : events.join(',')
    return `${id}  ${state}  ${url}  ${which}  waiting ${waiting}  dead ${gone}  last ${deliveredAt}`
  })
}

async function dead(webhooks: Webhooks): Promise<string[]> {
  const all = await webhooks.dead(MOST)
  return all.map(
    ({ target, id, event, deadAt, tries, error }) =>
      `${deadAt}  ${target}  ${id}  ${event}  ${tries} tries  ${error}`,
  )
}

async function onOne(
  verb: (typeof VERBS)[number],
  id: string,
  webhooks: Webhooks,
): Promise<string[]> {
  switch (verb) {
    case 'test': {
      const { delivered, status, error } = done(await webhooks.test(id))
      if (!delivered) throw new Failure(`not delivered: ${error}`)
      return [`delivered (HTTP ${status})`]
    }
    case 'rotate':
      return [`secret: ${done(await webhooks.rotate(id)).secret}`, 'the old one signs for a day']
    case 'retry':
      return [`${done(await webhooks.retry(id)).revived} are tried again`]
    default:
      done(await webhooks[verb](id))
      return [`${verb}: done`]
  }
}

function done<T>(answer: T | Refusal): T {
  if (!isRefusal(answer)) return answer
  if (answer.detail === 'url') {
    throw new Failure(
      'The URL is https:// without a password or #, or http:// with --allow-private.',
    )
  }
  throw new Failure(refusalMessage(answer, 'en'))
}
