/**
 * Builds the front ends into dist/web: `widget.js` with its chunks, the demo page and the
 * console. Run by node; `npm start` asks `stale()` first.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { InlineConfig, Rolldown } from 'vite'

const WEB = import.meta.dirname
const ROOT = join(WEB, '../..')
const OUT = join(ROOT, 'dist/web')
const STAMP = 'build.json'
/** What the built files depend on; the lock file stands for every package. */
const SOURCES = ['src/web', 'src/protocol', 'package-lock.json']

/** True where dist/web is missing or older than its sources. */
export async function stale(): Promise<boolean> {
  try {
    const { hash } = JSON.parse(await readFile(join(OUT, STAMP), 'utf8')) as { hash?: string }
    return hash !== (await sourceHash())
  } catch {
    return true
  }
}

/**
 * Builds in a process of its own: Vite sets NODE_ENV and keeps what it loads, and neither is wanted
 * in a server. With `widgetTo` only the widget, into that folder.
 */
export async function build({ widgetTo }: { widgetTo?: string } = {}): Promise<void> {
  const child = spawn(process.execPath, [import.meta.filename, ...(widgetTo ? [widgetTo] : [])], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: 'inherit',
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`the build ended with ${code ?? 'a signal'}`)
}

/** Beside the old one and then in its place, so that a failed build takes nothing away. */
async function buildAll(): Promise<void> {
  const hash = await sourceHash()
  const fresh = `${OUT}.${process.pid}`
  try {
    await Promise.all([
      buildWidget(fresh),
      buildPage(fresh, 'demo', 'preact'),
      buildPage(fresh, 'console', 'react'),
    ])
    await writeFile(join(fresh, STAMP), `${JSON.stringify({ hash })}\n`)
    await rm(OUT, { recursive: true, force: true })
    await rename(fresh, OUT)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

/** Names and contents of all sources, in a stable order. */
export async function sourceHash(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of await sourceFiles()) {
    hash.update(`${relative(ROOT, file)}\0`)
    hash.update(await readFile(file))
  }
  return hash.digest('hex')
}

async function sourceFiles(): Promise<string[]> {
  const files: string[] = []
  for (const source of SOURCES) {
    const path = join(ROOT, source)
    const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null)
    if (!entries) files.push(path)
    for (const e of entries ?? []) if (e.isFile()) files.push(join(e.parentPath, e.name))
  }
  return files.sort()
}

/**
 * The chat first: the loader carries the hashed path of its entry. Library mode, because pages
 * get a helper that preloads chunks into the host's `<head>`.
 */
async function buildWidget(outDir: string): Promise<void> {
  const chat = await run(outDir, 'preact', {
    build: {
      lib: { entry: join(WEB, 'widget/chat.tsx'), formats: ['es'] },
      // Chunks may take what they share from the entry: one file less to fetch.
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        output: { minify: true, ...names('widget') },
      },
    },
  })
  await run(outDir, 'preact', {
    define: { __CHAT__: JSON.stringify(`/${chat}`) },
    build: {
      lib: { entry: join(WEB, 'widget/loader.ts'), formats: ['iife'], name: 'ShouwenLoader' },
      rolldownOptions: { output: { entryFileNames: 'widget.js' } },
    },
  })
}

async function buildPage(
  outDir: string,
  name: 'demo' | 'console',
  jsx: 'preact' | 'react',
): Promise<void> {
  await run(outDir, jsx, {
    build: {
      chunkSizeWarningLimit: 1500,
      rolldownOptions: { input: join(WEB, `${name}.html`), output: names(name) },
    },
  })
}

const names = (folder: string): Rolldown.OutputOptions => ({
  entryFileNames: `assets/${folder}/[name]-[hash].js`,
  chunkFileNames: `assets/${folder}/[name]-[hash].js`,
  assetFileNames: `assets/${folder}/[name]-[hash][extname]`,
})

/** One Vite build with what all share; gives the path of its entry chunk. */
async function run(outDir: string, jsx: string, config: InlineConfig): Promise<string> {
  // Vite stands in devDependencies: a machine that only runs a finished build lacks it.
  const { build: viteBuild } = await import('vite')
  const built = await viteBuild({
    root: WEB,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ...config,
    oxc: { jsx: { runtime: 'automatic', importSource: jsx } },
    build: {
      outDir,
      emptyOutDir: false,
      // Chrome 85, Safari 15, Firefox 90: they know private members, but to be told so by name
      // would have them turned into weak maps, for the sake of static blocks that nobody writes.
      target: 'es2022',
      modulePreload: false,
      reportCompressedSize: false,
      ...config.build,
    },
  })
  const [first] = Array.isArray(built) ? built : [built]
  const { output } = first as Rolldown.RolldownOutput
  return output.find((chunk) => chunk.type === 'chunk' && chunk.isEntry)!.fileName
}

// `import.meta.main` is younger than the oldest Node that a Mac may bring.
if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) {
  process.env.NODE_ENV = 'production'
  const from = performance.now()
  const widgetTo = process.argv[2]
  await (widgetTo ? buildWidget(widgetTo) : buildAll())
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  if (!widgetTo) process.stdout.write(`front ends built in ${seconds} s\n`)
}
