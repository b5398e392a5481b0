import { hash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { createAnswerer } from '../actions/answerer.ts'
import { createAudit } from '../actions/audit.ts'
import { type LiveBureau, openBureau } from '../actions/bureau.ts'
import { createClockwork } from '../actions/clockwork.ts'
import { filesForCommand } from '../actions/files.ts'
import { type LiveKnowledge, openKnowledge } from '../actions/knowledge.ts'
import type { Feed, Services } from '../actions/services.ts'
import { type LiveTimeRules, openTimeRules } from '../actions/time-rules.ts'
import { summariseClocks } from '../clock/read.ts'
import type { Database } from '../db/db.ts'
import type { SlotTexts } from '../faq/slots.ts'
import { enterpriseCaller, namesOf } from '../identity/people-store.ts'
import { createTokenVerifier } from '../identity/token.ts'
import { Hub } from '../live/hub.ts'
import { personsIn } from '../live/names.ts'
import { createRateLimiter, UNLIMITED } from '../live/rate-limiter.ts'
import type { LiveServices } from '../live/services.ts'
import type { Session } from '../live/session.ts'
import { LIMITS } from '../protocol/frames.ts'
import { isRefusal } from '../protocol/refusals.ts'
import type { Signer } from '../record/seal-key.ts'
import { ThreadCache } from '../record/thread-cache.ts'
import { Writer } from '../record/writer.ts'
import type { Config } from './config.ts'
import type { ServerLog } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Prepared } from './prepare.ts'
import { createSalts } from './salts.ts'

export interface Parts {
  config: Config
  database: Database
  /** Connections of the writer alone, so that no reader is in its way. */
  writing: Database
  prepared: Prepared
  /** Signs the daily seals. */
  signer: Signer
  log: ServerLog
  metrics: Metrics
  now: () => Date
  /** Names this process to the others. */
  origin: string
}

export interface Composed {
  services: Services
  live: LiveServices
  bureau: LiveBureau
  knowledge: LiveKnowledge
  timeRules: LiveTimeRules
}

/** Appends at the same time; each has a connection of its own. */
export const FLIGHTS = 2
/** Days after a resolution within which it may be rated and reopened. */
const REOPEN_DAYS = 30

/** Slots that the environment fills. */
const givenSlots = ({ DUTY_PHONE }: Config): SlotTexts =>
  new Map(DUTY_PHONE === undefined ? [] : [['duty-phone', DUTY_PHONE]])

/** Builds what the actions, the sockets and the routes share. */
export async function compose(parts: Parts): Promise<Composed> {
  const { config, database, writing, log, metrics, now, origin } = parts
  const { db } = database
  const hub = new Hub()
  const knowledge = await openKnowledge({ db, given: givenSlots(config), log })
  const timeRules = await openTimeRules(db)
  const bureau = await openBureau(db, () => timeRules.now().calendar)
  const names = (ids: Iterable<string>) => namesOf(db, ids)
  const services: Services = {
    db,
    writer: new Writer(writing.sql, { origin, onFlush: metrics.flushed, maxFlights: FLIGHTS }),
    threads: new ThreadCache(db),
    answerer: createAnswerer(knowledge),
    bureau,
    clockwork: createClockwork(() => ({ ...timeRules.now(), ...bureau })),
    readClocks: summariseClocks,
    unusedFiles: (who, ids) => filesForCommand(db, who, ids),
    appended: createFeeder(hub, names, log),
    now,
    newId: () => uuidv7({ msecs: now().getTime() }),
    salt: createSalts(),
    digest: (text) => hash('sha256', text),
    reopenDays: REOPEN_DAYS,
    log,
    tally: metrics.tally,
    audit: createAudit({ db, now, log }),
  }
  const live = createLive(parts, services, hub, names)
  return { services, bureau, knowledge, timeRules, live }
}

/**
 * News goes out in the order of the commits. Writers' names are looked up at once and waited for in
 * turn; should that fail, news without names is better than none.
 */
function createFeeder(
  hub: Hub,
  names: (ids: Iterable<string>) => Promise<Map<string, string>>,
  log: ServerLog,
): (feed: Feed) => void {
  let turn: Promise<void> = Promise.resolve()
  return (feed) => {
    const named = names(personsIn(feed.entries)).catch((err: unknown) => {
      log.warn({ err }, 'names could not be read')
      return new Map<string, string>()
    })
    turn = turn
      .then(async () => hub.feed(feed, await named))
      .catch((err: unknown) => log.error({ err }, 'news could not be handed on'))
  }
}

function createLive(
  { config, database, prepared }: Parts,
  services: Services,
  hub: Hub,
  names: (ids: Iterable<string>) => Promise<Map<string, string>>,
): LiveServices {
  const { db } = database
  const { enterpriseTokenSecret: secret } = prepared.secrets
  const verify = createTokenVerifier({
    ...(secret === undefined ? {} : { secret }),
    ...(config.ENTERPRISE_JWKS_URL ? { jwksUrl: config.ENTERPRISE_JWKS_URL } : {}),
    ...(config.ENTERPRISE_TOKEN_ISSUER ? { issuer: config.ENTERPRISE_TOKEN_ISSUER } : {}),
  })
  const seats = new Map<string, Set<Session>>()
  return {
    services,
    hub,
    names,
    limiter:
      config.RATE_LIMITS === 'off'
        ? UNLIMITED
        : createRateLimiter(LIMITS.framesPerSecond, LIMITS.burst),
    async identify(token, now) {
      const claims = await verify(token, now)
      return isRefusal(claims) ? claims : enterpriseCaller(db, claims)
    },
    enter(person, session) {
      const seated = seats.get(person) ?? new Set()
      if (seated.size >= LIMITS.socketsPerPerson) return false
      seats.set(person, seated.add(session))
      return true
    },
    leave(person, session) {
      const seated = seats.get(person)
      seated?.delete(session)
      if (seated?.size === 0) seats.delete(person)
    },
  }
}
