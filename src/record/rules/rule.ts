import type { Caller } from '../../protocol/caller.ts'
import type { Command, CommandOf } from '../../protocol/commands.ts'
import type {
  Author,
  BodyOf,
  ClockFact,
  FileRef,
  Person,
  StoredEntry,
} from '../../protocol/entries.ts'
import type { Refusal, RefusalCode } from '../../protocol/refusals.ts'
import type {
  ClockName,
  CommandType,
  Reason,
  Role,
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

/** Starts and reads promises; built from the working calendar and the limits in force. */
export interface Clockwork {
  start(
    name: ClockName,
    n: number,
    at: Date,
    where: { kind: Thread['kind']; desk: string | null },
  ): ClockFact
  /** The promise in the enterprise's words. */
  promise(clock: ClockFact, desk: string, at: Date): NonNullable<BodyOf<'escalated'>['promise']>
}

/** What a decision needs to know beyond the thread; gathered by the action, never by a rule. */
export interface Facts {
  now: Date
  clockwork: Clockwork
  /** Where routing sends the newest question. */
  desk: string
  /** Set when the words of this command are an emergency: the card to show at once. */
  card?: string
  verdict?: Verdict
  files?: readonly FileRef[]
  /** `choose`: the chosen entry as it is served now; null when it no longer is. */
  chosen?: BodyOf<'answered'> | null
  /** `judge`, `correct`, `redact`: the entry that the command names. */
  target?: StoredEntry | null
  /** `reopen`: the owner still works as an officer. */
  ownerActive?: boolean
  /** Days after a resolution or close within which it may be rated and reopened. */
  reopenDays: number
}

/** A decision: what to write, or a “no”, or nothing to write and which entry to name. */
export type Decision = readonly Draft[] | Refusal | { named: number }

export interface Rule<T extends CommandType> {
  roles: readonly Role[]
  /** In which states, by the caller's role. */
  states: readonly ThreadState[] | ((role: Role) => readonly ThreadState[]) | 'any'
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

export const threadOf = (command: Command) => ('thread' in command ? command.thread : undefined)
