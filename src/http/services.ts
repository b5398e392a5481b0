import type { Office } from '../actions/office-service.ts'
import type { Services } from '../actions/services.ts'
import type { Webhooks } from '../actions/webhooks.ts'
import type { StaffAuth } from '../identity/staff.ts'
import type { StaffAdmin } from '../identity/staff-admin.ts'
import type { NameLookup } from '../live/names.ts'
import type { RateLimiter } from '../live/rate-limiter.ts'
import type { Caller, StaffCaller } from '../protocol/caller.ts'
import type { FileRef } from '../protocol/entries.ts'
import type { Directory } from '../protocol/http.ts'
import type { Member } from '../protocol/office.ts'
import type { Refusal } from '../protocol/refusals.ts'
import type { Locale } from '../protocol/vocabulary.ts'
import type { Message } from '../protocol/webhooks.ts'
import type { Reports } from '../reports/report-store.ts'

/** An uploaded file with its bytes. */
export interface StoredFile extends FileRef {
  bytes: Uint8Array
}

/** Who is at the other end, as far as proxies are trusted. */
export interface Peer {
  address: string
  /** Whether the browser spoke TLS to a proxy of ours. */
  isSecure: boolean
}

/** The file store as the routes ask for it. */
export interface Files {
  save(
    who: Caller,
    file: { name: string; bytes: Uint8Array },
  ): Promise<(FileRef & { sha256: string }) | Refusal>
  open(who: Caller, id: string): Promise<StoredFile | null>
}

/** A notification that arrived at the mock host platform. */
export type InboxItem = Message & { id: string; arrivedAt: string }

export interface SampleHost {
  enterprises: readonly { id: string }[]
  token(id: string): Promise<string | null>
  inbox: {
    /** The newest first. */
    list(): InboxItem[]
    /** @returns false for what is not signed with its secret */
    take(headers: Headers, body: string): Promise<boolean>
  }
}

/** Everything the HTTP app works with; the runtime builds it once. */
export interface HttpServices {
  services: Services
  staff: StaffAuth
  limiter: RateLimiter
  names: NameLookup
  files: Files
  reports: Reports
  webhooks(by: StaffCaller): Webhooks
  office: Office
  /** What this administrator does to accounts, with its lines in the audit. */
  accounts(by: StaffCaller): StaffAdmin
  /** Every account with the number of threads in hand. */
  members(): Promise<Member[]>
  identify(token: string, now: Date): Promise<Caller | Refusal>
  directory(): Promise<Directory>
  /** Origins that browsers see us under. */
  ownOrigins: ReadonlySet<string>
  /** Origins that may embed the widget and call with a token. */
  allowedOrigins: ReadonlySet<string>
  peerOf(env: unknown): Peer
  /** Database and index ready. */
  ready(): Promise<boolean>
  metrics(): Promise<string>
  mayReadMetrics(address: string, headers: Headers): boolean
  /** Public half of the key that seals are signed with, SPKI in PEM. */
  sealKey: string
  /** A built file of the front ends: `/widget.js`, `/console`, `/assets/…`. */
  asset(path: string): Promise<Response | null>
  /** Only in a demo. */
  demo: SampleHost | null
}

/** What the middleware leaves for the routes. */
export interface Variables {
  caller: Caller | null
  locale: Locale
  peer: Peer
}
export interface AppEnv {
  Variables: Variables
}
