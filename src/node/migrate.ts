import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

const FOLDER = fileURLToPath(new URL('../../drizzle', import.meta.url))
/** Any number will do, as long as every process of the product uses the same. */
const LOCK = 5_220_117
const OLDEST = 150_000

/**
 * Brings the database up to date. One connection, so that the advisory lock and the migrations
 * share a session: of processes that start at once one migrates and the others wait.
 * @throws Error for a PostgreSQL older than 15
 */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    const [version] = await sql`select current_setting('server_version_num')::int as n`
    if (version?.n < OLDEST) throw new Error('DATABASE_URL: PostgreSQL 15 or later is needed')
    await sql`select pg_advisory_lock(${LOCK})`
    await applyMigrations(drizzle({ client: sql }), { migrationsFolder: FOLDER })
  } finally {
    await sql.end({ timeout: 5 })
  }
}
