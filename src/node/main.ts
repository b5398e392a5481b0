import { resolve } from 'node:path'
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
  await using stack = new AsyncDisposableStack()
  const dataDir = resolve(config.DATA_DIR)
  const embedded = config.DATABASE_URL ? null : stack.use(await openEmbedded({ dataDir, log }))
  const databaseUrl = config.DATABASE_URL ?? embedded!.url
  await migrate(databaseUrl)
  const running = stack.use(await startServer({ config, databaseUrl, log }))
  stack.use(await writePidFile(dataDir))
  process.stdout.write(banner(running.url, running.prepared.demo))
  log.info({ url: running.url, embedded: embedded !== null }, 'ready')
  const signal = await new Promise<string>((stop) => {
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
  })
  log.info({ signal }, 'stopping')
}

process.on('unhandledRejection', (err) => {
  createLog('error').error({ err }, 'a rejection that nobody handled')
})

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const isOurs =
      error instanceof SettingError || (error as Error)?.name === 'EmbeddedPostgresError'
    const text = error instanceof Error ? (isOurs ? error.message : error.stack) : String(error)
    process.stderr.write(`shouwen cannot start: ${text}\n`)
    process.exit(1)
  },
)
