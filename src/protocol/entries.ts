import { z } from 'zod'
import { opaqueId } from './ids.ts'
import {
  ALERT_LEVELS,
  AUTHOR_ROLES,
  BASIS_STATUS,
  CLOCK_NAMES,
  ENTRY_KINDS,
  type EntryKind,
  LIMIT_UNITS,
  OUTCOMES,
  PAUSE_GROUNDS,
  REASONS,
  THREAD_KINDS,
} from './vocabulary.ts'

const time = z.string()
const seq = z.int().min(1)
const text = z.string()

export const enterpriseSchema = z.object({
  uscc: text,
  name: text,
  district: text.optional(),
  industry: text.optional(),
  park: text.optional(),
})
export type Enterprise = z.infer<typeof enterpriseSchema>

export const basisSchema = z.object({
  title: text,
  number: text.nullable().optional(),
  article: text.nullable().optional(),
  issuer: text.nullable().optional(),
  effective: text.nullable().optional(),
  status: z.enum(BASIS_STATUS),
  verified: text.optional(),
})
export type Basis = z.infer<typeof basisSchema>

export const referSchema = z.object({ to: text, text })
export type Refer = z.infer<typeof referSchema>

export const limitSchema = z.object({
  number: z.number(),
  unit: z.enum(LIMIT_UNITS),
  ground: text,
  version: text,
})

/** One promise, as it stood when its entry was written; `n` counts the clocks of that name. */
export const clockFactSchema = z.object({
  name: z.enum(CLOCK_NAMES),
  n: z.int().min(1),
  startedAt: time,
  dueAt: time.optional(),
  metAt: time.optional(),
  pausedAt: time.optional(),
  pauseGround: z.enum(PAUSE_GROUNDS).optional(),
  /** When a pause ends by itself. */
  pauseEndsAt: time.optional(),
  /** Pauses that are over; `dueAt` was moved by each. */
  pauses: z
    .array(z.object({ from: time, to: time, ground: z.enum(PAUSE_GROUNDS).optional() }))
    .optional(),
  endedAt: time.optional(),
  /** When half and 80 % of a first reply's limit will be gone. */
  marks: z.object({ half: time, most: time }).optional(),
  limit: limitSchema,
  calendar: text,
})
export type ClockFact = z.infer<typeof clockFactSchema>

export const fileRefSchema = z.object({ id: opaqueId, name: text, type: text, size: z.int() })
export type FileRef = z.infer<typeof fileRefSchema>

export const personSchema = z.object({ id: opaqueId, name: text, desk: text.optional() })
export type Person = z.infer<typeof personSchema>

const targetSchema = z.object({
  person: personSchema.optional(),
  desk: z.object({ id: text, name: text }).optional(),
})
export type Target = z.infer<typeof targetSchema>

const files = z.array(fileRefSchema)
/** Says that the entry concerned is one that an enterprise may not read, so this one is neither. */
const sealed = z.literal(true).optional()
const emergency = {
  urgent: z.literal(true).optional(),
  card: text.optional(),
  /** Who is on duty and was rung. */
  duty: z.array(personSchema).optional(),
}
/** Word of a thread that nobody took, or whose owner is late, and who was told. */
const alertSchema = z.object({
  level: z.enum(ALERT_LEVELS),
  clock: z.enum(CLOCK_NAMES),
  n: z.int(),
  to: z.array(personSchema),
})

const body = <S extends z.ZodRawShape>(shape: S) =>
  z.object({ ...shape, clocks: z.array(clockFactSchema).optional() })

/** The body of each kind; every one may also carry the clocks that it starts, moves or ends. */
export const BODIES = {
  asked: body({
    text,
    files: files.optional(),
    enterprise: enterpriseSchema,
    kind: z.enum(THREAD_KINDS),
  }),
  answered: body({
    faq: text,
    version: z.int(),
    question: text,
    answer: text,
    basis: z.array(basisSchema),
    confidence: z.number(),
  }),
  offered: body({
    choices: z.array(z.object({ id: text, question: text })),
    confidence: z.number(),
  }),
  replied: body({ reason: z.enum(REASONS), text, refer: referSchema.optional() }),
  escalated: body({
    reason: z.enum(REASONS),
    note: text.optional(),
    desk: text,
    topic: text.optional(),
    promise: z.object({ text, dueAt: time.optional() }).optional(),
    /** The enterprise's standing officer, or who stands in: told first. */
    standing: personSchema.optional(),
    ...emergency,
  }),
  claimed: body({ first: z.boolean() }),
  routed: body({ to: targetSchema, reason: text }),
  said: body({ text: text.optional(), files: files.optional(), ...emergency }),
  noted: body({ text, alert: alertSchema.optional() }),
  judged: body({ seq, helpful: z.boolean() }),
  'handover-offered': body({ to: targetSchema, reason: text }),
  'handover-accepted': body({ desk: text }),
  'handover-declined': body({ reason: text }),
  'handover-withdrawn': body({}),
  'handover-lapsed': body({}),
  'opinion-asked': body({ to: targetSchema, text }),
  'opinion-given': body({ text, public: z.boolean() }),
  'clock-paused': body({
    clock: z.enum(CLOCK_NAMES),
    ground: z.enum(PAUSE_GROUNDS),
    until: time.optional(),
  }),
  'clock-resumed': body({ clock: z.enum(CLOCK_NAMES) }),
  'clock-scheduled': body({}),
  corrected: body({ seq, text, sealed, ...emergency }),
  'notice-given': body({
    items: z.array(text),
    steps: z.array(text),
    window: text,
    limit: text,
    reason: text.optional(),
  }),
  resolved: body({ outcome: z.enum(OUTCOMES), summary: text }),
  rated: body({ grade: z.int(), comment: text.optional() }),
  'called-back': body({ text }),
  reopened: body({ text, owner: personSchema.optional(), desk: text, ...emergency }),
  reminded: body({}),
  supervised: body({ text, due: time.optional() }),
  assigned: body({ to: targetSchema }),
  released: body({ desk: text, reason: text }),
  overdue: body({ clock: z.enum(CLOCK_NAMES), n: z.int().optional(), dueAt: time, sealed }),
  redacted: body({ seq, ground: text, kept: z.record(z.string(), z.unknown()), sealed }),
  closed: body({ outcome: z.enum(OUTCOMES) }),
} as const satisfies Record<EntryKind, z.ZodType>

export type BodyOf<K extends EntryKind> = z.infer<(typeof BODIES)[K]>

export const authorSchema = z.object({
  role: z.enum(AUTHOR_ROLES),
  id: opaqueId,
  name: text.optional(),
})
/** Staff act under their name; an enterprise's person has none here, so that it can be forgotten. */
export type Author = z.infer<typeof authorSchema>

const placed = { thread: text, seq, at: time }
const linked = { prev: text, hash: text }

export const openEntrySchema = z.object({
  ...placed,
  kind: z.enum(ENTRY_KINDS),
  by: authorSchema,
  body: z.record(z.string(), z.unknown()),
  salt: text,
  ...linked,
  name: text.optional(),
})
export const redactedEntrySchema = z.object({
  ...placed,
  kind: z.enum(ENTRY_KINDS),
  by: authorSchema,
  content: text,
  ...linked,
  name: text.optional(),
})
export const maskedEntrySchema = openEntrySchema.omit({ salt: true }).extend({
  masked: z.literal(true),
  content: text,
})
export const sealedEntrySchema = z.object({
  ...placed,
  kind: z.literal('sealed'),
  content: text,
  ...linked,
})
/** An entry as some reader gets it: whole, redacted, masked or sealed. */
export const entrySchema = z.union([
  sealedEntrySchema,
  maskedEntrySchema,
  openEntrySchema,
  redactedEntrySchema,
])

interface Placed {
  thread: string
  seq: number
  at: string
}
interface Linked {
  prev: string
  hash: string
}
/** A whole entry as it is stored; narrowing on `kind` gives the body's type. */
export type Entry<K extends EntryKind = EntryKind> = {
  [Kind in K]: Placed & { kind: Kind; by: Author; body: BodyOf<Kind>; salt: string } & Linked & {
      content: string
    }
}[K]
/** A stored entry whose body and salt were taken away; its digest stays. */
export type RedactedEntry = Placed &
  Linked & {
    kind: EntryKind
    by: Author
    body: null
    salt: null
    content: string
    /** Whether it was sealed, where its kind alone does not tell; null in older rows. */
    sealed?: boolean | null
  }
export type StoredEntry = Entry | RedactedEntry
export type EntryView = z.infer<typeof entrySchema>
