/** PostgreSQL's SQLSTATE or the driver's code of a failed query; undefined for anything else. */
const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined

/** Serialization failure and deadlock: contention is ours, so it is retried inside. */
export const isContention = (error: unknown) => ['40001', '40P01'].includes(codeOf(error) ?? '')

export const isUniqueViolation = (error: unknown) => codeOf(error) === '23505'

/** The database is away, restarting, full or too slow: nobody's fault, and it may come back. */
export function isUnreachable(error: unknown): boolean {
  const code = codeOf(error) ?? ''
  return (
    /^(08|53|57P|58)/.test(code) ||
    code === '57014' ||
    code === '25006' ||
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOST|ENET|EAI_|CONNECT)/.test(code) ||
    code.startsWith('CONNECTION_')
  )
}
