import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Of Linux, whatever its own frequency: what `/proc` counts in. */
const TICKS_PER_SECOND = 100
/** Seconds that the file's time and the process's may differ by rounding. */
const ROUNDING = 2

/** Seconds since a process began; undefined where that cannot be known. */
async function ageOf(pid: number): Promise<number | undefined> {
  try {
    const [uptime, line] = await Promise.all([
      readFile('/proc/uptime', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ])
    // the program's name stands in brackets and may hold anything; the start is field 22
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
    const age = Number.parseFloat(uptime) - Number(fields[19]) / TICKS_PER_SECOND
    return age >= 0 ? age : undefined
  } catch {
    return undefined
  }
}

/** Whether the file speaks of a server that runs: a pid may have been given to another since. */
async function isCurrent(path: string, pid: number): Promise<boolean> {
  if (!(pid > 0) || pid === process.pid || !isAlive(pid)) return false
  const age = await ageOf(pid)
  if (age === undefined) return true
  const written = (Date.now() - (await stat(path)).mtimeMs) / 1000
  return age > written - ROUNDING
}

/**
 * `shouwen.pid` in the data folder: for whoever has to signal the server. A stale one is replaced;
 * of two servers on one folder the first keeps it.
 */
export async function writePidFile(dataDir: string): Promise<AsyncDisposable> {
  await mkdir(dataDir, { recursive: true })
  const path = join(dataDir, 'shouwen.pid')
  const read = async () => Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10)
  if (!(await isCurrent(path, await read()))) await writeFile(path, `${process.pid}\n`)
  return {
    async [Symbol.asyncDispose]() {
      if ((await read()) === process.pid) await rm(path, { force: true })
    },
  }
}
