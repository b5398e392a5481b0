import { resolve } from 'node:path'
import { isUnreachable } from '../db/faults.ts'
import { SettingError } from '../identity/secret.ts'
import { banner } from './banner.ts'
import { readConfig } from './config.ts'
import { openEmbedded } from './embedded-postgres.ts'
import { createLog } from './log.ts'
import { migrate } from './migrate.ts'
import { writePidFile } from './pid-file.ts'
import { startServer } from './server.ts'

/** The server: starts what it needs, says where to go, and stops in order. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLog(config.LOG_LEVEL)
  // heard from the beginning: a stop during the start ends what was started, too
  const stopped = new Promise<string>((stop) => {
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
  })
  await using stack = new AsyncDisposableStack()
  const dataDir = resolve(config.DATA_DIR)
  const embedded = config.DATABASE_URL ? null : stack.use(await openEmbedded({ dataDir, log }))
  const databaseUrl = config.DATABASE_URL ?? embedded!.url
  await migrate(databaseUrl)
  stack.use(await writePidFile(dataDir))
  const running = stack.use(await startServer({ config, databaseUrl, log }))
  process.stdout.write(banner(running.url, running.prepared.demo))
  log.info({ url: running.url, embedded: embedded !== null }, 'ready')
  const signal = await stopped
  log.info({ signal }, 'stopping')
}

process.on('unhandledRejection', (err) => {
  createLog('error').error({ err }, 'a rejection that nobody handled')
})

/** One sentence for what an operator can mend; a stack only for what is our fault. */
function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as NodeJS.ErrnoException
  if (error instanceof SettingError || error.name === 'EmbeddedPostgresError') return error.message
  if (code === 'EADDRINUSE') return `PORT: ${process.env.PORT ?? 8787} is in use by another process`
  if (code === 'EADDRNOTAVAIL') return `HOST: ${process.env.HOST} is no address of this machine`
  if (isUnreachable(error)) return `DATABASE_URL: the database does not answer (${code})`
  if (code?.startsWith('28')) return 'DATABASE_URL: the database does not accept this user'
  if (code?.startsWith('3D')) return 'DATABASE_URL: there is no such database'
  return error.stack ?? error.message
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`shouwen cannot start: ${explained(error)}\n`)
    process.exit(1)
  },
)
