import { setTimeout as sleep } from 'node:timers/promises'
import { locateBinaries } from './binaries.ts'
import { checkCluster, type Home, openHome, type Passwords, passwords } from './cluster.ts'
import { databaseUrl } from './database.ts'
import { type Release, tryExclusive, tryShared } from './file-lock.ts'
import { keepRunning } from './keep-running.ts'
import { keepSmall } from './log-file.ts'
import { findPostmaster, stopPostmaster } from './postmaster.ts'
import { type Log, type Place, start } from './start.ts'
import { EmbeddedPostgresError, named, troubleOf } from './trouble.ts'

export interface Embedded extends AsyncDisposable {
  /** of database `shouwen`, with the password: never log it */
  readonly url: string
  /** whether the server was running already, left by a killed process or shared with another */
  readonly adopted: boolean
  /** Lets go of the server; the last process to let go stops it. May be called repeatedly. */
  stop(): Promise<void>
}

const GATE_LIMIT_MS = 330_000 // somebody may be in crash recovery
const ANSWER_LIMIT_MS = 60_000
const IN_USE_LIMIT_MS = 10_000 // a killed server's processes end within moments

/**
 * Runs PostgreSQL from its npm package on `<dataDir>/postgres`, or joins the one that runs there.
 *
 * @throws EmbeddedPostgresError with one sentence on what to do
 */
export async function openEmbedded({
  dataDir,
  log,
}: {
  dataDir: string
  log: Log
}): Promise<Embedded> {
  try {
    const place = { home: await openHome(dataDir), binaries: locateBinaries(), log }
    return await alone(place.home, () => open(place))
  } catch (error) {
    throw named(error, dataDir)
  }
}

async function open(place: Place): Promise<Embedded> {
  const { home, log } = place
  await checkCluster(home, place.binaries)
  const secret = await passwords(home)
  const { url, adopted } = await joinOrStart(place, secret)
  const release = tryShared(home.users)
  if (!release) throw busy(home.users)
  const endWatch = keepSmall(home.log)
  log.info(`embedded PostgreSQL ${adopted ? 'joined' : 'started'} in ${home.cluster}`)
  const endKeeping = keepRunning({
    isRunning: async () => (await findPostmaster(home.cluster)) !== undefined,
    revive: () => alone(home, () => revive(place, secret, url)),
    log,
  })
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= endKeeping()
      .then(() => alone(home, () => letGo(place, release)))
      .finally(endWatch)
    return stopped
  }
  return { url, adopted, stop, [Symbol.asyncDispose]: stop }
}

/**
 * Starts it again under the address that everybody here knows.
 *
 * @throws EmbeddedPostgresError also where the database is gone: an empty one is no replacement
 */
async function revive(place: Place, secret: Passwords, url: string): Promise<void> {
  const { home, binaries, log } = place
  if (!(await checkCluster(home, binaries))) {
    throw new EmbeddedPostgresError('not-starting', `There is no database in ${home.cluster}.`)
  }
  const back = await joinOrStart(place, secret)
  if (back.url === url) log.info('embedded PostgreSQL is back')
  else log.error('embedded PostgreSQL is back on another port: start the server again')
}

/** Again for a while when a server, or what a killed one left, is just coming or going. */
async function joinOrStart(place: Place, secret: Passwords) {
  for (const until = Date.now() + IN_USE_LIMIT_MS; ; await sleep(50)) {
    const url = await join(place.home, secret)
    if (url) return { url, adopted: true }
    try {
      return { url: await start(place, secret), adopted: false }
    } catch (error) {
      if (troubleOf(error) !== 'still-in-use' || Date.now() > until) throw error
    }
  }
}

/** The server that runs on this folder already, once it answers; undefined if none does. */
async function join(home: Home, secret: Passwords): Promise<string | undefined> {
  for (const until = Date.now() + ANSWER_LIMIT_MS; Date.now() < until; await sleep(20)) {
    const found = await findPostmaster(home.cluster)
    if (!found) return undefined
    if (!found.ready) continue
    try {
      return await databaseUrl(home, found.port, secret)
    } catch (error) {
      if (troubleOf(error)) throw error
      // it is just stopping, or out of connections
    }
  }
  throw new EmbeddedPostgresError(
    'not-starting',
    `A PostgreSQL runs on ${home.cluster} and does not answer: end it and start again, see ` +
      `${home.log}.`,
  )
}

async function letGo({ home, log }: Place, release: Release): Promise<void> {
  release()
  const last = tryExclusive(home.users)
  if (!last) return log.info('embedded PostgreSQL goes on for another process')
  try {
    await stopPostmaster(home.cluster)
    log.info('embedded PostgreSQL stopped')
  } finally {
    last()
  }
}

/** Does it while no other process starts, joins or stops the server of this folder. */
async function alone<T>(home: Home, what: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + GATE_LIMIT_MS; Date.now() < until; await sleep(10)) {
    const leave = tryExclusive(home.gate)
    if (!leave) continue
    try {
      return await what()
    } finally {
      leave()
    }
  }
  throw busy(home.gate)
}

function busy(file: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'busy',
    `Another process holds ${file} for too long: end it and start again.`,
  )
}
