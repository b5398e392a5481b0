import type { Db } from '../db/db.ts'
import type { Question } from '../desk/routing.ts'
import type { Caller } from '../protocol/caller.ts'
import type { BodyOf, Enterprise, FileRef, Person, StoredEntry } from '../protocol/entries.ts'
import type { FaqSearch } from '../protocol/http.ts'
import type { AlertLevel } from '../protocol/vocabulary.ts'
import type { Digest } from '../record/chain.ts'
import type { Addressee, Clockwork, Verdict } from '../record/rules/rule.ts'
import type { ReadClocks } from '../record/summary.ts'
import type { Thread } from '../record/thread.ts'
import type { ThreadCache } from '../record/thread-cache.ts'
import type { Writer } from '../record/writer.ts'
import type { Audit } from './audit.ts'

/** What the FAQ says about some words of an enterprise. */
export interface Answer {
  verdict: Verdict
  /** For routing, should it go to a person. */
  topic: string | null
  desk?: string | undefined
  /** Set for an emergency: what to show at once. */
  card?: string
}

export interface Answerer {
  answer(text: string, at: { now: Date; files: boolean }): Answer
  /** The emergency card for these words, if they are one; in every state of a thread. */
  emergency(text: string): string | undefined
  /** The entry as it may be served now; null when it may not. */
  serve(id: string, now: Date): BodyOf<'answered'> | null
  search(text: string, at: { now: Date; explain: boolean }): FaqSearch
  suggest(text: string, now: Date): { id: string; question: string }[]
}

/** The bureau's people and desks, as the actions ask for them. */
export interface Bureau {
  /** @throws Error where there is no desk at all */
  route(question: Question): string
  deskName(id: string): string
  /** The desks at work, for names beside ids. */
  desks(): { id: string; name: string }[]
  isActiveOfficer(id: string): Promise<boolean>
  /** The enterprise's standing officer or who stands in, with their desk; null for nobody. */
  standing(enterprise: Enterprise, now: Date): Promise<(Person & { desk: string }) | null>
  /** Who is on duty at a desk now, by its hours; where nobody is, whoever looks after it. */
  duty(desk: string, now: Date): Promise<Person[]>
  /** Who is told at this level that a thread of the desk waits, or that its owner is late. */
  told(level: AlertLevel, desk: string, now: Date): Promise<Person[]>
  /** To whom the threads of a disabled officer go; null: back to the queue. */
  successor(id: string): Promise<Person | null>
  /** Whom an id of the directory names; null for nobody who works here. */
  find(id: string): Promise<Addressee | null>
}

/** News of a thread, handed on after the commit; a hint, never the truth. */
export interface Feed {
  before: Thread | null
  after: Thread
  entries: readonly StoredEntry[]
}

export interface Log {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** What actions count; the runtime decides where the figures go. */
export interface Tally {
  command(type: string, outcome: string, seconds: number): void
  decision(decision: string): void
}

/** Everything an action works with; built once by the runtime. */
export interface Services {
  db: Db
  writer: Writer
  threads: ThreadCache
  answerer: Answerer
  bureau: Bureau
  clockwork: Clockwork
  readClocks: ReadClocks
  /** Uploads of this person that nobody has used yet; null when one of the ids is not. */
  unusedFiles(who: Caller, ids: readonly string[]): Promise<FileRef[] | null>
  appended(feed: Feed): void
  now(): Date
  newId(): string
  salt(): string
  digest: Digest
  reopenDays: number
  log: Log
  tally: Tally
  audit: Audit
}
