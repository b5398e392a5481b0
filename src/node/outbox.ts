import { type Delivering, deliver } from '../actions/deliver.ts'
import { createWebhooks } from '../actions/webhooks.ts'
import { auditAuthor } from '../audit/trail.ts'
import type { HttpServices } from '../http/services.ts'
import { buryExpired, claimDue, dueTargets } from '../outbox/outbox-store.ts'
import { loadTarget } from '../outbox/target-store.ts'
import type { Composed, Parts } from './compose.ts'
import { createPost } from './post.ts'

/** Requests to one target at the same time. */
const LIMIT = 8
/** Milliseconds after which what is in hand counts as lost: far more than a request may take. */
const LEASE = 60_000

interface OutboxParts extends Delivering {
  appSecret: string
  /** Ends requests that are under way. */
  abort: AbortController
}

/** Milliseconds that requests under way may still take when it stops. */
const GRACE = 2_000

/**
 * Sends what is due. Each target has a lane of its own, so that one that is slow keeps no other
 * waiting; any number of processes share the lanes, and each notification leaves through one of them.
 */
export class Outbox implements AsyncDisposable {
  readonly #parts: OutboxParts
  readonly #lanes = new Map<string, Promise<void>>()
  #isStopped = false

  constructor(parts: OutboxParts) {
    this.#parts = parts
  }

  /** Starts a lane for every target that has something due and none yet. */
  async kick(): Promise<void> {
    const { db, now, log } = this.#parts
    await buryExpired(db, now())
    for (const target of await dueTargets(db, now())) {
      if (this.#isStopped || this.#lanes.has(target)) continue
      const lane = this.#run(target)
        .catch((err: unknown) => log.warn({ err, target }, 'notifications could not be sent'))
        .finally(() => this.#lanes.delete(target))
      this.#lanes.set(target, lane)
    }
  }

  /** The same, and waits until nothing more is due. */
  async turn(): Promise<void> {
    await this.kick()
    await Promise.all(this.#lanes.values())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopped = true
    const abort = setTimeout(() => this.#parts.abort.abort(), GRACE)
    await Promise.all(this.#lanes.values())
    clearTimeout(abort)
  }

  async #run(id: string): Promise<void> {
    const { db, appSecret, now } = this.#parts
    while (!this.#isStopped) {
      const target = await loadTarget(db, appSecret, id, now())
      if (!target || target.isPaused) return
      const until = new Date(now().getTime() + LEASE)
      const rows = await claimDue(db, id, { now: now(), until, limit: LIMIT })
      if (rows.length === 0) return
      await Promise.all(rows.map((row) => deliver(this.#parts, target, row).catch(this.#lost)))
    }
  }

  /** One that could not even be written down comes again when its lease is over. */
  readonly #lost = (err: unknown) => this.#parts.log.warn({ err }, 'a notification was not settled')
}

/** A server's outbox. */
export function openOutbox({ database, prepared, log, now }: Parts, { bureau }: Composed): Outbox {
  const abort = new AbortController()
  return new Outbox({
    db: database.db,
    appSecret: prepared.secrets.appSecret,
    post: createPost({ signal: abort.signal }),
    deskName: bureau.deskName,
    now,
    jitter: Math.random,
    log,
    abort,
  })
}

/** What its administrators do with webhooks. */
export function webhooksOf({ database, prepared, now }: Parts): HttpServices['webhooks'] {
  const { appSecret } = prepared.secrets
  const { signal } = new AbortController()
  const parts = { db: database.db, appSecret, post: createPost({ signal }), now }
  return (who) => createWebhooks(parts, auditAuthor(who))
}
