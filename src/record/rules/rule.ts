import type { Caller } from '../../protocol/caller.ts'
import type { Command, CommandOf } from '../../protocol/commands.ts'
import type {
  Author,
  BodyOf,
  ClockFact,
  FileRef,
  Person,
  StoredEntry,
  Target,
} from '../../protocol/entries.ts'
import type { Refusal, RefusalCode } from '../../protocol/refusals.ts'
import type {
  ClockName,
  CommandType,
  PauseGround,
  Reason,
  Role,
  StaffRole,
  ThreadState,
} from '../../protocol/vocabulary.ts'
import type { Draft } from '../chain.ts'
import type { Thread } from '../thread.ts'

/** What the FAQ decided on an enterprise's words, as the record writes it down. */
export type Verdict =
  | { kind: 'answered'; body: BodyOf<'answered'> }
  | { kind: 'offered'; body: BodyOf<'offered'> }
  | { kind: 'replied'; body: BodyOf<'replied'> }
  | { kind: 'escalated'; reason: Reason }

/** What a limit goes by. */
export type Where = Pick<Thread, 'kind' | 'desk' | 'topic' | 'urgent'>

/** Starts and reads promises; built from the working calendar and the limits in force. */
export interface Clockwork {
  start(name: ClockName, n: number, at: Date, where: Where): ClockFact
  /** A clock whose due time somebody has set. */
  startUntil(name: ClockName, n: number, at: Date, due: Date): ClockFact
  /** When a pause on that ground ends by itself. */
  pauseEnds(ground: PauseGround, at: Date): Date
  /** A paused clock that runs again, with the time left that was left. */
  resume(clock: ClockFact, at: Date): ClockFact
  /** An unscheduled clock with its due time; null where the calendar still lacks the year. */
  schedule(clock: ClockFact): ClockFact | null
  /** The promise in the enterprise's words. */
  promise(
    clock: ClockFact,
    desk: string,
    at: Date,
    /** Who answers for the enterprise there, where somebody does. */
    standing?: Person,
  ): NonNullable<BodyOf<'escalated'>['promise']>
}

/** Whom a command names: an active officer or supervisor, or a desk at work. */
export type Addressee =
  | { person: Person; role: StaffRole; desks: readonly string[]; desk?: never }
  | { desk: { id: string; name: string }; person?: never }

/** What a decision needs to know beyond the thread; gathered by the action, never by a rule. */
export interface Facts {
  now: Date
  clockwork: Clockwork
  /** Where routing sends the newest question. */
  desk: string
  /** By which topic it goes there. */
  topic?: string | null
  /** The enterprise's standing officer, where it goes to a person and they have one. */
  standing?: Person
  /** An emergency: who is on duty at the desk. */
  duty?: readonly Person[]
  /** Set when the words of this command are an emergency: the card to show at once. */
  card?: string
  verdict?: Verdict
  files?: readonly FileRef[]
  /** `choose`: the chosen entry as it is served now; null when it no longer is. */
  chosen?: BodyOf<'answered'> | null
  /** `judge`, `correct`, `redact`: the entry that the command names. */
  target?: StoredEntry | null
  /** `redact`: entries that repeat the words of the one that it names. */
  echoes?: readonly StoredEntry[]
  /** `offer`, `consult`, `route`, `assign`: whom it names; null for nobody of the directory. */
  to?: Addressee | null
  /** `reopen`: the owner still works as an officer. */
  ownerActive?: boolean
  /** Days after a resolution or close within which it may be rated and reopened. */
  reopenDays: number
}

/** A decision: what to write, or a “no”, or nothing to write and which entry to name. */
export type Decision = readonly Draft[] | Refusal | { named: number }

type States = readonly ThreadState[]

export interface Rule<T extends CommandType> {
  /** By role alone, or where somebody was asked by name. */
  roles: readonly Role[] | ((thread: Thread, who: Caller) => boolean)
  /** In which states, by the caller's role and what else must be open. */
  states: States | ((role: Role, thread: Thread) => States) | 'any'
  /** Who among those who see it may do it; a code where this one may not. */
  holder?(thread: Thread, who: Caller, command: CommandOf<T>): RefusalCode | null
  make(thread: Thread, command: CommandOf<T>, who: Caller, facts: Facts): Decision
}

export const BOT: Author = { role: 'bot', id: 'bot', name: '机器解答' }
export const SYSTEM: Author = { role: 'system', id: 'system' }

/** The author of a caller's entry: staff under their name, an enterprise's person by id alone. */
export const authorOf = (who: Caller): Author =>
  who.role === 'enterprise'
    ? { role: who.role, id: who.id }
    : { role: who.role, id: who.id, name: who.name }

export const personOf = (who: Caller): Person =>
  who.role === 'enterprise' || who.desk === undefined
    ? { id: who.id, name: who.name }
    : { id: who.id, name: who.name, desk: who.desk }

export const onlyOwner = (thread: Thread, who: Caller): RefusalCode | null =>
  thread.owner?.id === who.id ? null : 'not-owner'

/** As a body names an addressee: never oneself, never one's own desk. */
export function targetOf(to: Addressee | null | undefined, who: Caller): Target | null {
  if (!to) return null
  if (to.desk)
    return who.role !== 'enterprise' && to.desk.id === who.desk ? null : { desk: to.desk }
  return to.person.id === who.id ? null : { person: to.person }
}

export const threadOf = (command: Command) => ('thread' in command ? command.thread : undefined)
