import { realpath } from 'node:fs/promises'
import postgres from 'postgres'
import type { Home, Passwords } from './cluster.ts'
import { EmbeddedPostgresError } from './trouble.ts'

const MISSING = ['28P01', '3D000'] // wrong password (or no such role), no such database

/**
 * The address of database `shouwen` on that port, both it and its role made if need be. Undefined
 * if the server there is of another folder (a copied DATA_DIR knows the same password). The role
 * is no superuser: an injected statement cannot reach files or programs.
 */
export async function databaseUrl(
  home: Home,
  port: number,
  secret: Passwords,
): Promise<string | undefined> {
  const url = address('shouwen', secret.shouwen, port, 'shouwen')
  try {
    return (await servesFrom(url, home.cluster)) ? url : undefined
  } catch (error) {
    if (!MISSING.includes(codeOf(error))) throw error
    await makeDatabase(home, port, secret)
    return (await servesFrom(url, home.cluster)) ? url : undefined
  }
}

export function address(user: string, password: string, port: number, database: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`
}

export function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code)
}

async function servesFrom(url: string, cluster: string): Promise<boolean> {
  const sql = connect(url)
  try {
    const [row] = await sql<{ folder: string }[]>`
      select current_setting('data_directory') as folder`
    return row !== undefined && (await realpath(row.folder)) === cluster
  } finally {
    await sql.end({ timeout: 1 })
  }
}

export async function makeDatabase(home: Home, port: number, secret: Passwords): Promise<void> {
  const sql = connect(address('postgres', secret.admin, port, 'postgres'))
  try {
    const [role] = await sql`select from pg_roles where rolname = 'shouwen'`
    if (!role) {
      await sql.unsafe(`create role shouwen login password '${secret.shouwen}'
        in role pg_read_all_settings`)
    }
    const [database] = await sql`select from pg_database where datname = 'shouwen'`
    if (!database) await sql`create database shouwen owner shouwen`
  } catch (error) {
    if (codeOf(error) !== '28P01') throw error
    throw new EmbeddedPostgresError(
      'password-lost',
      `${home.password} does not open ${home.cluster}: restore both from one backup.`,
      error,
    )
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function connect(url: string) {
  return postgres(url, { max: 1, connect_timeout: 5, fetch_types: false, onnotice: () => {} })
}
