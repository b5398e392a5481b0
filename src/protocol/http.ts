import { z } from 'zod'
import {
  basisSchema,
  clockFactSchema,
  enterpriseSchema,
  entrySchema,
  limitSchema,
  personSchema,
  referSchema,
} from './entries.ts'
import { REFUSAL_CODES } from './refusals.ts'
import {
  ALERT_LEVELS,
  CLOCK_STATES,
  DECISIONS,
  OUTCOMES,
  REASONS,
  ROLES,
  THREAD_KINDS,
  THREAD_STATES,
} from './vocabulary.ts'

export type { Enterprise } from './entries.ts'

const text = z.string()

export const meSchema = z.object({
  id: text,
  name: text,
  role: z.enum(ROLES),
  desk: text.optional(),
  desks: z.array(text).optional(),
  enterprise: enterpriseSchema.optional(),
})
export type Me = z.infer<typeof meSchema>

export const clockSummarySchema = clockFactSchema
  .pick({ name: true, startedAt: true, dueAt: true, metAt: true })
  .extend({ state: z.enum(CLOCK_STATES), limit: limitSchema.optional() })
export type ClockSummary = z.infer<typeof clockSummarySchema>

export const summarySchema = z.object({
  id: text,
  kind: z.enum(THREAD_KINDS),
  state: z.enum(THREAD_STATES),
  desk: text.optional(),
  enterprise: enterpriseSchema,
  question: text.meta({ description: 'the first 120 characters of the question' }),
  urgent: z.literal(true).optional(),
  firstResponder: personSchema.optional(),
  owner: personSchema.optional(),
  seq: z.int(),
  read: z.int().meta({ description: 'the highest seq that this caller has marked as read' }),
  clocks: z.array(clockSummarySchema),
  standing: text
    .optional()
    .meta({ description: 'id of the standing officer to whom a waiting thread went first' }),
  alert: z
    .object({ level: z.enum(ALERT_LEVELS), at: text, to: z.array(text) })
    .optional()
    .meta({
      description: 'staff only: how far word of it has gone up, and the ids of who was told',
    }),
  rating: z.int().optional(),
  outcome: z.enum(OUTCOMES).optional(),
  openedAt: text,
  at: text.meta({ description: 'time of the newest entry' }),
})
export type Summary = z.infer<typeof summarySchema>

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: text.optional() })

export const entriesPageSchema = z.object({ items: z.array(entrySchema), next: z.int().optional() })

export const faqHitSchema = z.object({
  id: text,
  version: z.int(),
  question: text,
  answer: text,
  basis: z.array(basisSchema),
  score: z.number(),
})
export type FaqHit = z.infer<typeof faqHitSchema>

export const explainSchema = z.object({
  why: z
    .object({ code: text, text, rule: text.optional() })
    .meta({ description: 'what settled the decision, also in words' }),
  thresholds: z.object({ answer: z.number(), choose: z.number() }).meta({
    description: 'the confidence from which it answers, and from which it offers choices',
  }),
  second: z
    .object({
      id: text,
      behind: z.number(),
      differences: z.array(
        z.object({ feature: text, first: z.number(), second: z.number(), by: z.number() }),
      ),
      text,
    })
    .optional()
    .meta({ description: 'why not the second: how the first two differ, the largest first' }),
  rules: z.array(z.object({ id: text, reason: text })),
  candidates: z.array(
    z.object({
      id: text,
      score: z.number(),
      confidence: z.number(),
      features: z.record(text, z.number()),
      signals: z
        .record(text, z.number())
        .meta({ description: 'what the confidence was judged by' }),
      version: z.int().optional(),
      question: text.optional(),
      answer: text.optional(),
      basis: z.array(basisSchema).optional(),
    }),
  ),
})
export type Explain = z.infer<typeof explainSchema>

export const faqSearchSchema = z.object({
  decision: z.enum(DECISIONS),
  reason: z.enum(REASONS).optional(),
  confidence: z.number(),
  text: text.optional(),
  refer: referSchema.optional(),
  hits: z.array(faqHitSchema),
  explain: explainSchema.optional(),
})
export type FaqSearch = z.infer<typeof faqSearchSchema>

export const suggestionSchema = z.object({ id: text, question: text })

export const directorySchema = z.object({
  desks: z.array(z.object({ id: text, name: text })),
  people: z.array(personSchema),
})
export type Directory = z.infer<typeof directorySchema>

export const fileSchema = z.object({
  id: text,
  name: text,
  type: text,
  size: z.int(),
  sha256: text,
})

export const problemSchema = z.object({
  type: text,
  title: text,
  status: z.int(),
  code: z.enum(REFUSAL_CODES),
  message: text,
  detail: text.optional(),
  retryAfter: z.number().optional(),
})

export const signInSchema = z.object({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
  otp: z.string().max(16).optional(),
})

const hex = z.string().regex(/^[0-9a-f]{64}$/)

/** The heads of all threads that changed on one day (Asia/Shanghai), signed by the bureau's key. */
export const sealSchema = z.object({
  day: z.iso.date(),
  n: z.int().min(1).meta({ description: 'threads that it covers' }),
  root: hex.meta({ description: 'RFC 6962 Merkle root over `thread:seq:hash`, by thread id' }),
  prev: hex.meta({ description: 'SHA-256 of the canonical JSON of the seal before' }),
  signature: text.meta({
    description: 'Ed25519 over the canonical JSON of `{day, n, root, prev}`',
  }),
})
export type Seal = z.infer<typeof sealSchema>

/** Shows that a seal covers a thread as it was at the end of that day. */
export const proofSchema = z.object({
  seal: sealSchema,
  leaf: text.meta({ description: '`thread:seq:hash`' }),
  index: z.int().min(0),
  path: z.array(hex).max(64),
})
export type Proof = z.infer<typeof proofSchema>

/** An offline-checkable copy of one thread, as `npm run verify` reads it. */
export const recordFileSchema = z.object({
  v: z.literal(1),
  thread: text,
  items: z.array(entrySchema),
  seals: z.array(proofSchema).optional(),
})

const ratioSchema = z
  .object({ n: z.int(), of: z.int(), rate: z.number().nullable() })
  .meta({ description: 'numerator, denominator, and their quotient: null where `of` is 0' })
const spreadSchema = z
  .object({ n: z.int(), p50: z.int().nullable(), p90: z.int().nullable(), sum: z.int() })
  .meta({ description: 'minutes, full ones, rounded up; `n` is how many there were' })
const figuresSchema = z.object({
  threads: z.int().meta({ description: 'threads that any of the figures counts' }),
  figures: z
    .record(
      text,
      z.union([ratioSchema, z.object({ working: spreadSchema, elapsed: spreadSchema })]),
    )
    .meta({ description: 'by the name of their definition; shares, or working and elapsed time' }),
})
const wordingSchema = z.object({ name: text, text })

/** Figures of a period, each with how it is counted. */
export const reportSchema = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  at: text.meta({ description: 'when it was counted; later entries are not in it' }),
  calendar: text.meta({ description: 'version of the calendar that working time goes by' }),
  total: figuresSchema,
  groups: z.array(
    figuresSchema.extend({
      key: text.nullable().meta({ description: 'date, month or id; null for what has none' }),
      name: text.optional().meta({ description: 'of an officer, as the record last has it' }),
    }),
  ),
  definitions: z.array(
    z.object({
      name: text,
      kind: z.enum(['ratio', 'time']),
      zh: wordingSchema,
      en: wordingSchema,
    }),
  ),
})
export type ReportView = z.infer<typeof reportSchema>

/** The threads that a figure is made of. */
export const behindSchema = z.object({
  total: z.int().meta({ description: 'threads in all' }),
  items: z.array(summarySchema).meta({
    description: 'the newest, as they stand now; without those that went to where one may not look',
  }),
})
export type BehindView = z.infer<typeof behindSchema>

/** Who had a thread when, one stretch after the other. */
export const chainSchema = z.object({
  items: z.array(
    z.object({
      state: z.enum(THREAD_STATES),
      from: text,
      to: text.optional().meta({ description: 'none while it lasts' }),
      desk: text.optional(),
      person: personSchema.optional(),
    }),
  ),
})
export type ChainView = z.infer<typeof chainSchema>
