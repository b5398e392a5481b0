import { alertsDue } from '../record/alerts.ts'
import type { Draft } from '../record/chain.ts'
import { alerting } from '../record/rules/alert.ts'
import { brought, releasing, scheduling } from '../record/rules/system.ts'
import type { Thread } from '../record/thread.ts'
import { abandonedThreads, threadsToWake, unscheduledThreads } from '../record/wake-store.ts'
import { commit, headOf } from './commit.ts'
import type { Services } from './services.ts'

/** Threads that one query finds. */
const PAGE = 200
/** Pages of one turn; what is left comes with the next. */
const PAGES = 10
/** Threads at work at once: they share appends. */
const TOGETHER = 20
/** Tries on a thread that others write to meanwhile; what is still due is found again. */
const TRIES = 3

/** What to write into a thread; null where its row need not be touched either. */
type Decide = (thread: Thread) => Draft[] | null | Promise<Draft[] | null>

/** What the system makes by itself, turn by turn. */
export interface SystemClockwork {
  /** One look at what time, the calendar and the staff list have brought. */
  turn(): Promise<void>
}

/**
 * Writes `overdue`, `handover-lapsed`, `clock-resumed`, `clock-scheduled`, `released` or `assigned`,
 * alerts and `closed`.
 * Every process does: whatever is written stands in the fold, so that on an append that was lost,
 * the thread is read again and nothing is left to write.
 */
export function createSystemClockwork(services: Services): SystemClockwork {
  const { db, bureau, clockwork, now } = services
  let scheduledTo: string | null = null
  return {
    async turn() {
      const facts = () => ({ clockwork, now: now() })
      await inPages(
        services,
        () => threadsToWake(db, now(), PAGE),
        async (t) => [...brought(t, facts()), ...(await alerts(services, t))],
      )
      await inPages(
        services,
        () => abandonedThreads(db, PAGE),
        async (t) => {
          if (!t.owner || (await bureau.isActiveOfficer(t.owner.id))) return null
          return releasing(t, await bureau.successor(t.owner.id), facts())
        },
      )
      // in turn, and on at once for as long as an import has given any of them a time
      await inPages(
        services,
        async () => {
          const found = await unscheduledThreads(db, scheduledTo, PAGE)
          scheduledTo = found.length < PAGE ? null : (found.at(-1) ?? null)
          return found
        },
        (t) => {
          const drafts = scheduling(t, facts())
          return drafts.length === 0 ? null : drafts
        },
      )
    },
  }
}

/** Word of what nobody has acted on, to whoever is to hear it next. */
async function alerts({ bureau, now }: Services, thread: Thread): Promise<Draft[]> {
  const { desk } = thread
  if (desk === null) return []
  const due = alertsDue(thread, now())
  return Promise.all(
    due.map(async (one) => alerting(thread, one, await bureau.told(one.level, desk, now()))),
  )
}

/** Page after page for as long as there is more and it leads somewhere. */
async function inPages(
  services: Services,
  find: () => Promise<string[]>,
  decide: Decide,
): Promise<void> {
  for (let page = 0; page < PAGES; page++) {
    const ids = await find()
    let written = 0
    for (let i = 0; i < ids.length; i += TOGETHER) {
      const some = ids.slice(i, i + TOGETHER)
      const done = await Promise.all(some.map((id) => onThread(services, id, decide)))
      written += done.filter(Boolean).length
    }
    if (ids.length < PAGE || written === 0) return
  }
}

/** @returns whether it is done with; a fault of one thread keeps no other from its turn */
async function onThread(services: Services, id: string, decide: Decide): Promise<boolean> {
  try {
    return await services.threads.exclusively(id, async () => {
      for (let tries = 0; tries < TRIES; tries++) {
        const thread = await services.threads.fresh(id)
        if (thread === null) return false
        const drafts = await decide(thread)
        if (drafts === null) return false
        const decided = { before: thread, head: headOf(thread), drafts, now: services.now() }
        // with nothing to write the row is still made anew: an earlier version may have left it
        const named = drafts.length === 0 ? { named: thread.seq } : {}
        const done = await commit(services, { ...decided, command: null, ...named })
        if (done !== 'lost') return true
      }
      return false
    })
  } catch (err) {
    services.log.warn({ err, thread: id }, 'the clockwork could not write')
    return false
  }
}
