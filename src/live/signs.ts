import { type Refusal, refuse } from '../protocol/refusals.ts'
import { loadThread, markRead } from '../record/record-store.ts'
import { authorOf } from '../record/rules/rule.ts'
import { sightOf } from '../record/sight.ts'
import type { Thread } from '../record/thread.ts'
import type { Session } from './session.ts'

async function seen(session: Session, id: string): Promise<Thread | null> {
  const thread = await loadThread(session.shared.services.db, id)
  return thread && session.caller && sightOf(thread, session.caller) ? thread : null
}

/** Keeps how far a person has read, which only ever rises, and tells those who look on. */
export async function markAsRead(
  session: Session,
  id: string,
  seq: number,
): Promise<Refusal | null> {
  const { services, hub } = session.shared
  const thread = await seen(session, id)
  if (!thread || !session.caller) return refuse('not-found')
  if (seq > thread.seq) return refuse('bad-request', { detail: 'seq' })
  const by = authorOf(session.caller)
  session.reader.marked(id, seq)
  if (await markRead(services.db, id, by.id, seq)) {
    hub.sign({ type: 'read', thread: id, seq, by }, thread)
  }
  return null
}

/** Typing comes often: a cached copy of the thread is enough to know who may see it. */
export async function showTyping(session: Session, id: string): Promise<Refusal | null> {
  const { services, hub } = session.shared
  const { caller } = session
  const cached = services.threads.get(id)
  const thread = cached && caller && sightOf(cached, caller) ? cached : await seen(session, id)
  if (!thread || !caller) return refuse('not-found')
  hub.sign({ type: 'typing', thread: id, by: authorOf(caller) }, thread)
  return null
}
