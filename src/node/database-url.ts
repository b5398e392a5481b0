import type { Config } from './config.ts'
import { openEmbedded } from './embedded-postgres.ts'

/**
 * For commands of the shell: the address of the database as configured. An embedded one is started
 * for as long as the task runs, or shared with the server that uses it.
 */
export async function withDatabaseUrl<T>(
  { DATABASE_URL, DATA_DIR }: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>,
  task: (url: string) => Promise<T>,
): Promise<T> {
  if (DATABASE_URL) return task(DATABASE_URL)
  const log = { info: () => {}, error: () => {} }
  await using embedded = await openEmbedded({ dataDir: DATA_DIR, log })
  return await task(embedded.url)
}
