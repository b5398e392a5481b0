/**
 * PostgreSQL's SQLSTATE or the driver's code of a failed query, also where the query builder has
 * wrapped it; undefined for anything else.
 */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && error.code !== undefined) return String(error.code)
  return 'cause' in error ? codeOf(error.cause) : undefined
}

const codeIs = (error: unknown, pattern: RegExp) => pattern.test(codeOf(error) ?? '')

/** Serialization failure and deadlock: contention is ours, so it is retried inside. */
export const isContention = (error: unknown) => codeIs(error, /^(40001|40P01)$/)

export const isUniqueViolation = (error: unknown) => codeIs(error, /^23505$/)

/** The database is away, restarting, full or too slow: nobody's fault, and it may come back. */
export const isUnreachable = (error: unknown) =>
  codeIs(error, /^(08|53|57P|58|57014|25006)/) ||
  codeIs(error, /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOST|ENET|EAI_|CONNECT)/)

/**
 * Of those: nobody knows whether the statement was carried out, because the connection broke with
 * it. All others say for certain that it was not.
 */
export const isInDoubt = (error: unknown) =>
  codeIs(error, /^(08|57P01|57P02|ECONNRESET|EPIPE|ETIMEDOUT|CONNECTION_(CLOSED|DESTROYED))/)
