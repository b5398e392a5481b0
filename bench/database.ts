import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../src/node/embedded-postgres.ts'

/*
 * Holds the PostgreSQL of a run: the embedded one as the product ships it, durable, in a folder
 * that is thrown away. A process of its own, so that it cleans up also after a bench that was
 * killed; only the end of its channel ends it.
 */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})

const folder = mkdtempSync(join(tmpdir(), 'shouwen-bench-'))
const ended = new Promise((resolve) => process.once('disconnect', resolve))
const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
const log = { info: () => {}, error: (message: string) => console.error(message) }
try {
  await using embedded = await openEmbedded({ dataDir: folder, log })
  process.send?.({ url: embedded.url, folder })
  await ended
} finally {
  remove()
}
