/** `npm start`: builds the front ends when their sources have changed, then serves. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const built = fileURLToPath(new URL('../../dist/web/build.json', import.meta.url))

async function freshen(): Promise<void> {
  // an installation without development dependencies ships its front ends built
  const { build, stale } = await import('../web/build.ts').catch((error: unknown) => {
    if (existsSync(built)) return { build: null, stale: null }
    throw error
  })
  if (!stale || !build || !(await stale())) return
  process.stdout.write('building the front ends …\n')
  await build()
}

// the server starts beside the build: pages are read when they are asked for
const building = freshen()
building.catch((error: unknown) => {
  process.stderr.write(`the front ends cannot be built: ${String(error)}\n`)
  process.exit(1)
})
await import('./main.ts')
