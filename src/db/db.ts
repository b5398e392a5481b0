import type { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { isInDoubt } from './faults.ts'
import * as schema from './schema.ts'

/** What a store asks for: a pool and a transaction both fit. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, typeof schema>
/** The driver itself, for the one coalesced statement and for LISTEN. */
export type Sql = postgres.Sql

export interface Database extends AsyncDisposable {
  sql: Sql
  db: Db
}

/**
 * Seconds before the next try to connect, after so many that failed. Short: the driver's own 20 s
 * would go on for as long after the database is back.
 */
const backoff = (failures: number) => Math.min(0.05 * 2 ** failures, 0.5)

/**
 * Opens a pool. `name` shows in `pg_stat_activity`. A query that waits longer than
 * `statementTimeout` milliseconds is ended by PostgreSQL, so that no caller hangs on a lock.
 */
export function openDatabase(
  url: string,
  { max = 10, name = 'shouwen', statementTimeout = 15_000 } = {},
): Database {
  const sql = postgres(url, {
    max,
    onnotice: () => {},
    connect_timeout: 5,
    backoff,
    connection: { application_name: name, statement_timeout: statementTimeout, TimeZone: 'UTC' },
  })
  sql.begin = neverRolledBackWithoutLine(sql.begin)
  const db = drizzle({ client: sql, schema })
  return { sql, db, [Symbol.asyncDispose]: () => sql.end({ timeout: 5 }) }
}

type Begin = (
  ...given: [...options: string[], run: (tx: postgres.TransactionSql) => unknown]
) => unknown

/**
 * The driver answers a transaction that fails with a `rollback`, and one written to a line that is
 * gone ends the whole process (porsager/postgres#1208). A run whose line broke is therefore never
 * seen to fail: PostgreSQL has rolled back by itself, and the driver rejects what `begin` returned
 * as soon as it knows that the line is closed.
 */
function neverRolledBackWithoutLine(begin: postgres.Sql['begin']): postgres.Sql['begin'] {
  const guarded: Begin = (...given) => {
    const run = given.pop() as (tx: postgres.TransactionSql) => unknown
    const outlives = async (tx: postgres.TransactionSql) => {
      try {
        return await run(tx)
      } catch (error) {
        if (isInDoubt(error)) await new Promise(() => {})
        throw error
      }
    }
    return (begin as Begin)(...(given as string[]), outlives)
  }
  return guarded as postgres.Sql['begin']
}
