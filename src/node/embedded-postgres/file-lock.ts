import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/*
 * Locks that the kernel drops when their holder dies, kill -9 included, so there is no stale lock
 * to detect and no pid to mistake for another. Node has no flock of its own; SQLite's locks are
 * the portable ones that it ships with. The file stays empty. A lock also holds against other
 * locks of the same process, and is not inherited by children (PostgreSQL would keep it alive).
 */

export type Release = () => void

const SQLITE_BUSY = 5

/** The only holder, or undefined when anybody else holds the file in any way. */
export function tryExclusive(file: string): Release | undefined {
  return hold(file, ['begin exclusive'])
}

/** One holder among others that share; undefined while somebody holds it alone. */
export function tryShared(file: string): Release | undefined {
  return hold(file, ['begin', 'select 1 from sqlite_schema'])
}

function hold(file: string, statements: string[]): Release | undefined {
  createPrivately(file)
  const database = new DatabaseSync(file)
  try {
    database.exec('pragma journal_mode = memory') // no second file beside it
    for (const statement of statements) database.exec(statement)
    return () => database.close()
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined
    throw error
  }
}

/** Never opens a file that exists: closing it again would drop this process's locks on it. */
function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
