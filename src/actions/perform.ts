import { isUnreachable } from '../db/faults.ts'
import type { Caller } from '../protocol/caller.ts'
import { type Ack, COMMANDS, type Command, isCommandType } from '../protocol/commands.ts'
import { commandId } from '../protocol/ids.ts'
import { isRefusal, type Refusal, refuse } from '../protocol/refusals.ts'
import { loadAck } from '../record/record-store.ts'
import { Unavailable } from '../record/writer.ts'
import { act } from './act.ts'
import { ask } from './ask.ts'
import type { Services } from './services.ts'

/** Milliseconds after which a caller is told `unavailable` rather than nothing. */
const PATIENCE = 15_000
/** Milliseconds before that in which an append may still be carried out, and told of in time. */
const MARGIN = 1_000

/**
 * One command of one caller, by whatever transport it came. Never throws: a fault of ours is
 * logged and answered `unavailable`, after which the same id may be sent again.
 */
export async function perform(
  services: Services,
  raw: unknown,
  who: Caller,
): Promise<Ack | Refusal> {
  const started = performance.now()
  const type = typeOf(raw)
  let result: Ack | Refusal
  try {
    result = await inTime(known(services, raw, who, started + PATIENCE - MARGIN))
  } catch (error) {
    if (!(error instanceof Unavailable) && !isUnreachable(error)) {
      services.log.error({ err: error, command: type }, 'a command failed')
    }
    result = refuse('unavailable')
  }
  const outcome = isRefusal(result) ? result.refused : 'ack'
  services.tally.command(type, outcome, (performance.now() - started) / 1000)
  if (isRefusal(result)) services.audit.refused(who, result, type, threadIn(raw))
  return result
}

const typeOf = (raw: unknown) => {
  const type = (raw as { type?: unknown } | null)?.type
  return isCommandType(type) ? type : 'unknown'
}

const threadIn = (raw: unknown) => (raw as { thread?: unknown } | null)?.thread

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable('took too long')), PATIENCE)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/**
 * A known id gets its first ack, whatever its content. Looking it up before every command would
 * cost a query each; the append finds it anyway, so only a “no” looks.
 */
async function known(
  services: Services,
  raw: unknown,
  who: Caller,
  until: number,
): Promise<Ack | Refusal> {
  const result = await run(services, raw, who, until)
  if (!isRefusal(result)) return result
  const id = commandId.safeParse((raw as { id?: unknown } | null)?.id)
  if (!id.success) return result
  const ack = await loadAck(services.db, who.id, id.data.toLowerCase())
  return ack ? { id: id.data, ...ack } : result
}

async function run(
  services: Services,
  raw: unknown,
  who: Caller,
  until: number,
): Promise<Ack | Refusal> {
  const command = parse(raw)
  if (isRefusal(command)) return command
  if (command.type !== 'ask') return act(services, command, who, until)
  return who.role === 'enterprise' ? ask(services, command, who, until) : refuse('not-allowed')
}

function parse(raw: unknown): Command | Refusal {
  const type = (raw as { type?: unknown } | null)?.type
  if (!isCommandType(type)) return refuse('bad-request', { detail: 'type' })
  const parsed = COMMANDS[type].safeParse(raw)
  if (parsed.success) return parsed.data
  return refuse('bad-request', { detail: parsed.error.issues[0]?.path.join('.') ?? '' })
}
