import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

const FOLDER = fileURLToPath(new URL('../../drizzle', import.meta.url))
/** Any number will do, as long as every process of the product uses the same. */
const LOCK = 5_220_117
const OLDEST = 150_000

/**
 * Does it while no other process that starts does, by an advisory lock on a connection of its own:
 * of processes that start at once one works and the others wait.
 */
export async function alone<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    await sql`select pg_advisory_lock(${LOCK})`
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/**
 * Brings the database up to date.
 * @throws Error for a PostgreSQL older than 15
 */
export const migrate = (url: string) =>
  alone(url, async (sql) => {
    const [version] = await sql`select current_setting('server_version_num')::int as n`
    if (version?.n < OLDEST) throw new Error('DATABASE_URL: PostgreSQL 15 or later is needed')
    await applyMigrations(drizzle({ client: sql }), { migrationsFolder: FOLDER })
  })
