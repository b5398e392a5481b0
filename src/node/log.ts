import { pino } from 'pino'

/**
 * One JSON line an event, on stderr. Facts are named one by one where they are logged; what people
 * wrote, tokens, cookies and passwords are never among them, and an error goes without its query.
 */
export function createLog(level: string) {
  return pino(
    {
      level,
      base: { app: 'shouwen', pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: plainError },
    },
    pino.destination({ dest: 2, sync: false }),
  )
}

/** Name, code, message and stack: a failed query's `parameters` and `query` hold people's words. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error).slice(0, 200) }
  const { name, message, stack, cause } = error
  const code = (error as { code?: unknown }).code
  // drizzle puts the query and its parameters into the message, and so into the stack
  const isQuery = /^Failed query/i.test(message)
  return {
    name,
    message: isQuery ? 'Failed query' : message.slice(0, 500),
    ...(code === undefined ? {} : { code }),
    ...(isQuery ? {} : { stack }),
    ...(cause === undefined ? {} : { cause: plainError(cause) }),
  }
}

export type ServerLog = ReturnType<typeof createLog>
