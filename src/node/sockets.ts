import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { bearerOf, fromOf, hasSessionCookie } from '../http/guard.ts'
import { localeOf, PROBLEM_TYPE, problemOf } from '../http/problem.ts'
import type { Peer } from '../http/services.ts'
import type { LiveServices, Opened } from '../live/services.ts'
import { Session } from '../live/session.ts'
import type { LiveSocket } from '../live/socket.ts'
import type { Caller } from '../protocol/caller.ts'
import { LIMITS, SUBPROTOCOL, TOKEN_SUBPROTOCOL } from '../protocol/frames.ts'
import { CLOSE, type RefusalCode, refuse } from '../protocol/refusals.ts'

export interface UpgradeRules {
  ownOrigins: ReadonlySet<string>
  allowedOrigins: ReadonlySet<string>
  peerOf(request: IncomingMessage): Peer
  staffOf(cookie: string | undefined): Promise<Caller | null>
}

/** The token that came with the upgrade; an empty one for a header that holds none. */
function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  const { authorization, 'sec-websocket-protocol': protocols = '' } = headers
  const offered = protocols
    .split(',')
    .map((part) => part.trim())
    .find((part) => part.startsWith(TOKEN_SUBPROTOCOL))
  if (offered !== undefined) return offered.slice(TOKEN_SUBPROTOCOL.length)
  return authorization === undefined ? undefined : (bearerOf(authorization) ?? '')
}

const REASONS: Partial<Record<RefusalCode, string>> = {
  'not-allowed': 'Forbidden',
  'not-found': 'Not Found',
  unavailable: 'Service Unavailable',
}

/** Answers an upgrade that will be none. */
function deny(request: IncomingMessage, socket: Duplex, code: RefusalCode): void {
  const body = problemOf(refuse(code), localeOf(request.headers['accept-language']))
  const text = JSON.stringify(body)
  socket.end(
    `HTTP/1.1 ${body.status} ${REASONS[code] ?? ''}\r\nConnection: close\r\n` +
      `Content-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  )
  // one that never closes its side must not hold ours open
  setTimeout(() => socket.destroy(), LAST_WORDS_MS).unref()
}

/** A peer that never answers the closing handshake must not hold the socket for long. */
const LAST_WORDS_MS = 2_000
/** A slow reader only learns why it was cut once it has read what came before. */
const SLOW_READER_MS = 20_000

/**
 * What goes to one peer in one turn of the event loop leaves in one write: an ack with the entry
 * beside it, or all that one flush has for an officer of many threads.
 */
function gathered(wire: Duplex): () => void {
  let isCorked = false
  return () => {
    if (isCorked) return
    isCorked = true
    wire.cork()
    setImmediate(() => {
      isCorked = false
      wire.uncork()
    })
  }
}

function liveSocketOf(ws: WebSocket, wire: Duplex): LiveSocket {
  const gather = gathered(wire)
  return {
    send: (text) => {
      gather()
      ws.send(text)
    },
    close: (code, reason) => {
      ws.close(code, reason)
      const patience = code === CLOSE.slowReader ? SLOW_READER_MS : LAST_WORDS_MS
      setTimeout(() => ws.terminate(), patience).unref()
    },
    get buffered() {
      return ws.bufferedAmount
    },
  }
}

const textOf = (data: RawData, isBinary: boolean) => (isBinary ? null : data.toString())

/** Every socket of this process: upgraded here, spoken to through sessions. */
export class Sockets {
  readonly sessions = new Set<Session>()
  readonly #wires = new Set<WebSocket>()
  readonly #live: LiveServices
  readonly #rules: UpgradeRules
  readonly #wss = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload: LIMITS.frame,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  })
  #stopping = false

  constructor(server: Server, live: LiveServices, rules: UpgradeRules) {
    this.#live = live
    this.#rules = rules
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy())
      this.#upgrade(request, socket, head).catch((error: unknown) => {
        live.services.log.error({ err: error }, 'an upgrade failed')
        deny(request, socket, 'unavailable')
      })
    })
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (this.#stopping) return deny(request, socket, 'unavailable')
    if ((request.url ?? '').split('?')[0] !== '/ws') return deny(request, socket, 'not-found')
    const opened = await this.#admit(request)
    if (opened === null) return deny(request, socket, 'not-allowed')
    // it may have come to stop while the database was asked
    if (this.#stopping) return deny(request, socket, 'unavailable')
    this.#wss.handleUpgrade(request, socket, head, (ws) => this.#open(ws, socket, opened))
  }

  /** Who may open a socket from where; null where they may not. */
  async #admit(request: IncomingMessage): Promise<Opened | null> {
    const { origin, cookie } = request.headers
    const token = tokenOf(request.headers)
    const { address, isSecure } = this.#rules.peerOf(request)
    const from = fromOf(origin, this.#rules, isSecure)
    if (from === 'foreign') return null
    const byCookie = token === undefined && hasSessionCookie(cookie)
    if (byCookie && from !== 'own') return null
    return {
      address,
      locale: localeOf(request.headers['accept-language']),
      staff: byCookie ? await this.#rules.staffOf(cookie) : null,
      ...(token === undefined ? {} : { token }),
    }
  }

  #open(ws: WebSocket, wire: Duplex, opened: Opened): void {
    const session = new Session(this.#live, liveSocketOf(ws, wire), opened)
    this.sessions.add(session)
    this.#wires.add(ws)
    ws.on('message', (data, isBinary) => session.receive(textOf(data, isBinary)))
    // ws closes by itself, with the right code, what breaks the protocol or its size
    ws.on('error', () => {})
    ws.on('close', () => {
      this.sessions.delete(session)
      this.#wires.delete(ws)
      session.ended()
    })
  }

  /** Looks at the time for every session. */
  tick(now: Date): void {
    for (const session of this.sessions) session.tick(now)
  }

  /** Finishes what is in hand, tells everybody to come back, and waits until they are gone. */
  async stop(patience = 3_000): Promise<void> {
    this.#stopping = true
    for (const session of this.sessions) session.deafen()
    const isBusy = () => [...this.sessions].some(({ pending }) => pending > 0)
    const finished = Date.now() + patience
    while (isBusy() && Date.now() < finished) await new Promise((done) => setTimeout(done, 10))
    for (const session of [...this.sessions]) session.close(CLOSE.goingAway, 'going-away')
    const until = Date.now() + patience
    while (this.sessions.size > 0 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    for (const ws of this.#wires) ws.terminate()
  }
}
