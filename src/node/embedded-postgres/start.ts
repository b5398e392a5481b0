import { chmod } from 'node:fs/promises'
import type { Binaries } from './binaries.ts'
import { checkCluster, type Home, makeCluster, type Passwords } from './cluster.ts'
import { databaseUrl, makeDatabase } from './database.ts'
import { freePort, rememberedPort, rememberPort } from './port.ts'
import { disownPidFile, launch, stopPostmaster } from './postmaster.ts'
import { chooseRunner, giveTo, type Runner } from './runner.ts'
import { EmbeddedPostgresError, troubleOf, usedElsewhere } from './trouble.ts'
import { isElsewhere, rememberWhere } from './where.ts'

export interface Log {
  info(message: string): void
  error(message: string): void
}

/** One DATA_DIR, and what is needed there. */
export interface Place {
  readonly home: Home
  readonly binaries: Binaries
  readonly log: Log
}

const PORTS_TO_TRY = 5

// What else PostgreSQL is told, in argv and so before any file: durable, loopback only.
const SETTINGS = {
  unix_socket_directories: '',
  fsync: 'on',
  full_page_writes: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_min_error_statement: 'panic', // statements hold what enterprises wrote
}

/**
 * Starts PostgreSQL on a folder where none runs, making the database first if there is none yet;
 * returns its address.
 */
export async function start(place: Place, secret: Passwords): Promise<string> {
  const { home, binaries } = place
  if (await isElsewhere(home)) throw usedElsewhere(home.dir)
  const runner = await chooseRunner(binaries, home.dir)
  const fresh = !(await checkCluster(home, binaries))
  if (fresh) await makeCluster(home, runner, secret.admin)
  giveTo(runner, home.cluster)
  await chmod(home.cluster, 0o700) // a copy or a backup may have opened it
  await disownPidFile(home.cluster, runner)
  const port = await launchSomewhere(place, runner)
  try {
    await rememberPort(home.port, port)
    await rememberWhere(home)
    if (fresh) await makeDatabase(home, port, secret)
    const url = await databaseUrl(home, port, secret)
    if (url) return url
    throw new EmbeddedPostgresError(
      'port-taken',
      `Another PostgreSQL answers on port ${port}: end it and start again.`,
    )
  } catch (error) {
    await stopPostmaster(home.cluster)
    throw error
  }
}

/** On the port of last time; on another one when somebody was faster there. */
async function launchSomewhere({ home, log }: Place, runner: Runner): Promise<number> {
  const { cluster } = home
  let port = await rememberedPort(home.port)
  for (let tries = 1; ; tries += 1) {
    try {
      const what = { runner, cluster, port, log: home.log, settings: SETTINGS }
      const child = await launch(what, home.dir)
      child.once('exit', (code, signal) => {
        if (code !== 0) log.error(`embedded PostgreSQL ended (${signal ?? code}), see ${home.log}`)
      })
      return port
    } catch (error) {
      if (troubleOf(error) !== 'port-taken' || tries >= PORTS_TO_TRY) throw error
      port = await freePort()
    }
  }
}
