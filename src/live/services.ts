import type { Services } from '../actions/services.ts'
import type { Caller } from '../protocol/caller.ts'
import type { Refusal } from '../protocol/refusals.ts'
import type { Locale } from '../protocol/vocabulary.ts'
import type { Hub } from './hub.ts'
import type { NameLookup } from './names.ts'
import type { RateLimiter } from './rate-limiter.ts'
import type { Session } from './session.ts'

/** What every session of a process shares. */
export interface LiveServices {
  services: Services
  hub: Hub
  limiter: RateLimiter
  names: NameLookup
  identify(token: string, now: Date): Promise<Caller | Refusal>
  /** Takes a place for this person's socket; false when the person has too many. */
  enter(person: string, session: Session): boolean
  leave(person: string, session: Session): void
}

/** What the upgrade already told. */
export interface Opened {
  address: string
  locale: Locale
  /** Whom the cookie names; null without one. */
  staff: Caller | null
  /** The token that came as a subprotocol or in a header. */
  token?: string
}
