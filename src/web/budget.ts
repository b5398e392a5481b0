/**
 * What the widget may weigh, gzipped: checked by `npm run check:size` and by the tests. Chunks that
 * are shared between pages and the file chunk count as pages.
 */
import { realpathSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from './build.ts'

const KB = 1024
/** Bytes: the loader on every page; the chat before its lazy parts; what comes after it. */
export const BUDGET = { loader: 3 * KB, chat: 22 * KB, pages: 17 * KB, files: 4 * KB } as const

export type Weights = Record<keyof typeof BUDGET, number>

/** Of the widget that was built into `out`. */
export async function weigh(out: string): Promise<Weights> {
  const weights: Weights = {
    loader: await gzipped(join(out, 'widget.js')),
    chat: 0,
    pages: 0,
    files: 0,
  }
  const chunks = join(out, 'assets/widget')
  for (const file of await readdir(chunks)) {
    // Another language's words come instead of the Chinese ones.
    if (file.startsWith('en-')) continue
    const part = file.startsWith('chat-') ? 'chat' : file.startsWith('files-') ? 'files' : 'pages'
    weights[part] += await gzipped(join(chunks, file))
  }
  return weights
}

const gzipped = async (file: string) => gzipSync(await readFile(file), { level: 9 }).length

async function check(): Promise<void> {
  const out = await mkdtemp(join(tmpdir(), 'shouwen-size-'))
  try {
    await build({ widgetTo: out })
    const weights = await weigh(out)
    for (const part of Object.keys(BUDGET) as (keyof Weights)[]) {
      const [is, may] = [weights[part], BUDGET[part]]
      if (is > may) process.exitCode = 1
      process.stdout.write(
        `${is > may ? 'too heavy' : 'ok'}  ${part} ${is} of ${may} bytes gzipped\n`,
      )
    }
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) await check()
