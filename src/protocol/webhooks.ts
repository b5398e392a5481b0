import { z } from 'zod'
import { AUDIENCES, ENTRY_KINDS, EVENTS } from './vocabulary.ts'

const text = z.string()
const time = z.string()

/** Whom the host platform reaches: a person, everybody in a role at a desk, or the night duty. */
export const recipientSchema = z.union([
  z.object({ person: text }),
  z.object({ desk: text, role: z.enum(['officer', 'supervisor']) }),
  z.object({ duty: z.literal(true) }),
])
export type Recipient = z.infer<typeof recipientSchema>

/** What a webhook carries (Standard Webhooks: `type`, `timestamp`, `data`). */
export const messageSchema = z.object({
  type: z.enum([...EVENTS, 'test']),
  timestamp: time.meta({ description: 'when it happened' }),
  data: z.object({
    audience: z.enum(AUDIENCES),
    thread: text,
    seq: z.int(),
    kind: z.enum(ENTRY_KINDS).optional(),
    enterprise: z.object({ uscc: text }).optional(),
    to: z.array(recipientSchema),
    urgent: z.literal(true).optional(),
    text: text.meta({ description: 'one line in Chinese, ready for a short message' }),
  }),
})
export type Message = z.infer<typeof messageSchema>

/** What became of a notification, as an admin reads it. */
export const deliverySchema = z.object({
  target: text,
  id: text.meta({ description: 'the `webhook-id` that its receiver knows it by' }),
  thread: text,
  seq: z.int(),
  audience: z.enum(AUDIENCES),
  event: z.enum(EVENTS),
  to: z.array(recipientSchema),
  at: time,
  tries: z.int(),
  triedAt: time.optional(),
  status: z.int().optional().meta({ description: 'HTTP status of the last try' }),
  error: text.optional(),
  dueAt: time.optional().meta({ description: 'the next try, while it waits' }),
  deliveredAt: time.optional(),
  deadAt: time.optional(),
})
export type Delivery = z.infer<typeof deliverySchema>

export const webhookSchema = z.object({
  id: text,
  url: text.meta({ description: 'without its query, which may be a secret' }),
  events: z.array(z.enum(EVENTS)).meta({ description: 'empty: all' }),
  allowPrivate: z.boolean(),
  createdAt: time,
  pausedAt: time.optional(),
  pausedWhy: z.enum(['admin', 'gone']).optional(),
  waiting: z.int(),
  dead: z.int(),
  deliveredAt: time.optional().meta({ description: 'the last delivery' }),
})
export type Webhook = z.infer<typeof webhookSchema>

export const newWebhookSchema = z.object({
  url: z.string().max(2048),
  events: z.array(z.enum(EVENTS)).max(EVENTS.length).default([]),
  allowPrivate: z.boolean().default(false),
})
export type NewWebhook = z.infer<typeof newWebhookSchema>
