import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { locateBinaries } from '../../src/node/embedded-postgres/binaries.ts'
import { makeCluster, openHome } from '../../src/node/embedded-postgres/cluster.ts'
import { address } from '../../src/node/embedded-postgres/database.ts'
import { freePort } from '../../src/node/embedded-postgres/port.ts'
import { type Launch, launch, stopPostmaster } from '../../src/node/embedded-postgres/postmaster.ts'
import { chooseRunner } from '../../src/node/embedded-postgres/runner.ts'
import { createDatabase } from './cluster.ts'

/** A PostgreSQL to be ill-treated: durable like a real one, and back on the same port. */
export interface Postgres extends AsyncDisposable {
  readonly adminUrl: string
  createDatabase(name: string): Promise<string>
  start(): Promise<void>
  /** kill -9 of the postmaster and of every process of it, so that nothing is written any more. */
  kill(): void
  /** Stops or continues all of its processes. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void
}

const SETTINGS = {
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  timezone: 'UTC',
  log_checkpoints: 'off',
}
const START_LIMIT_MS = 15_000

export async function aPostgres(): Promise<Postgres> {
  const home = await openHome(mkdtempSync(join(tmpdir(), 'shouwen-faults-')))
  const runner = await chooseRunner(locateBinaries(), home.dir)
  const password = randomBytes(16).toString('hex')
  await makeCluster(home, runner, password, ['--no-sync'])
  const { cluster, log } = home
  const port = await freePort()
  let pid = 0

  const family = () => [pid, ...childrenOf(pid)]
  const signal = (what: NodeJS.Signals) => {
    for (const one of family()) tell(one, what)
  }
  const start = async () => {
    pid = await launched({ runner, cluster, port, log, settings: SETTINGS }, home.dir)
  }
  const atExit = () => signal('SIGKILL')
  process.once('exit', atExit)
  await start()
  const adminUrl = address('postgres', password, port, 'postgres')
  return {
    adminUrl,
    createDatabase: (name) => createDatabase(adminUrl, name),
    start,
    kill: () => signal('SIGKILL'),
    signal,
    async [Symbol.asyncDispose]() {
      process.off('exit', atExit)
      signal('SIGCONT')
      await stopPostmaster(cluster)
      rmSync(home.dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
    },
  }
}

/** Its pid; what a killed one left may be in the way for moments. */
async function launched(what: Launch, dir: string): Promise<number> {
  for (const end = Date.now() + START_LIMIT_MS; ; await sleep(50)) {
    try {
      return (await launch(what, dir)).pid!
    } catch (error) {
      if (Date.now() > end) throw error
    }
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').map(Number)
  } catch {
    return [] // it has ended
  }
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
