import { once } from 'node:events'
import { EmbeddedPostgresError, openEmbedded } from '../../src/node/embedded-postgres.ts'

/*
 * A server process as far as its database goes: `node embedded-holder.ts DATA_DIR` opens it, says
 * so in one line of JSON, and lets go when its input ends (also because the test was killed).
 */

const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)

try {
  const log = { info: () => {}, error: () => {} }
  const { url, adopted, stop } = await openEmbedded({ dataDir: process.argv[2] ?? '', log })
  say({ url, adopted })
  await once(process.stdin.resume(), 'end')
  await stop()
} catch (error) {
  if (!(error instanceof EmbeddedPostgresError)) throw error
  say({ trouble: error.trouble, message: error.message })
}
