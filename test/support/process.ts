import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stopPostmaster } from '../../src/node/embedded-postgres/postmaster.ts'
import { PASSWORD, SECRET } from './server.ts'

const MAIN = fileURLToPath(new URL('../../src/node/main.ts', import.meta.url))
const READY_LIMIT_MS = 30_000

export interface ProcessOptions {
  /** Without one it runs its own PostgreSQL in `dataDir`. */
  databaseUrl?: string
  dataDir?: string
  /** 0, the default, takes a free one. */
  port?: number
  env?: Readonly<Record<string, string>>
}

/** The real server, `node src/node/main.ts`, as an operator starts it. */
export interface ServerProcess {
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Milliseconds from the start to the first good `/readyz`. */
  readonly readyAfter: number
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  readonly isAlive: boolean
  /** What it logged so far, one JSON object a line. */
  logged(): Record<string, unknown>[]
  kill(signal: NodeJS.Signals): void
}

const children = new Set<ChildProcess>()
const folders: string[] = []
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** A folder of one's own that `endProcesses` removes, with the PostgreSQL that runs in it. */
export function aDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shouwen-faults-'))
  folders.push(folder)
  return folder
}

/** Ends what this file started; for `afterAll`. */
export async function endProcesses(): Promise<void> {
  await Promise.all(
    [...children].map(async (child) => {
      const gone = once(child, 'exit')
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await gone
    }),
  )
  for (const folder of folders.splice(0)) {
    await stopPostmaster(join(folder, 'postgres'))
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
}

/** Starts one and does not wait for it. */
export function aStart(options: ProcessOptions = {}) {
  const { child, ended, lines, hasEnded, url } = spawnServer(options)
  return {
    pid: child.pid!,
    ended,
    get isAlive() {
      return !hasEnded()
    },
    logged: () => lines.flatMap(objectOf),
    kill: (signal: NodeJS.Signals) => process.kill(child.pid!, signal),
    announced: url,
  }
}

/** Starts one and waits until it is ready. */
export async function aProcess(options: ProcessOptions = {}): Promise<ServerProcess> {
  const started = performance.now()
  const start = aStart(options)
  const url = await start.announced
  const readyAfter = await ready(url, () => !start.isAlive, started)
  return Object.assign(start, { url, port: Number(new URL(url).port), readyAfter })
}

function spawnServer({ databaseUrl, dataDir = aDataFolder(), port = 0, env }: ProcessOptions) {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      PORT: String(port),
      DATA_DIR: dataDir,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      DEMO_PASSWORD: PASSWORD,
      ENTERPRISE_TOKEN_SECRET: SECRET,
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'info',
      ...env,
    },
  })
  children.add(child)
  const lines: string[] = []
  let over = false
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => {
      over = true
      children.delete(child)
      resolve({ code, signal })
    })
  })
  eachLine(child.stderr, (line) => lines.push(line))
  const url = new Promise<string>((resolve, reject) => {
    eachLine(child.stdout, (line) => {
      const found = /^首问 Shouwen {2}(http:\S+)/.exec(line)?.[1]
      if (found) resolve(found)
    })
    void ended.then(({ code }) => reject(new Error(`ended with ${code}: ${lines.join('\n')}`)))
  })
  url.catch(() => {}) // one that is ended during its start has nobody who waits for it
  return { child, ended, url, lines, hasEnded: () => over }
}

function eachLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) take(part)
  })
}

function objectOf(line: string): Record<string, unknown>[] {
  try {
    return [JSON.parse(line) as Record<string, unknown>]
  } catch {
    return [{ text: line }]
  }
}

async function ready(url: string, hasEnded: () => boolean, started: number): Promise<number> {
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await isReady())) {
    if (hasEnded() || performance.now() - started > READY_LIMIT_MS) throw new Error('never ready')
    await sleep(20)
  }
  return Math.round(performance.now() - started)
}

/** Polls until something holds; the error says what did not. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  patience = 15_000,
): Promise<NonNullable<T>> {
  for (const end = performance.now() + patience; ; await sleep(20)) {
    const found = await look()
    if (found) return found as NonNullable<T>
    if (performance.now() > end) throw new Error(`not within ${patience} ms: ${what}`)
  }
}
