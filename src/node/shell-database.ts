import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isUnreachable } from '../db/faults.ts'
import { SettingError } from '../identity/secret.ts'
import type { Config } from './config.ts'
import { openEmbedded } from './embedded-postgres.ts'
import { BadFile } from './json-values.ts'

type Place = Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>

/** Arguments that a command does not take; the message says which it takes. */
export class NotUnderstood extends Error {}

/**
 * For commands of the shell: the address of the database as configured. An embedded one is started
 * for as long as the task runs, or shared with the server that uses it.
 */
export async function withDatabaseUrl<T>(
  { DATABASE_URL, DATA_DIR }: Place,
  task: (url: string) => Promise<T>,
): Promise<T> {
  if (DATABASE_URL) return task(DATABASE_URL)
  const log = { info: () => {}, error: () => {} }
  await using embedded = await openEmbedded({ dataDir: DATA_DIR, log })
  return await task(embedded.url)
}

/**
 * The same for what only reads: no database is made where none is.
 * @throws SettingError naming the setting to give
 */
export async function withStoredUrl<T>(
  place: Place,
  task: (url: string) => Promise<T>,
): Promise<T> {
  if (!place.DATABASE_URL && !existsSync(join(place.DATA_DIR, 'postgres'))) {
    throw new SettingError('DATA_DIR', 'holds no database, and DATABASE_URL is not set.')
  }
  return withDatabaseUrl(place, task)
}

/** One sentence for whoever gave the command. */
export function explained(error: unknown): string {
  if (error instanceof NotUnderstood || error instanceof BadFile) return error.message
  if (error instanceof SettingError) return error.message
  const { message, code } = error as { message?: string; code?: string }
  if (isUnreachable(error)) return `DATABASE_URL: the database does not answer (${code ?? message})`
  return message || code || 'It failed.'
}
