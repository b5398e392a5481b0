import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { locateBinaries } from './binaries.ts'
import { command, giveTo, type Runner } from './runner.ts'
import { EmbeddedPostgresError, namedOutput, usedElsewhere } from './trouble.ts'

/** What `postmaster.pid` says; lines 1, 4 and 8 of PostgreSQL's `miscadmin.h`. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly ready: boolean
}

const START_LIMIT_MS = 300_000 // crash recovery may have much to replay
const FAST_STOP_MS = 60_000
const QUICK_STOP_MS = 10_000

/** The postmaster that runs this very cluster now, starting and stopping included. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lines = (await readPidFile(cluster)).split('\n')
  const pid = Number(lines[0])
  if (!(pid > 0) || !(await runsOn(pid, cluster))) return undefined
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

async function readPidFile(cluster: string): Promise<string> {
  try {
    return await readFile(join(cluster, 'postmaster.pid'), 'utf8')
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'ENOTDIR'].includes(code)) return ''
    throw error
  }
}

/** Whether that process is a server of this folder: pids are used again. A zombie is none. */
async function runsOn(pid: number, cluster: string): Promise<boolean> {
  try {
    if (process.platform === 'linux') {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      return words.some((word, at) => word === '-D' && words[at + 1] === cluster)
    }
    process.kill(pid, 0)
    if (process.platform === 'win32') return true
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', `${pid}`])
    return stdout.includes(` -D ${cluster} `)
  } catch {
    return false
  }
}

/**
 * Makes PostgreSQL believe that a stale `postmaster.pid` is stale even where its pid belongs to
 * some other process by now. The rest of the file stays, since PostgreSQL finds the shared memory
 * in it and so still refuses a folder whose server processes have outlived their postmaster.
 */
export async function disownPidFile(cluster: string, runner: Runner): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const lines = (await readPidFile(cluster)).split('\n')
  if (lines.length < 2) return rm(file, { force: true })
  if (await standsIn(Number(lines[0]), cluster)) throw usedElsewhere(cluster)
  const impossible = 2 ** 31 - 2
  await writeFile(`${file}.new`, [impossible, ...lines.slice(1)].join('\n'), { mode: 0o600 })
  giveTo(runner, `${file}.new`)
  await rename(`${file}.new`, file)
}

/** Whether it works in this folder under another name of it: moved, or mounted twice. */
async function standsIn(pid: number, cluster: string): Promise<boolean> {
  try {
    const [there, here] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(cluster)])
    return there.ino === here.ino && there.dev === here.dev
  } catch {
    return false
  }
}

export interface Launch {
  readonly runner: Runner
  readonly cluster: string
  readonly port: number
  readonly log: string
  readonly settings: Readonly<Record<string, string>>
}

/**
 * Starts PostgreSQL in a process group of its own, which Ctrl-C does not reach, and waits until
 * it takes connections.
 *
 * @throws EmbeddedPostgresError saying why it ended
 */
export async function launch(what: Launch, dataDir: string): Promise<ChildProcess> {
  const from = await stat(what.log).then(
    ({ size }) => size,
    () => 0,
  )
  const child = spawnServer(what)
  const ended = new Promise<Error | true>((resolve) => {
    child.once('exit', () => resolve(true)).once('error', resolve)
  })
  if (await isReady(child, what.cluster, ended)) return child
  const cause = await ended
  const output = (await readFile(what.log)).subarray(from).toString()
  throw namedOutput(cause === true ? output : `${output}\n${cause.message}`, dataDir, what.log)
}

function spawnServer({ runner, cluster, port, log, settings }: Launch): ChildProcess {
  const all = { port: String(port), listen_addresses: '127.0.0.1', ...settings }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { file, args, options } = command(runner, 'postgres', ['-D', cluster, ...flags])
  const output = openSync(log, 'a', 0o600)
  try {
    const child = spawn(file, args, {
      ...options,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', output, output],
    })
    child.unref()
    return child
  } finally {
    closeSync(output)
  }
}

async function isReady(
  child: ChildProcess,
  cluster: string,
  ended: Promise<unknown>,
): Promise<boolean> {
  let over = false
  void ended.then(() => {
    over = true
  })
  for (const until = Date.now() + START_LIMIT_MS; Date.now() < until; await sleep(5)) {
    if (over) return false
    const found = await findPostmaster(cluster)
    if (found?.ready && found.pid === child.pid) return true
  }
  throw new EmbeddedPostgresError(
    'not-starting',
    `PostgreSQL (pid ${child.pid}) still recovers ${cluster}: wait, and start again.`,
  )
}

/** Stops it in PostgreSQL's fast way: open transactions are rolled back, the rest is kept. */
export async function stopPostmaster(cluster: string): Promise<void> {
  const found = await findPostmaster(cluster)
  if (!found) return
  if (await ends(found.pid, cluster, 'SIGINT', FAST_STOP_MS)) return
  if (await ends(found.pid, cluster, 'SIGQUIT', QUICK_STOP_MS)) return // recovers when started
  throw new EmbeddedPostgresError(
    'not-stopping',
    `PostgreSQL (pid ${found.pid}) does not end: look at its disk, then end it yourself.`,
  )
}

async function ends(
  pid: number,
  cluster: string,
  signal: 'SIGINT' | 'SIGQUIT',
  patience: number,
): Promise<boolean> {
  await tell(pid, cluster, signal)
  for (const until = Date.now() + patience; Date.now() < until; await sleep(5)) {
    if (!(await runsOn(pid, cluster))) return true
  }
  return false
}

async function tell(pid: number, cluster: string, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  if (process.platform === 'win32') {
    // has no signals, pg_ctl speaks through a pipe
    const mode = signal === 'SIGINT' ? 'fast' : 'immediate'
    const program = join(locateBinaries().folder, 'bin', 'pg_ctl')
    await promisify(execFile)(program, ['stop', '-D', cluster, '-m', mode, '-W'])
    return
  }
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // it has just ended
  }
}
