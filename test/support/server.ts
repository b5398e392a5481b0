import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { DEMO_ISSUER, SAMPLE_ENTERPRISES } from '../../src/identity/demo.ts'
import { mintToken } from '../../src/identity/mint.ts'
import { readConfig } from '../../src/node/config.ts'
import { createLog } from '../../src/node/log.ts'
import { type Running, startServer } from '../../src/node/server.ts'
import { createDatabase } from './cluster.ts'
import { TEMPLATE } from './global-setup.ts'

export const PASSWORD = 'correct-horse-9'
/** 32 bytes that every test host signs with. */
export const SECRET = 'test-secret-of-thirty-two-bytes!!'

/** The product's clock in the test's hand. It stands still until it is moved. */
export class TestClock {
  #at: number

  /** @param at a Tuesday in office hours (Shanghai) unless the test says otherwise */
  constructor(at = '2026-11-24T02:00:00.000Z') {
    this.#at = Date.parse(at)
  }

  readonly now = () => new Date(this.#at)

  pass(milliseconds: number): void {
    this.#at += milliseconds
  }
}

export interface TestServer extends AsyncDisposable {
  url: string
  databaseUrl: string
  running: Running
  clock: TestClock
  database: Database
  /** A token of a sample enterprise's person. */
  token(
    who?: number | { enterprise?: number; sub?: string; name?: string },
    life?: number,
  ): Promise<string>
  /** A signed-in member of staff as a Cookie header. */
  cookie(username: string): Promise<string>
}

export interface TestServerOptions {
  env?: Record<string, string>
  clock?: TestClock
  /** Shares a database with another server, as several processes do. */
  databaseUrl?: string
  /** Whether the clockwork looks by itself; else a test calls `running.clockwork.turn()`. */
  wakes?: boolean
}

export const freshDatabase = () =>
  createDatabase(inject('pgAdminUrl'), `t_${randomUUID().replaceAll('-', '')}`, TEMPLATE)

/** A whole server of one test file, on its own database, its own port and its own clock. */
export async function aServer(options: TestServerOptions = {}): Promise<TestServer> {
  const clock = options.clock ?? new TestClock()
  const databaseUrl = options.databaseUrl ?? (await freshDatabase())
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: databaseUrl,
    DEMO_PASSWORD: PASSWORD,
    ENTERPRISE_TOKEN_SECRET: SECRET,
    SEED: 'demo',
    ...options.env,
  })
  const log = createLog(process.env.TEST_LOG ?? 'silent')
  const running = await startServer({
    config,
    databaseUrl,
    log,
    now: clock.now,
    wakes: options.wakes ?? false,
  })
  const database = openDatabase(databaseUrl, { max: 3, name: 'test' })
  return {
    url: running.url,
    databaseUrl,
    running,
    clock,
    database,
    token(who = 0, life = 3600) {
      const asked = typeof who === 'number' ? { enterprise: who } : who
      const sample = SAMPLE_ENTERPRISES[asked.enterprise ?? 0]!
      const { sub = sample.sub, name = sample.name } = asked
      const { enterprise } = sample
      return mintToken({
        secret: SECRET,
        iss: DEMO_ISSUER,
        sub,
        name,
        enterprise,
        now: clock.now(),
        life,
      })
    },
    cookie: (username) => signIn(running.url, username),
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

export async function signIn(url: string, username: string): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ username, password: PASSWORD }),
  })
  const cookie = response.headers.get('set-cookie')?.split(';')[0]
  if (!response.ok || !cookie) throw new Error(`${username} cannot sign in: ${response.status}`)
  return cookie
}
