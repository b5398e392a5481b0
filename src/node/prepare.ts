import { count } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { staff } from '../db/schema.ts'
import { type Seeded, seedEntries } from '../faq/seed-store.ts'
import { DEMO_DESKS, seedDemo } from '../identity/demo.ts'
import { addDesks } from '../identity/directory-store.ts'
import { SettingError } from '../identity/secret.ts'
import { demoPassword, loadSecrets, type Secrets } from '../identity/secrets.ts'
import { readSetting, writeSetting } from '../identity/settings-store.ts'
import type { Config } from './config.ts'
import { readFaqFolder } from './faq-folder.ts'
import type { ServerLog } from './log.ts'

/** What a start finds or makes in the database before it serves. */
export interface Prepared {
  secrets: Secrets
  seeded: Seeded
  /** Null where this is no demo. */
  demo: { password: string } | null
}

const SEED = 'seed'

/** A demo stays a demo; a database that had people before it was asked never becomes one. */
async function isDemo(db: Db, config: Config): Promise<boolean> {
  const remembered = await readSetting(db, SEED)
  if (remembered === 'demo') {
    if (config.production) {
      throw new SettingError('DATABASE_URL', 'names a demo database, whose accounts anybody knows.')
    }
    return true
  }
  if (remembered === 'none' && config.SEED === undefined) return false
  const [people] = await db.select({ n: count() }).from(staff)
  const isEmpty = remembered === undefined && (people?.n ?? 0) === 0
  const wanted = config.SEED ?? (isEmpty && !config.production ? 'demo' : 'none')
  if (wanted === 'demo' && !isEmpty) {
    throw new SettingError('SEED', 'demo needs an empty database; this one has been used without.')
  }
  await writeSetting(db, SEED, wanted)
  return wanted === 'demo'
}

/**
 * Secrets, starter FAQ, desks and, in a demo, its people; all of it may be there already.
 * @throws SettingError naming the setting to give
 */
export async function prepare(db: Db, config: Config, now: Date): Promise<Prepared> {
  const secrets = await loadSecrets(db, config.env, config.production)
  const demo = await isDemo(db, config)
  const starter = await readFaqFolder()
  const seeded = await seedEntries(db, starter, { author: 'starter', at: now })
  if (!demo) {
    // a question must always have somewhere to go, also before an admin has set up the desks
    await addDesks(db, DEMO_DESKS)
    return { secrets, seeded, demo: null }
  }
  const password = await demoPassword(db, config.DEMO_PASSWORD)
  await seedDemo(db, password, now)
  return { secrets, seeded, demo: { password } }
}

export function tellSeeded({ seeded: { written, kept } }: Prepared, log: ServerLog): void {
  if (written > 0) log.info({ written }, 'entries came from the faq folder')
  if (kept.length > 0) log.info({ kept }, 'changed in the faq folder and here: ours stay')
}
