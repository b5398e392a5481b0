import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** Milliseconds that an answer in hand may take while the server stops. */
const PATIENCE = 5_000

/**
 * Ends a server that has just begun to listen: no new connections, answers for what is in hand, and
 * a cut for whatever does not end by then. Upgraded connections count, which `closeAllConnections`
 * leaves alone and `close` waits for.
 */
export function closerOf(server: Server): () => Promise<void> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeIdleConnections()
      setTimeout(() => {
        for (const socket of open) socket.destroy()
      }, PATIENCE).unref()
    })
}
