import { z } from 'zod'
import { commandId, deskId, opaqueId, words } from './ids.ts'
import {
  CLOCK_NAMES,
  type CommandType,
  OUTCOMES,
  PAUSE_GROUNDS,
  THREAD_KINDS,
} from './vocabulary.ts'

/** Longest text of a message, in code points. */
export const TEXT_MAX = 4000
const REASON_MAX = 1000
export const FILES_MAX = 9

const text = words(TEXT_MAX)
const reason = words(REASON_MAX)
/** Optional words: a field that was left empty is one that was left out. */
const perhaps = (schema: typeof text) =>
  z.union([schema, z.literal('').transform(() => undefined)]).optional()
const files = z.array(opaqueId).max(FILES_MAX)
const seq = z.int().min(1)
const onThread = { id: commandId, thread: opaqueId }
/** A person or a desk of the directory. */
const target = z.union([deskId, opaqueId])

/** What each command carries; the discriminated union below and every type derive from it. */
export const COMMANDS = {
  ask: z.object({
    type: z.literal('ask'),
    id: commandId,
    text,
    files: files.optional(),
    kind: z.enum(THREAD_KINDS).default('consult'),
  }),
  say: z
    .object({ type: z.literal('say'), ...onThread, text: perhaps(text), files: files.optional() })
    .refine((c) => c.text !== undefined || (c.files?.length ?? 0) > 0, 'needs text or files'),
  choose: z.object({ type: z.literal('choose'), ...onThread, faq: opaqueId.nullable() }),
  judge: z.object({ type: z.literal('judge'), ...onThread, seq, helpful: z.boolean() }),
  escalate: z.object({ type: z.literal('escalate'), ...onThread, note: perhaps(text) }),
  cancel: z.object({ type: z.literal('cancel'), ...onThread }),
  claim: z.object({ type: z.literal('claim'), ...onThread }),
  route: z.object({ type: z.literal('route'), ...onThread, to: deskId, reason }),
  note: z.object({ type: z.literal('note'), ...onThread, text }),
  offer: z.object({ type: z.literal('offer'), ...onThread, to: target, reason }),
  accept: z.object({ type: z.literal('accept'), ...onThread }),
  decline: z.object({ type: z.literal('decline'), ...onThread, reason }),
  withdraw: z.object({ type: z.literal('withdraw'), ...onThread }),
  consult: z.object({ type: z.literal('consult'), ...onThread, to: target, text }),
  opine: z.object({
    type: z.literal('opine'),
    ...onThread,
    text,
    public: z.boolean().default(false),
  }),
  pause: z.object({
    type: z.literal('pause'),
    ...onThread,
    clock: z.enum(CLOCK_NAMES),
    ground: z.enum(PAUSE_GROUNDS),
  }),
  resume: z.object({ type: z.literal('resume'), ...onThread, clock: z.enum(CLOCK_NAMES) }),
  correct: z.object({ type: z.literal('correct'), ...onThread, seq, text }),
  notice: z.object({
    type: z.literal('notice'),
    ...onThread,
    items: z.array(words(500)).min(1).max(50),
    steps: z.array(words(500)).max(50),
    window: words(500),
    limit: words(500),
    reason: perhaps(reason),
  }),
  resolve: z.object({
    type: z.literal('resolve'),
    ...onThread,
    outcome: z.enum(OUTCOMES),
    summary: text,
  }),
  rate: z.object({
    type: z.literal('rate'),
    ...onThread,
    grade: z.int().min(1).max(5),
    comment: perhaps(reason),
  }),
  'call-back': z.object({ type: z.literal('call-back'), ...onThread, text }),
  reopen: z.object({ type: z.literal('reopen'), ...onThread, text }),
  remind: z.object({ type: z.literal('remind'), ...onThread }),
  supervise: z.object({
    type: z.literal('supervise'),
    ...onThread,
    text,
    due: z.iso.datetime().optional(),
  }),
  assign: z.object({ type: z.literal('assign'), ...onThread, to: opaqueId, reason }),
  redact: z.object({ type: z.literal('redact'), ...onThread, seq, ground: reason }),
} as const satisfies Record<CommandType, z.ZodType>

type Commands = { [T in CommandType]: z.infer<(typeof COMMANDS)[T]> }
/** A parsed command; `CommandOf<'claim'>` narrows to one. */
export type Command = Commands[CommandType]
export type CommandOf<T extends CommandType> = Commands[T]
/** What a client may send: defaults left out. */
export type CommandInput = { [T in CommandType]: z.input<(typeof COMMANDS)[T]> }[CommandType]

const anyCommand = Object.values(COMMANDS) as unknown as readonly [
  z.ZodType<Command>,
  ...z.ZodType<Command>[],
]
/** For the OpenAPI page and for parsing a body whose type is not yet known. */
export const commandSchema = z.union(anyCommand)

export const isCommandType = (type: unknown): type is CommandType =>
  typeof type === 'string' && Object.hasOwn(COMMANDS, type)

export const ackSchema = z.object({ id: z.string(), thread: z.string(), seq: z.int() })
export type Ack = z.infer<typeof ackSchema>
