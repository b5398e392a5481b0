import { type Caller, isStaff, meOf } from '../protocol/caller.ts'
import { LIMITS } from '../protocol/frames.ts'
import { refuse } from '../protocol/refusals.ts'
import { concerningThreads, listThreads, openThreadsOf } from '../record/list-store.ts'
import { loadReads, loadThreads } from '../record/record-store.ts'
import { sightOf } from '../record/sight.ts'
import { summaryOf } from '../record/summary.ts'
import type { Thread } from '../record/thread.ts'
import type { Session } from './session.ts'

/** Threads that `welcome` names. */
const NAMED = 20
/** Threads that a working officer's socket follows from the start. */
const FOLLOWED = 500
/** Waiting threads that a desk's officers are shown at first. */
const QUEUED = 50

type Resume = Readonly<Record<string, number>>

/**
 * Tells a caller who they are and what is open, and follows it without a gap. What happens while
 * the lists are read is held back until they are sent, so that no news overtakes them.
 */
export async function welcome(session: Session, caller: Caller, resume: Resume): Promise<void> {
  const { services } = session.shared
  const { reader } = session
  const told = Promise.withResolvers<void>()
  reader.hold()
  try {
    reader.join(caller)
    takeUp(session, caller, resume, told.promise)
    const all = await threadsOf(session, caller, Object.keys(resume).length)
    const others = all.filter(({ id }) => !Object.hasOwn(resume, id))
    const named = others.slice(0, NAMED)
    const followed = isStaff(caller) ? others : named
    for (const thread of followed) reader.followNamed(thread)
    const threads = await summaries(session, caller, named)
    const now = services.now().toISOString()
    const desks = services.bureau.desks()
    session.send({ type: 'welcome', me: meOf(caller), now, limits: { ...LIMITS }, threads, desks })
    // what was written between the list and the following is found by reading the heads once more
    const ids = followed.map(({ id }) => id)
    for (const thread of await loadThreads(services.db, ids)) await reader.following.release(thread)
    await showQueue(session, caller)
  } finally {
    reader.flush()
    told.resolve()
  }
}

/**
 * Pages of the threads that the client resumes, one thread after the other once `told`; commands
 * need not wait for them.
 */
function takeUp(session: Session, caller: Caller, resume: Resume, told: Promise<void>): void {
  let turn = told
  for (const [thread, after] of Object.entries(resume)) {
    turn = session.reader.following
      .resume(thread, after, turn)
      .then((no) => {
        if (!no) return
        session.refuse(no, { thread })
        session.shared.services.audit.refused(caller, no, 'hello', thread)
      })
      .catch((error: unknown) => {
        session.shared.services.log.warn({ err: error }, 'a thread could not be resumed')
        session.refuse(refuse('unavailable'), { thread })
      })
  }
}

async function threadsOf(session: Session, caller: Caller, resumed: number): Promise<Thread[]> {
  const { db } = session.shared.services
  if (!isStaff(caller)) return openThreadsOf(db, caller.enterprise.uscc, NAMED + resumed)
  return caller.role === 'officer' ? concerningThreads(db, caller, FOLLOWED) : []
}

async function summaries(session: Session, caller: Caller, threads: readonly Thread[]) {
  const { db, now, readClocks } = session.shared.services
  const ids = threads.map(({ id }) => id)
  const marks = await loadReads(db, caller.id, ids)
  return threads.flatMap((thread) => {
    const sight = sightOf(thread, caller)
    const read = marks.get(thread.id) ?? 0
    session.reader.marked(thread.id, read)
    return sight === null ? [] : summaryOf(thread, sight, { now: now(), read, readClocks })
  })
}

/** The waiting threads due first; changes follow as they happen. */
async function showQueue(session: Session, caller: Caller): Promise<void> {
  if (caller.role !== 'officer' && caller.role !== 'supervisor') return
  const { services } = session.shared
  const query = { view: 'waiting', desks: caller.desks, limit: QUEUED } as const
  const { threads } = await listThreads(services.db, caller, query, services.now())
  for (const thread of await summaries(session, caller, threads)) {
    session.send({ type: 'queue', op: 'put', thread })
  }
}
