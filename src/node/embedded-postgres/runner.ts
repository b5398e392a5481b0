import { execFile } from 'node:child_process'
import { chmodSync, lchownSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, readableCopy } from './binaries.ts'
import { EmbeddedPostgresError, namedOutput } from './trouble.ts'

/** As whom PostgreSQL's programs run: they refuse root, although we may well be root. */
export interface Runner {
  readonly binaries: Binaries
  /** a program and its arguments that start ours with less power */
  readonly prefix: readonly string[]
  /** whom its files belong to, and for `as` also as whom the process is started */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
  readonly as: { readonly uid: number; readonly gid: number } | undefined
}

interface User {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/**
 * As an ordinary user: as ourselves. As root: in a user namespace where root without its
 * capabilities looks like an ordinary user; so the files stay root's own, private to it, and may
 * lie in root's home. Where namespaces are forbidden (most containers): as `nobody`.
 */
export async function chooseRunner(binaries: Binaries, dataDir: string): Promise<Runner> {
  if (process.getuid?.() !== 0) return { binaries, prefix: [], owner: undefined, as: undefined }
  const user = ordinaryUser()
  return (await inNamespace(binaries, user)) ?? (await asUser(binaries, dataDir, user))
}

async function inNamespace(binaries: Binaries, user: User): Promise<Runner | undefined> {
  const prefix = ['unshare', '--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`]
  const runner = { binaries, prefix, owner: { uid: 0, gid: 0 }, as: undefined }
  try {
    const { file, args, options } = command(runner, 'postgres', ['--version'])
    await promisify(execFile)(file, args, options)
    return runner
  } catch {
    return undefined
  }
}

async function asUser(binaries: Binaries, dataDir: string, user: User): Promise<Runner> {
  const blocked = firstBlocked(dirname(dataDir), user)
  if (blocked) {
    throw new EmbeddedPostgresError(
      'unreachable',
      `PostgreSQL may not run as root, and user ${user.name} cannot enter ${blocked}: ` +
        'give DATA_DIR a folder that others may enter, start us as an ordinary user, ' +
        'or set DATABASE_URL to use another PostgreSQL.',
    )
  }
  if (!mayEnter(dataDir, user)) chmodSync(dataDir, statSync(dataDir).mode | 0o011)
  const reachable = firstBlocked(join(binaries.folder, 'bin'), user) === undefined
  return {
    binaries: reachable ? binaries : await readableCopy(binaries),
    prefix: [],
    owner: user,
    as: user,
  }
}

/** One with an entry in the password file, without which `initdb` refuses to run. */
function ordinaryUser(): User {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && gid > 0)
  const user = users.find(({ name }) => name === 'nobody') ?? users[0]
  if (user) return user
  throw new EmbeddedPostgresError(
    'no-user',
    'PostgreSQL may not run as root, and there is no other user here: start us as an ordinary ' +
      'user, or set DATABASE_URL to use another PostgreSQL.',
  )
}

function firstBlocked(folder: string, user: User): string | undefined {
  const above = dirname(folder)
  const blocked = above === folder ? undefined : firstBlocked(above, user)
  return blocked ?? (mayEnter(folder, user) ? undefined : folder)
}

function mayEnter(folder: string, user: User): boolean {
  const { mode, uid, gid } = statSync(folder)
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
  return (mode & bit) !== 0
}

/** What to spawn. The environment is bare, so that nobody's PGPORT or PGDATA gets in. */
export function command(runner: Runner, program: 'initdb' | 'postgres', args: string[]) {
  const all = [...runner.prefix, join(runner.binaries.folder, 'bin', program), ...args]
  const { PATH = '', SystemRoot } = process.env
  return {
    file: all[0] as string,
    args: all.slice(1),
    options: {
      ...(runner.as && { uid: runner.as.uid, gid: runner.as.gid }),
      cwd: '/',
      env: { PATH, LC_ALL: 'C', TZ: 'UTC', ...(SystemRoot && { SystemRoot }) },
    },
  }
}

/** Runs it to its end; its complaints become a named error. */
export async function initdb(runner: Runner, args: string[], dataDir: string): Promise<void> {
  const { file, args: all, options } = command(runner, 'initdb', args)
  try {
    await promisify(execFile)(file, all, options)
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw namedOutput(`${stdout}\n${stderr || String(error)}`, dataDir)
  }
}

/** Gives a file or folder with all in it to the user PostgreSQL runs as, unless it is his. */
export function giveTo(runner: Runner, path: string): void {
  const { owner } = runner
  if (!owner || statSync(path).uid === owner.uid) return
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' })) {
      lchownSync(join(path, name), owner.uid, owner.gid)
    }
  }
  lchownSync(path, owner.uid, owner.gid) // last, so that an interrupted change is done again
}
