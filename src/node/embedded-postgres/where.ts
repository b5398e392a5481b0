import { readlinkSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import type { Home } from './cluster.ts'
import { tryExclusive } from './file-lock.ts'

/*
 * Two containers on one volume see each other's locks, but not each other's processes: there a
 * running server looks like a stale pid file, and a second one on the same files destroys them.
 */

/** Whether somebody uses the server whom we could not see. */
export async function isElsewhere(home: Home): Promise<boolean> {
  const release = tryExclusive(home.users)
  release?.()
  if (release) return false
  return (await readFile(home.where, 'utf8').catch(here)) !== here()
}

export async function rememberWhere(home: Home): Promise<void> {
  await writeFile(home.where, here(), { mode: 0o600 })
}

function here(): string {
  const table = process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : ''
  return `${hostname()} ${table}`.trim()
}
