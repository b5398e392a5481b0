/**
 * Every closed list of the product. Database enums, wire schemas, types and the interface's
 * wording derive from these arrays; a word that is not here does not exist.
 */

export const THREAD_KINDS = ['consult'] as const
export type ThreadKind = (typeof THREAD_KINDS)[number]

export const THREAD_STATES = ['answering', 'waiting', 'held', 'resolved', 'closed'] as const
export type ThreadState = (typeof THREAD_STATES)[number]

/** The states in which somebody may still be waiting for somebody. */
export const OPEN_STATES = ['answering', 'waiting', 'held', 'resolved'] as const

export const STAFF_ROLES = ['officer', 'supervisor', 'curator', 'admin'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

export const ROLES = ['enterprise', ...STAFF_ROLES] as const
export type Role = (typeof ROLES)[number]

/** Who can stand as the author of an entry. */
export const AUTHOR_ROLES = [...ROLES, 'bot', 'system'] as const
export type AuthorRole = (typeof AUTHOR_ROLES)[number]

export const ENTRY_KINDS = [
  'asked',
  'answered',
  'offered',
  'replied',
  'escalated',
  'claimed',
  'routed',
  'said',
  'noted',
  'judged',
  'handover-offered',
  'handover-accepted',
  'handover-declined',
  'handover-withdrawn',
  'handover-lapsed',
  'opinion-asked',
  'opinion-given',
  'clock-paused',
  'clock-resumed',
  'clock-scheduled',
  'corrected',
  'notice-given',
  'resolved',
  'rated',
  'called-back',
  'reopened',
  'reminded',
  'supervised',
  'assigned',
  'released',
  'overdue',
  'redacted',
  'closed',
] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

/**
 * Kinds that an enterprise only ever sees sealed. `opinion-given` joins them unless public;
 * `corrected`, `overdue` and `redacted` follow the entry that they concern.
 */
export const SEALED_KINDS = [
  'noted',
  'opinion-asked',
  'supervised',
  'handover-offered',
  'handover-declined',
  'handover-withdrawn',
  'handover-lapsed',
] as const satisfies readonly EntryKind[]

export const COMMAND_TYPES = [
  'ask',
  'say',
  'choose',
  'judge',
  'escalate',
  'cancel',
  'claim',
  'route',
  'note',
  'offer',
  'accept',
  'decline',
  'withdraw',
  'consult',
  'opine',
  'pause',
  'resume',
  'correct',
  'notice',
  'resolve',
  'rate',
  'call-back',
  'reopen',
  'remind',
  'supervise',
  'assign',
  'redact',
] as const
export type CommandType = (typeof COMMAND_TYPES)[number]

export const OUTCOMES = ['answered', 'referred', 'handled', 'withdrawn'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Why the bot did not answer, or why a thread went to a person. */
export const REASONS = [
  'asked',
  'no-match',
  'unsure',
  'case',
  'legal',
  'emergency',
  'complaint',
  'other-department',
  'secret',
  'chat',
  'abuse',
] as const
export type Reason = (typeof REASONS)[number]

export const DECISIONS = ['answer', 'choose', 'reply', 'escalate'] as const
export type DecisionType = (typeof DECISIONS)[number]

export const PAUSE_GROUNDS = [
  'materials',
  'survey',
  'expert-review',
  'other-department',
  'force-majeure',
] as const
export type PauseGround = (typeof PAUSE_GROUNDS)[number]

export const CLOCK_NAMES = [
  'first-reply',
  'next-reply',
  'resolution',
  'handover',
  'reminder',
  'supervision',
  'call-back',
] as const
export type ClockName = (typeof CLOCK_NAMES)[number]

/** Clocks whose starting entry is sealed: an enterprise does not see them in a summary. */
export const SEALED_CLOCKS = ['handover', 'supervision'] as const satisfies readonly ClockName[]

/** Clocks that may be paused; an answer to a reminder or an order is never put off. */
export const PAUSABLE_CLOCKS = [
  'first-reply',
  'next-reply',
  'resolution',
] as const satisfies readonly ClockName[]

export const CLOCK_STATES = [
  'running',
  'paused',
  'met',
  'overdue',
  'missed',
  'unscheduled',
  'ended',
] as const
export type ClockState = (typeof CLOCK_STATES)[number]

/** How far word of a thread has gone up: half and 80 % of its limit gone, late, its owner late. */
export const ALERT_LEVELS = ['half', 'most', 'overdue', 'silent', 'emergency'] as const
export type AlertLevel = (typeof ALERT_LEVELS)[number]

export const DUTY_PERIODS = ['day', 'night'] as const
export type DutyPeriod = (typeof DUTY_PERIODS)[number]

export const LIMIT_UNITS = [
  'working-minutes',
  'working-hours',
  'working-days',
  'hours',
  'days',
] as const
export type LimitUnit = (typeof LIMIT_UNITS)[number]

export const BASIS_STATUS = ['current', 'trial', 'history', 'repealed'] as const
export type BasisStatus = (typeof BASIS_STATUS)[number]

export const FAQ_STATUS = ['draft', 'review', 'published', 'retired'] as const
export type FaqStatus = (typeof FAQ_STATUS)[number]

export const VIEWS = ['mine', 'waiting', 'overdue', 'desk', 'all'] as const
export type View = (typeof VIEWS)[number]

export const LOCALES = ['zh', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** What the audit tells: looks, refusals, sign-ins and what was done to the system itself. */
export const AUDIT_ACTS = [
  'list-read',
  'thread-read',
  'entries-read',
  'record-read',
  'file-read',
  'thread-watched',
  'access-refused',
  'signed-in',
  'sign-in-failed',
  'signed-out',
  'staff-created',
  'staff-disabled',
  'staff-enabled',
  'role-changed',
  'password-reset',
  'account-unlocked',
  'second-factor-given',
  'second-factor-cleared',
  'faq-withdrawn',
  'faq-restored',
  'slot-changed',
  'calendar-imported',
  'limits-set',
  'desk-changed',
  'roster-changed',
  'leave-changed',
  'standing-changed',
  'records-exported',
  'rows-exported',
  'audit-exported',
  'webhook-added',
  'webhook-rotated',
  'webhook-paused',
  'webhook-resumed',
  'webhook-removed',
  'webhook-retried',
] as const
export type AuditAct = (typeof AUDIT_ACTS)[number]

/** Who stands in the audit: staff, whoever has the shell of the server, or nobody known. */
export const AUDIT_ROLES = [...STAFF_ROLES, 'operator', 'nobody'] as const

/** Who is told of something outside: the asker through the host platform, or the bureau's people. */
export const AUDIENCES = ['enterprise', 'staff'] as const
export type Audience = (typeof AUDIENCES)[number]

/** What somebody waits for, and is told of through a webhook although no page is open. */
export const EVENTS = [
  'promised',
  'claimed',
  'first-reply',
  'reply',
  'notice',
  'paused',
  'resumed',
  'handover',
  'corrected',
  'resolved',
  'call-back',
  'closed',
  'breach',
  'urgent',
  'waiting',
  'alert',
  'reminder',
  'order',
  'bad-rating',
  'reopened',
  'offer',
  'offer-answered',
  'opinion-asked',
  'opinion-given',
  'assigned',
  'released',
] as const
export type Event = (typeof EVENTS)[number]
