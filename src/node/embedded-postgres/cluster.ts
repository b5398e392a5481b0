import { createHmac, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  chmod,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { giveTo, initdb, type Runner } from './runner.ts'
import { EmbeddedPostgresError } from './trouble.ts'

/** Where everything of one embedded PostgreSQL lies, all of it in DATA_DIR. */
export interface Home {
  readonly dir: string
  /** PostgreSQL's own data folder */
  readonly cluster: string
  readonly password: string
  readonly port: string
  readonly log: string
  /** held by the one process that is just starting or stopping */
  readonly gate: string
  /** shared by all processes that use the server */
  readonly users: string
  /** the process table that the server is in: see `elsewhere` */
  readonly where: string
}

export async function openHome(dataDir: string): Promise<Home> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const dir = await realpath(dataDir)
  return {
    dir,
    cluster: join(dir, 'postgres'),
    password: join(dir, 'postgres.password'),
    port: join(dir, 'postgres.port'),
    log: join(dir, 'postgres.log'),
    gate: join(dir, 'postgres.gate'),
    users: join(dir, 'postgres.users'),
    where: join(dir, 'postgres.where'),
  }
}

/** The superuser's password, kept, and one made from it for the role that we use. */
export interface Passwords {
  readonly admin: string
  readonly shouwen: string
}

export async function passwords(home: Home): Promise<Passwords> {
  if (!existsSync(home.password)) await newPassword(home)
  await chmod(home.password, 0o600) // a copy or a backup may have opened it
  const admin = (await readFile(home.password, 'utf8')).trim()
  return { admin, shouwen: createHmac('sha256', admin).update('shouwen').digest('base64url') }
}

async function newPassword(home: Home): Promise<void> {
  if (existsSync(home.cluster) && (await readdir(home.cluster)).length > 0) {
    throw new EmbeddedPostgresError(
      'password-lost',
      `${home.password} is missing: restore it from the backup that ${home.cluster} is from.`,
    )
  }
  const fresh = `${home.password}.new`
  await rm(fresh, { force: true })
  await writeFile(fresh, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
  await rename(fresh, home.password)
}

/** Refuses a folder that this PostgreSQL cannot open; false when there is none yet. */
export async function checkCluster(home: Home, binaries: Binaries): Promise<boolean> {
  if (!existsSync(home.cluster)) return false
  const file = join(home.cluster, 'PG_VERSION')
  if (!existsSync(file)) {
    if ((await readdir(home.cluster)).length === 0) return false
    throw new EmbeddedPostgresError(
      'not-a-cluster',
      `${home.cluster} holds something else than a PostgreSQL database: move it away.`,
    )
  }
  const major = (await readFile(file, 'utf8')).trim()
  if (major === binaries.major) return true
  throw new EmbeddedPostgresError(
    'other-version',
    `${home.cluster} was made by PostgreSQL ${major}, ours is ${binaries.major}: dump it with ` +
      'that version and load it into a new DATA_DIR, or set DATABASE_URL to a server of it.',
  )
}

const FLAGS = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8', // sorts like C, and knows letters beyond ASCII
]

/** Makes the cluster elsewhere and moves it into place, so that a half-made one is never there. */
export async function makeCluster(
  home: Home,
  runner: Runner,
  admin: string,
  flags: string[] = [],
): Promise<void> {
  await removeHalfMade(home)
  const work = await mkdtemp(join(home.dir, 'postgres.init-'))
  try {
    const [made, password] = [join(work, 'cluster'), join(work, 'password')]
    await writeFile(password, admin, { mode: 0o600 })
    giveTo(runner, work)
    const all = [...FLAGS, `--pgdata=${made}`, `--pwfile=${password}`, ...flags]
    await initdb(runner, all, home.dir)
    await chmod(made, 0o700)
    if (existsSync(home.cluster)) await rmdir(home.cluster)
    await rename(made, home.cluster)
    await syncFolder(home.dir)
  } finally {
    await rm(work, AT_ONCE)
  }
}

const AT_ONCE = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }

async function removeHalfMade(home: Home): Promise<void> {
  for (const name of await readdir(home.dir)) {
    if (!name.startsWith('postgres.init-')) continue
    // An orphaned initdb may still write there: then it is removed at another start.
    await rm(join(home.dir, name), AT_ONCE).catch(() => undefined)
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  await handle.sync()
  await handle.close()
}
