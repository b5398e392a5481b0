/** What can go wrong with the embedded PostgreSQL; every one tells the operator what to do. */
export const TROUBLES = [
  'disk-full',
  'not-writable',
  'unreachable',
  'no-user',
  'no-binaries',
  'other-version',
  'not-a-cluster',
  'password-lost',
  'port-taken',
  'still-in-use',
  'used-elsewhere',
  'busy',
  'not-starting',
  'not-stopping',
] as const
export type Trouble = (typeof TROUBLES)[number]

export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly trouble: Trouble

  constructor(trouble: Trouble, message: string, cause?: unknown) {
    super(message, { cause })
    this.trouble = trouble
  }
}

export function troubleOf(error: unknown): Trouble | undefined {
  return error instanceof EmbeddedPostgresError ? error.trouble : undefined
}

const INSTEAD = 'or set DATABASE_URL to use another PostgreSQL'

/** Names a fault of the file system or of a program that we ran; others pass unchanged. */
export function named(error: unknown, dataDir: string): unknown {
  if (error instanceof EmbeddedPostgresError) return error
  const { code, path = dataDir } = (error ?? {}) as { code?: unknown; path?: string }
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(dataDir, error)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ERR_SQLITE_ERROR': // of a lock file
      return new EmbeddedPostgresError(
        'not-writable',
        `We may not write ${path} (${code}): give this user DATA_DIR (${dataDir}), ${INSTEAD}.`,
        error,
      )
    default:
      return error
  }
}

/** Names what `initdb` or `postgres` wrote to its error output before it gave up. */
export function namedOutput(output: string, dataDir: string, log?: string): EmbeddedPostgresError {
  if (/No space left on device|Disk quota exceeded/.test(output)) return diskFull(dataDir, output)
  if (/could not bind|could not create any TCP/.test(output)) {
    return new EmbeddedPostgresError(
      'port-taken',
      'PostgreSQL found no free port on 127.0.0.1: end what listens there and start again.',
      output,
    )
  }
  if (/pre-existing shared memory block|lock file .* already exists/.test(output)) {
    return new EmbeddedPostgresError(
      'still-in-use',
      `Processes of a PostgreSQL that was killed still use ${dataDir}: end them and start again.`,
      output,
    )
  }
  if (/database files are incompatible/.test(output)) {
    return new EmbeddedPostgresError(
      'other-version',
      `${dataDir} was made by another PostgreSQL: use that one through DATABASE_URL.`,
      output,
    )
  }
  if (/error while loading shared libraries|Library not loaded/.test(output)) {
    return new EmbeddedPostgresError(
      'no-binaries',
      'PostgreSQL misses its libraries: run `npm rebuild`, since its install script was skipped, ' +
        `${INSTEAD}.`,
      output,
    )
  }
  if (/Permission denied|Read-only file system/.test(output)) {
    return new EmbeddedPostgresError(
      'not-writable',
      `PostgreSQL may not write ${dataDir}: give DATA_DIR a folder of this user, ${INSTEAD}.`,
      output,
    )
  }
  const lines = output.trim().split('\n')
  const last = lines.findLast((line) => /FATAL|PANIC|ERROR|error:/.test(line)) ?? lines.at(-1)
  return new EmbeddedPostgresError(
    'not-starting',
    `PostgreSQL did not start (${last || 'it left no message'}): ${log ? `see ${log}, ` : ''}` +
      `or restore DATA_DIR (${dataDir}) from a backup.`,
    output,
  )
}

export function usedElsewhere(dataDir: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'used-elsewhere',
    `A PostgreSQL that we cannot join uses DATA_DIR (${dataDir}), started under another path or ` +
      'in another container: end it, or share one through DATABASE_URL.',
  )
}

function diskFull(dataDir: string, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'disk-full',
    `The disk of DATA_DIR (${dataDir}) is full: free some space and start again.`,
    cause,
  )
}
