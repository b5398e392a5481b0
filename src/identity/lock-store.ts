import { and, desc, eq, gt, lt } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { signInFailures } from '../db/schema.ts'
import { FAILURE_LIFE, lockedUntil } from './lock.ts'

/** More than can be recorded in two windows, whatever the number of processes. */
const MOST = 500

/** Until when new sign-ins under this folded name are blocked for that address. */
export async function lockOf(db: Db, username: string, address: string, now: Date) {
  const since = new Date(now.getTime() - FAILURE_LIFE)
  const failures = await db
    .select({ address: signInFailures.address, at: signInFailures.at })
    .from(signInFailures)
    .where(and(eq(signInFailures.username, username), gt(signInFailures.at, since)))
    .orderBy(desc(signInFailures.at))
    .limit(MOST)
  return lockedUntil(failures, address, now)
}

export async function recordFailure(db: Db, username: string, address: string, now: Date) {
  await db.insert(signInFailures).values({ id: crypto.randomUUID(), username, address, at: now })
}

/** Forgets the failures under a name: those from one address, or all of them. */
export async function clearFailures(db: Db, username: string, address?: string) {
  const ofName = eq(signInFailures.username, username)
  const here = address === undefined ? undefined : eq(signInFailures.address, address)
  await db.delete(signInFailures).where(and(ofName, here))
}

/** Removes what no lock can rest upon any more. */
export async function sweepFailures(db: Db, now: Date) {
  await db.delete(signInFailures).where(lt(signInFailures.at, new Date(+now - FAILURE_LIFE)))
}
