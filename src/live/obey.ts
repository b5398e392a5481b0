import { perform } from '../actions/perform.ts'
import type { Caller } from '../protocol/caller.ts'
import { CONTROL_FRAMES, type ControlFrame, isControlType } from '../protocol/frames.ts'
import { isRefusal, refuse } from '../protocol/refusals.ts'
import type { Frame } from './frame.ts'
import type { Session } from './session.ts'

/** Does what a frame of a known caller says, or says why not. */
export async function obey(session: Session, frame: Frame | null, caller: Caller): Promise<void> {
  if (frame === null) return session.refuse(refuse('bad-request'), {})
  if (isControlType(frame.type)) {
    const parsed = CONTROL_FRAMES[frame.type].safeParse(frame)
    const no = parsed.success
      ? await session.reader.control(parsed.data as ControlFrame)
      : refuse('bad-request')
    if (!no) return
    session.refuse(no, frame)
    session.shared.services.audit.refused(caller, no, frame.type, frame.thread)
    return
  }
  // also an unknown type: a known id gets its ack whatever its content
  const result = await perform(session.shared.services, frame, caller)
  if (isRefusal(result)) session.refuse(result, frame)
  else session.send({ type: 'ack', ...result })
}
