/** `npm start`: builds the front ends when their sources have changed, then serves. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// hundreds of modules are compiled once and not at each start; where nothing can be kept, as before
enableCompileCache(join(process.env.DATA_DIR || './data', 'compiled'))

const BUILD = fileURLToPath(new URL('../web/build.ts', import.meta.url))
const BUILT = fileURLToPath(new URL('../../dist/web/build.json', import.meta.url))

/** In a process of its own: the server starts beside it, on the other core. */
async function freshen(): Promise<void> {
  const { stale } = await import('../web/build.ts')
  if (!(await stale())) return
  process.stdout.write('building the front ends …\n')
  const child = spawn(process.execPath, [BUILD], { stdio: ['ignore', 'inherit', 'inherit'] })
  const code = await new Promise<number | null>((done) => child.once('exit', done))
  if (code === 0) return
  if (!existsSync(BUILT)) throw new Error(`the build ended with ${code}`)
  // an installation without development dependencies ships its front ends built
  process.stderr.write('the front ends could not be built; those of the last build are served\n')
}

freshen().catch((error: unknown) => {
  process.stderr.write(`the front ends cannot be built: ${String(error)}\n`)
  process.exit(1)
})
await import('./main.ts')
