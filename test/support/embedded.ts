import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { stopPostmaster } from '../../src/node/embedded-postgres/postmaster.ts'
import { openEmbedded } from '../../src/node/embedded-postgres.ts'

export const NOBODY = 65_534
export const isRoot = process.getuid?.() === 0

const folders: string[] = []
const children: ChildProcess[] = []

/** A folder of one's own for DATA_DIR, 0700, that `cleanUp` removes with its server. */
export function aFolder(uid?: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'shouwen-embedded-'))
  if (uid !== undefined) chownSync(folder, uid, uid)
  folders.push(folder)
  return folder
}

let master: string | undefined

/** One with an empty database in it, which is quicker to copy than to make. */
export async function aUsedFolder(): Promise<string> {
  if (!master) {
    master = mkdtempSync(join(tmpdir(), 'shouwen-embedded-'))
    await (await opened(master)).stop()
  }
  const folder = aFolder()
  cpSync(master, folder, { recursive: true })
  return folder
}

export function removeUsedFolder(): void {
  if (master) rmSync(master, { recursive: true })
}

/** A table with one row, to be found again. */
export const keep = (url: string, text: string) =>
  ask(url, `create table kept as select '${text}' as text`)
export const KEPT = 'select text from kept'

export async function cleanUp(): Promise<void> {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) {
    for (const place of [folder, join(folder, 'data')])
      await stopPostmaster(join(place, 'postgres'))
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
}

export const opened = (dataDir: string) =>
  openEmbedded({ dataDir, log: { info: () => {}, error: () => {} } })

/** What a child process says about its database. */
export interface Report {
  readonly url: string
  readonly adopted: boolean
  readonly trouble?: string
  readonly message?: string
}

export interface Holder {
  readonly child: ChildProcess
  readonly report: Promise<Report>
  kill(signal: NodeJS.Signals): Promise<void>
  letGo(): Promise<void>
}

interface How {
  readonly uid?: number
  readonly PATH?: string
  readonly through?: readonly string[]
}

/** Another process on that DATA_DIR, in a process group of its own. */
export function aProcessOn(dataDir: string, { uid, PATH, through = [] }: How = {}): Holder {
  const program = fileURLToPath(new URL('embedded-holder.ts', import.meta.url))
  const [file = '', ...args] = [...through, process.execPath, program, dataDir]
  const child = spawn(file, args, {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: PATH ?? process.env.PATH ?? '', HOME: dataDir },
    ...(uid !== undefined && { uid, gid: uid }),
  })
  children.push(child)
  const ended = once(child, 'exit')
  const line = once(createInterface({ input: child.stdout }), 'line')
  return {
    child,
    report: line.then(([text]) => JSON.parse(String(text)) as Report),
    async kill(signal) {
      process.kill(-(child.pid ?? 0), signal) // the whole group, as a terminal's Ctrl-C does
      await ended
    },
    async letGo() {
      child.stdin.end()
      await ended
    },
  }
}

/** The first row of one query on a connection of its own. */
export async function ask(url: string, query: string): Promise<Record<string, unknown>> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const [row] = await sql.unsafe(query)
    return { ...row }
  } finally {
    await sql.end()
  }
}

/**
 * Pids of the postmasters that serve a folder, from the process table; their children, which look
 * the same for a moment, do not count.
 */
export function postmastersOf(dataDir: string): number[] {
  const wanted = `-D\0${join(dataDir, 'postgres')}\0`
  const all = commandLines().filter(({ line }) => line.includes(wanted))
  const pids = all.map(({ pid }) => pid)
  return pids.filter((pid) => !pids.includes(parentOf(pid)))
}

export function commandLines(): { pid: number; line: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), line: fromProc(`${name}/cmdline`) }))
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(fromProc(`${pid}/status`))?.[1])
}

function fromProc(path: string): string {
  try {
    return readFileSync(join('/proc', path), 'utf8')
  } catch {
    return '' // it has just ended
  }
}
