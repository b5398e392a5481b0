import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { locateBinaries } from '../../src/node/embedded-postgres/binaries.ts'
import { type Home, makeCluster, openHome } from '../../src/node/embedded-postgres/cluster.ts'
import { address } from '../../src/node/embedded-postgres/database.ts'
import { tryExclusive } from '../../src/node/embedded-postgres/file-lock.ts'
import { freePort } from '../../src/node/embedded-postgres/port.ts'
import { launch, stopPostmaster } from '../../src/node/embedded-postgres/postmaster.ts'
import { chooseRunner } from '../../src/node/embedded-postgres/runner.ts'

/** One real PostgreSQL for all tests: quick, and forgotten when the power goes. */
export interface TestCluster extends AsyncDisposable {
  /** of the superuser, in database `postgres` */
  readonly adminUrl: string
  createDatabase(name: string, template?: string): Promise<string>
  stop(): Promise<void>
}

const SETTINGS = {
  unix_socket_directories: '',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  max_connections: '300',
  shared_buffers: '64MB',
  max_wal_size: '4GB',
  timezone: 'UTC',
  log_checkpoints: 'off',
}
const JUST_MADE_MS = 60_000 // its lock may not be taken yet
const PREFIX = 'shouwen-test-'

export async function createTestCluster(): Promise<TestCluster> {
  await removeAbandoned()
  const home = await openHome(mkdtempSync(join(tmpdir(), PREFIX)))
  const release = tryExclusive(home.users) // what tells the next run that we are alive
  const runner = await chooseRunner(locateBinaries(), home.dir)
  const password = randomBytes(16).toString('hex')
  await makeCluster(home, runner, password, ['--no-sync'])
  const { cluster, log } = home
  const port = await freePort()
  const { pid } = await launch({ runner, cluster, port, log, settings: SETTINGS }, home.dir)
  const atExit = () => endNow(pid, home)
  process.once('exit', atExit)
  const adminUrl = address('postgres', password, port, 'postgres')

  async function stop(): Promise<void> {
    process.off('exit', atExit)
    await stopPostmaster(cluster)
    release?.()
    rmSync(home.dir, { recursive: true, force: true })
  }
  return {
    adminUrl,
    createDatabase: (name, template) => createDatabase(adminUrl, name, template),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** A database of one's own, a copy of `template` if given; returns its address. */
export async function createDatabase(
  adminUrl: string,
  name: string,
  template = 'template1',
): Promise<string> {
  const sql = postgres(adminUrl, { max: 1, fetch_types: false, onnotice: () => {} })
  try {
    await sql`create database ${sql(name)} template ${sql(template)} strategy file_copy`
    return Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href
  } finally {
    await sql.end()
  }
}

/** Where nobody can wait any more. */
function endNow(pid: number | undefined, home: Home): void {
  const pause = new Int32Array(new SharedArrayBuffer(4))
  for (let tries = 0; tries < 50 && existsSync(home.dir); tries += 1) {
    try {
      if (pid && tries === 0) process.kill(pid, 'SIGQUIT')
      rmSync(home.dir, { recursive: true, force: true })
    } catch {
      Atomics.wait(pause, 0, 0, 20) // PostgreSQL still writes there
    }
  }
}

/** Clusters whose test run was killed. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    try {
      const dir = join(tmpdir(), name)
      if (statSync(dir).mtimeMs > Date.now() - JUST_MADE_MS) continue
      const home = await openHome(dir)
      const release = tryExclusive(home.users)
      if (!release) continue
      await stopPostmaster(home.cluster)
      rmSync(home.dir, { recursive: true, force: true })
      release()
    } catch {
      // somebody else's
    }
  }
}
