import { z } from 'zod'
import { ackSchema, type Command } from './commands.ts'
import { authorSchema, type entrySchema } from './entries.ts'
import { meSchema, summarySchema } from './http.ts'
import { opaqueId } from './ids.ts'
import { REFUSAL_CODES } from './refusals.ts'

export const SUBPROTOCOL = 'shouwen.v1'
export const TOKEN_SUBPROTOCOL = 'shouwen.token.'

/** Numbers that both sides keep to; sent in `welcome`. */
export const LIMITS = {
  /** Bytes of a client's frame. */
  frame: 64 * 1024,
  text: 4000,
  files: 9,
  fileSize: 20 * 1024 * 1024,
  framesPerSecond: 20,
  burst: 100,
  socketsPerPerson: 20,
  watches: 100,
  resume: 50,
  /** Entries between two `watched`. */
  page: 200,
  /** Seconds. */
  ping: 25,
  silence: 60,
  hello: 10,
} as const

const seq = z.int().min(0)

/** Client frames that are not commands. */
export const CONTROL_FRAMES = {
  hello: z.object({
    type: z.literal('hello'),
    v: z.literal(1),
    token: z.string().max(8192).optional(),
    resume: z
      .record(opaqueId, seq)
      .refine((threads) => Object.keys(threads).length <= LIMITS.resume, 'names too many threads')
      .optional(),
  }),
  watch: z.object({ type: z.literal('watch'), thread: opaqueId, after: seq.optional() }),
  unwatch: z.object({ type: z.literal('unwatch'), thread: opaqueId }),
  read: z.object({ type: z.literal('read'), thread: opaqueId, seq: z.int().min(1) }),
  typing: z.object({ type: z.literal('typing'), thread: opaqueId }),
  ping: z.object({ type: z.literal('ping') }),
} as const
export type ControlType = keyof typeof CONTROL_FRAMES
export type ControlFrame = { [T in ControlType]: z.infer<(typeof CONTROL_FRAMES)[T]> }[ControlType]
export type ControlOf<T extends ControlType> = z.infer<(typeof CONTROL_FRAMES)[T]>
export type ClientFrame = ControlFrame | Command

export const isControlType = (type: unknown): type is ControlType =>
  typeof type === 'string' && Object.hasOwn(CONTROL_FRAMES, type)

export const serverFrameSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    me: meSchema,
    now: z.string(),
    limits: z.record(z.string(), z.number()),
    threads: z.array(summarySchema),
    desks: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  z.object({ type: z.literal('watched'), thread: z.string(), seq: z.int(), head: z.int() }),
  ackSchema.extend({ type: z.literal('ack') }),
  z.object({
    type: z.literal('refused'),
    id: z.string().optional(),
    thread: z.string().optional(),
    code: z.enum(REFUSAL_CODES),
    message: z.string(),
    retryAfter: z.number().optional(),
  }),
  z.object({ type: z.literal('queue'), op: z.enum(['put', 'drop']), thread: summarySchema }),
  z.object({ type: z.literal('typing'), thread: z.string(), by: authorSchema }),
  z.object({ type: z.literal('read'), thread: z.string(), seq: z.int(), by: authorSchema }),
  z.object({ type: z.literal('pong') }),
  z.object({ type: z.literal('bye'), code: z.string() }),
])
/** `entry` frames carry the entry's own fields beside `type`. */
export type ServerFrame =
  | z.infer<typeof serverFrameSchema>
  | ({ type: 'entry' } & z.infer<typeof entrySchema>)
