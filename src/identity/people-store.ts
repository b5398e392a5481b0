import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { Db } from '../db/db.ts'
import { enterprises, people } from '../db/schema.ts'
import type { EnterpriseCaller } from '../protocol/caller.ts'
import type { Enterprise } from '../protocol/entries.ts'
import type { EnterpriseClaims } from './token.ts'

interface Caches {
  /** What was last written of each (iss, sub), so that a known caller costs no query. */
  known: LRUCache<string, { id: string; said: string }>
  names: LRUCache<string, string>
}

/** A minute: a person who is forgotten on another process keeps a name here for no longer. */
const NAME_LIFE = 60_000
const caches = new WeakMap<Db, Caches>()

function cachesOf(db: Db): Caches {
  let found = caches.get(db)
  if (!found) {
    found = {
      known: new LRUCache({ max: 20_000, ttl: 10 * 60_000 }),
      names: new LRUCache({ max: 20_000, ttl: NAME_LIFE }),
    }
    caches.set(db, found)
  }
  return found
}

/**
 * Who the claims speak of: a person of ours per (iss, sub), made at the first sight, and their
 * enterprise. Name, enterprise and its facts are kept as the newest token says; what a token leaves
 * out is not forgotten. Two at once get one id.
 */
export async function enterpriseCaller(
  db: Db,
  claims: EnterpriseClaims,
): Promise<EnterpriseCaller> {
  const { known, names } = cachesOf(db)
  const { name, enterprise, expiresAt } = claims
  const subject = JSON.stringify([claims.iss, claims.sub])
  const said = JSON.stringify([name, enterprise])
  const cached = known.get(subject)
  let id = cached?.id
  if (id === undefined || cached?.said !== said) {
    await keepEnterprise(db, enterprise)
    id = await keepPerson(db, claims)
    known.set(subject, { id, said })
    names.set(id, name)
  }
  return { role: 'enterprise', id, name, enterprise, expiresAt }
}

async function keepPerson(db: Db, { iss, sub, name, enterprise }: EnterpriseClaims) {
  const { uscc } = enterprise
  const [written] = await db
    .insert(people)
    .values({ id: crypto.randomUUID(), iss, sub, name, uscc })
    .onConflictDoUpdate({
      target: [people.iss, people.sub],
      set: { name, uscc },
      setWhere: sql`(${people.name}, ${people.uscc}) is distinct from (${name}, ${uscc})`,
    })
    .returning({ id: people.id })
  if (written) return written.id
  const [unchanged] = await db
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.iss, iss), eq(people.sub, sub)))
  if (!unchanged) throw new Error('The person was removed while signing in.')
  return unchanged.id
}

async function keepEnterprise(db: Db, enterprise: Enterprise) {
  const { uscc, name, district, industry, park } = enterprise
  const facts = Object.entries({ district, industry, park }).filter(([, fact]) => fact)
  const set = { name, ...Object.fromEntries(facts) }
  const changed = Object.entries(set).map(
    ([column, value]) =>
      sql`${enterprises[column as keyof typeof set]} is distinct from ${value as string}`,
  )
  await db
    .insert(enterprises)
    .values({ uscc, name, district, industry, park })
    .onConflictDoUpdate({ target: enterprises.uscc, set, setWhere: or(...changed) })
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The names of enterprises' persons, as they are now; ids of others are simply not in it. Up to a
 * minute old.
 */
export async function namesOf(db: Db, ids: Iterable<string>): Promise<Map<string, string>> {
  const { names } = cachesOf(db)
  const found = new Map<string, string>()
  const asked: string[] = []
  for (const id of new Set(ids)) {
    const name = names.get(id)
    if (name !== undefined) found.set(id, name)
    else if (UUID.test(id)) asked.push(id)
  }
  if (asked.length === 0) return found
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, asked))
  for (const { id, name } of rows) {
    names.set(id, name)
    found.set(id, name)
  }
  return found
}
