import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../dist/web', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** The built front ends, read once and kept. Hashed names never change, so they may be kept for long. */
export function createAssets(root = ROOT): (path: string) => Promise<Response | null> {
  const cache = new Map<string, Uint8Array<ArrayBuffer> | null>()
  return async (path) => {
    const file = normalize(join(root, path))
    const type = TYPES[extname(file)]
    if (!file.startsWith(root + sep) || type === undefined) return null
    let bytes = cache.get(file)
    if (bytes === undefined) {
      bytes = await readFile(file).catch(() => null)
      if (bytes) cache.set(file, bytes)
    }
    if (!bytes) return null
    const isHashed = path.startsWith('/assets/')
    return new Response(bytes, {
      headers: {
        'content-type': type,
        'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
        ...(type.startsWith('text/html') ? { 'cache-control': 'no-cache' } : {}),
      },
    })
  }
}
