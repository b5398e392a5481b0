import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { openDatabase } from '../src/db/db.ts'
import { DEMO_DESKS } from '../src/identity/demo.ts'
import { addDesks } from '../src/identity/directory-store.ts'
import { generatePassword, hashOf } from '../src/identity/password.ts'
import { insertStaff } from '../src/identity/staff-store.ts'
import { migrate } from '../src/node/migrate.ts'
import { Peer } from './ipc.ts'
import { DESKS, OFFICERS, officerName, type Stage } from './seats.ts'

/** One PostgreSQL for both systems, the load generator, and what they know of each other. */
export interface Setting extends AsyncDisposable {
  databaseUrl: string
  /** Of the run; thrown away with it. */
  folder: string
  postgresPid: number
  load: Peer
  secret: string
  password: string
  sql: postgres.Sql
}

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** A child without our own flags; what it says on stderr is heard. */
const child = (name: string): ChildProcess =>
  fork(file(name), { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })

export async function openSetting(): Promise<Setting> {
  await using stack = new AsyncDisposableStack()
  const holder = child('database.ts')
  stack.defer(() => letGo(holder))
  const { url, folder } = await made(holder)
  const password = generatePassword()
  await migrate(url)
  await addOfficers(url, password)
  const load = stack.use(new Peer('the load generator', child('load.ts')))
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  stack.defer(() => sql.end({ timeout: 2 }))
  const pidFile = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8')
  const open = stack.move()
  return {
    databaseUrl: url,
    folder,
    postgresPid: Number(pidFile.split('\n')[0]),
    load,
    secret: generatePassword().repeat(4),
    password,
    sql,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

async function made(holder: ChildProcess): Promise<{ url: string; folder: string }> {
  const ended = once(holder, 'exit').then(() => {
    throw new Error('PostgreSQL could not be started')
  })
  const [said] = await Promise.race([once(holder, 'message'), ended])
  ended.catch(() => {})
  return said as { url: string; folder: string }
}

async function letGo(holder: ChildProcess): Promise<void> {
  if (holder.exitCode !== null) return
  const ended = once(holder, 'exit')
  if (holder.connected) holder.disconnect()
  await ended
}

/** One slow hash for all of them. */
async function addOfficers(url: string, password: string): Promise<void> {
  await using database = openDatabase(url, { max: 2, name: 'shouwen-bench' })
  const { db } = database
  await addDesks(db, DEMO_DESKS)
  const hash = await hashOf(password)
  for (let i = 0; i < OFFICERS; i++) {
    const username = officerName(i)
    const desk = DESKS[i % DESKS.length]!
    const row = { id: crypto.randomUUID(), username, name: `测试${i}`, role: 'officer' as const }
    await insertStaff(db, { ...row, desk, desks: [], disabled: false, createdAt: new Date() }, hash)
  }
}

/** A system under measurement: a fresh process, alone on the machine but for load and database. */
export interface Server extends AsyncDisposable {
  peer: Peer
  stage: Stage
}

const MAIN = { floor: 'floor.ts', ours: '../src/node/main.ts' } as const

export async function startServer(
  { databaseUrl, folder, secret, password }: Setting,
  system: Stage['system'],
  flags: readonly string[],
): Promise<Server> {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: databaseUrl,
    PORT: '0',
    DATA_DIR: join(folder, 'server'),
    SEED: 'none',
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'warn',
    ENTERPRISE_TOKEN_SECRET: secret,
  }
  const probe = file('probe.ts')
  const server = fork(file(MAIN[system]), {
    env,
    execArgv: ['--expose-gc', '--import', probe, ...flags],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const peer = new Peer(system, server)
  try {
    const url = await address(server)
    return {
      peer,
      stage: { system, url, secret, password },
      [Symbol.asyncDispose]: () => peer.stop(),
    }
  } catch (error) {
    await peer.stop()
    throw error
  }
}

/** Both say on stdout where they listen. */
async function address(server: ChildProcess): Promise<string> {
  let said = ''
  for await (const chunk of server.stdout!) {
    said += String(chunk)
    const url = /http:\/\/[\d.]+:\d+/.exec(said)?.[0]
    if (url) {
      server.stdout!.resume()
      return url
    }
  }
  throw new Error('a server ended before it listened')
}
