import type { Caller } from '../protocol/caller.ts'
import { CONTROL_FRAMES, LIMITS } from '../protocol/frames.ts'
import { CLOSE, isRefusal, type Refusal, refuse } from '../protocol/refusals.ts'
import type { Frame } from './frame.ts'
import type { Session } from './session.ts'
import { welcome } from './welcome.ts'

/**
 * Who is speaking, in the order of checks of the contract: identity, limits, shape. The first
 * `hello` makes the caller; a later one renews a token, and a bad one then changes nothing.
 */
export async function hello(session: Session, frame: Frame): Promise<void> {
  if (session.isOver) return
  const isFirst = session.caller === null
  const caller = await callerOf(session, frame.token)
  if (session.isOver) return
  if (isRefusal(caller)) {
    const isAway = caller.refused === 'unavailable'
    return refused(session, caller, isAway ? CLOSE.overloaded : CLOSE.notIdentified)
  }
  if (session.caller !== null && session.caller.id !== caller.id) {
    session.close(CLOSE.notAllowed, 'not-allowed')
    return
  }
  if (!session.allows(caller, {})) return
  const parsed = CONTROL_FRAMES.hello.safeParse(frame)
  if (!parsed.success) return refused(session, refuse('bad-request'), CLOSE.malformed)
  if (isFirst && !session.shared.enter(caller.id, session)) {
    const tooMany = refuse('too-fast', { retryAfter: LIMITS.silence })
    return refused(session, tooMany, CLOSE.tooFast)
  }
  session.caller = caller
  await welcome(session, caller, parsed.data.resume ?? {})
}

/** A “no” to the first `hello` ends the socket, because nobody stands behind it. */
function refused(session: Session, refusal: Refusal, code: number): void {
  session.refuse(refusal, {})
  if (session.caller === null) session.close(code)
}

async function callerOf({ shared, caller, opened }: Session, token: unknown) {
  const given = token ?? (caller === null ? opened.token : undefined)
  if (given === undefined) return caller ?? opened.staff ?? refuse('not-signed-in')
  if (typeof given !== 'string') return refuse('token-invalid')
  return shared.identify(given, shared.services.now()) as Promise<Caller | Refusal>
}
