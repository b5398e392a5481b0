import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * `shouwen.pid` in the data folder: for whoever has to signal the server. A stale one is replaced;
 * of two servers on one folder the first keeps it.
 */
export async function writePidFile(dataDir: string): Promise<AsyncDisposable> {
  await mkdir(dataDir, { recursive: true })
  const path = join(dataDir, 'shouwen.pid')
  const read = async () => Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10)
  const other = await read()
  if (!(other > 0 && other !== process.pid && isAlive(other))) {
    await writeFile(path, `${process.pid}\n`)
  }
  return {
    async [Symbol.asyncDispose]() {
      if ((await read()) === process.pid) await rm(path, { force: true })
    },
  }
}
