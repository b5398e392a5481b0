import { type Caller, isStaff, meOf } from '../protocol/caller.ts'
import { LIMITS } from '../protocol/frames.ts'
import { concerningThreads, listThreads, openThreadsOf } from '../record/list-store.ts'
import { loadReads, loadThreads } from '../record/record-store.ts'
import { type Sight, sightOf } from '../record/sight.ts'
import { summaryOf } from '../record/summary.ts'
import type { Thread } from '../record/thread.ts'
import type { Session } from './session.ts'

/** Threads that `welcome` names. */
const NAMED = 20
/** Threads that a working officer's socket follows from the start. */
const FOLLOWED = 500
/** Waiting threads that a desk's officers are shown at first. */
const QUEUED = 50

async function threadsOf(session: Session, caller: Caller, resumed: number): Promise<Thread[]> {
  const { db } = session.shared.services
  if (!isStaff(caller)) return openThreadsOf(db, caller.enterprise.uscc, NAMED + resumed)
  return caller.role === 'officer' ? concerningThreads(db, caller, FOLLOWED) : []
}

/** Tells a caller who they are and what is open, and follows it without a gap. */
export async function welcome(
  session: Session,
  caller: Caller,
  resume: Readonly<Record<string, number>>,
): Promise<void> {
  const { services } = session.shared
  session.reader.join(caller)
  const all = await threadsOf(session, caller, Object.keys(resume).length)
  const others = all.filter(({ id }) => !Object.hasOwn(resume, id))
  const named = others.slice(0, NAMED)
  const follow = isStaff(caller) ? others : named
  for (const thread of follow) session.reader.followFrom(thread.id, thread.seq, 'loading')
  const marks = await loadReads(
    services.db,
    caller.id,
    named.map(({ id }) => id),
  )
  const now = services.now()
  const { readClocks } = services
  const summaries = named.map((thread) =>
    summaryOf(thread, sightOf(thread, caller) as Exclude<Sight, null>, {
      now,
      read: marks.get(thread.id) ?? 0,
      readClocks,
    }),
  )
  session.send({
    type: 'welcome',
    me: meOf(caller),
    now: now.toISOString(),
    limits: { ...LIMITS },
    threads: summaries,
  })
  // what was written between the list and the following is found by reading the heads once more
  for (const thread of await loadThreads(
    services.db,
    follow.map(({ id }) => id),
  )) {
    await session.reader.release(thread)
  }
  await showQueue(session, caller)
  for (const [thread, after] of Object.entries(resume)) {
    const no = await session.reader.watch(thread, after)
    if (no) session.refuse(no, { thread })
  }
}

/** The waiting threads due first; changes follow as they happen. */
async function showQueue(session: Session, caller: Caller): Promise<void> {
  if (caller.role !== 'officer' && caller.role !== 'supervisor') return
  const { services } = session.shared
  const now = services.now()
  const query = { view: 'waiting', limit: QUEUED } as const
  const { threads } = await listThreads(services.db, caller, query, now)
  const ofDesk = threads.filter(({ desk }) => desk !== null && caller.desks.includes(desk))
  for (const thread of ofDesk) session.reader.queue('put', thread)
}
