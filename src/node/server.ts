import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { LiveBureau } from '../actions/bureau.ts'
import { openFile, upload } from '../actions/files.ts'
import { createOffice } from '../actions/office-service.ts'
import type { Services } from '../actions/services.ts'
import { auditedStaff } from '../actions/staff.ts'
import type { LiveTimeRules } from '../actions/time-rules.ts'
import { createSystemClockwork, type SystemClockwork } from '../actions/wake.ts'
import { auditAuthor } from '../audit/trail.ts'
import { openDatabase } from '../db/db.ts'
import { createApp } from '../http/app.ts'
import type { HttpServices } from '../http/services.ts'
import { directory } from '../identity/directory-store.ts'
import { createStaffAuth, type StaffAuth } from '../identity/staff.ts'
import { members } from '../identity/staff-store.ts'
import { createSigner } from '../record/seal-key.ts'
import { createReports } from '../reports/report-store.ts'
import { callerAddress, createProxyTrust, isForwardedTls, isLoopback } from './address.ts'
import { createAssets } from './assets.ts'
import { closerOf } from './closing.ts'
import { type Composed, compose, FLIGHTS, type Parts } from './compose.ts'
import type { Config } from './config.ts'
import { sampleHost } from './demo-host.ts'
import { seedInbox } from './demo-inbox.ts'
import { openFanOut } from './fan-out.ts'
import { openFaqNews } from './faq-news.ts'
import type { ServerLog } from './log.ts'
import { createMetrics } from './metrics.ts'
import { alone } from './migrate.ts'
import { openOfficeNews } from './office-news.ts'
import { type Outbox, openOutbox, webhooksOf } from './outbox.ts'
import { Peers } from './peers.ts'
import { type Prepared, prepare, tellSeeded } from './prepare.ts'
import { startRounds } from './rounds.ts'
import { openSignRelay } from './sign-relay.ts'
import { Sockets } from './sockets.ts'

export interface ServerOptions {
  config: Config
  /** Where the migrated database is, embedded or not. */
  databaseUrl: string
  log: ServerLog
  /** The product's only clock; a test holds its own. */
  now?: () => Date
  /** Whether clockwork and outbox look by themselves; a test looks when it wants to. */
  wakes?: boolean
}

export interface Running extends AsyncDisposable {
  /** The origin that browsers see. */
  url: string
  prepared: Prepared
  services: Services
  sockets: Sockets
  clockwork: SystemClockwork
  outbox: Outbox
  bureau: LiveBureau
  timeRules: LiveTimeRules
}

/** Connections of one process, beside the writer's own and the one that listens. */
const POOL = 10
/** Milliseconds that one append may take; with what it waits before, less than a caller's patience. */
const APPEND_TIMEOUT = 5_000

/** One process, from the database to the listening port. Disposing stops it in order. */
export async function startServer(options: ServerOptions): Promise<Running> {
  const { config, log, now = () => new Date() } = options
  await using stack = new AsyncDisposableStack()
  const database = stack.use(openDatabase(options.databaseUrl, { max: POOL }))
  const writing = stack.use(
    openDatabase(options.databaseUrl, {
      max: FLIGHTS,
      name: 'shouwen-writer',
      statementTimeout: APPEND_TIMEOUT,
    }),
  )
  const prepared = await alone(options.databaseUrl, () => prepare(database.db, config, now()))
  const signer = await createSigner(prepared.secrets.sealKey)
  tellSeeded(prepared, log)
  const metrics = createMetrics()
  const origin = randomUUID()
  const parts: Parts = { config, database, writing, prepared, log, metrics, now, origin, signer }
  const composed = await compose(parts)
  const { services, live } = composed
  stack.defer(() => services.audit.settled())
  const { db, sql } = database
  const news = { sql, db, hub: live.hub, services, peers: new Peers(parts.origin, now) }
  stack.use(await openFanOut({ ...news, names: live.names }))
  stack.use(await openSignRelay(news))
  stack.use(await openFaqNews({ sql, knowledge: composed.knowledge, services }))
  stack.use(await openOfficeNews({ ...composed, sql }))
  const { server, url, http } = await listen(parts, composed, stack)
  const sockets = new Sockets(server, live, {
    ...http,
    peerOf: peerOf(config),
    staffOf: (cookie) => http.staff.read(cookie, now()),
  })
  stack.defer(() => sockets.stop())
  metrics.watch({
    connections: () => sockets.sessions.size,
    queued: () => services.writer.waiting,
    flights: () => services.writer.flights,
  })
  const clockwork = createSystemClockwork(services)
  const outbox = stack.use(openOutbox(parts, composed))
  const wakes = options.wakes === false ? null : { clockwork, outbox }
  stack.use(startRounds(parts, composed, sockets, wakes))
  const running = stack.move()
  const stop = () => running.disposeAsync()
  const { bureau, timeRules } = composed
  return {
    url,
    prepared,
    services,
    sockets,
    clockwork,
    outbox,
    bureau,
    timeRules,
    [Symbol.asyncDispose]: stop,
  }
}

function peerOf(config: Config) {
  const isTrusted = createProxyTrust(config.TRUST_PROXY)
  return ({ socket, headers }: IncomingMessage) => {
    const { remoteAddress: peer } = socket
    const told = (name: string) => String(headers[name] ?? '')
    return {
      address: callerAddress(peer, told('x-forwarded-for'), isTrusted),
      isSecure: isForwardedTls(peer, told('x-forwarded-proto'), isTrusted),
    }
  }
}

/** Origins that browsers see us under: the public one, or on a loopback address all its names. */
function ownOrigins(config: Config, publicUrl: string, port: number): Set<string> {
  const own = new Set([publicUrl])
  if (!config.PUBLIC_URL && isLoopback(config.HOST)) {
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) own.add(`http://${host}:${port}`)
  }
  return own
}

async function listen(parts: Parts, composed: Composed, stack: AsyncDisposableStack) {
  const { config } = parts
  // a port of 0 is only known once it listens, and the app needs to know its own origin
  let app: ReturnType<typeof createApp> | undefined
  const server = await new Promise<Server>((resolve, reject) => {
    const fetch = (request: Request, env: object) => app!.fetch(request, env)
    // a question of 4,000 characters fits into a query
    const serverOptions = { maxHeaderSize: 64 * 1024 }
    const listening = serve(
      { fetch, port: config.PORT, hostname: config.HOST, serverOptions },
      () => resolve(listening as Server),
    ) as Server
    listening.once('error', reject)
  })
  stack.defer(closerOf(server))
  server.headersTimeout = 15_000
  server.requestTimeout = 120_000
  const { port } = server.address() as AddressInfo
  const url =
    config.PUBLIC_URL ??
    `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`
  const http = httpServices(parts, composed, url, ownOrigins(config, url, port))
  if (http.demo) await seedInbox(parts, port)
  app = createApp(http)
  return { server, url, http }
}

/**
 * By token where there is one, else for callers on this machine. A proxy here makes everybody look
 * like one; what it forwards says so.
 */
function metricsRule({ METRICS_TOKEN }: Config): HttpServices['mayReadMetrics'] {
  if (METRICS_TOKEN === undefined) {
    return (from, headers) =>
      isLoopback(from) && !headers.has('x-forwarded-for') && !headers.has('forwarded')
  }
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const wanted = digest(`Bearer ${METRICS_TOKEN}`)
  return (_, headers) => timingSafeEqual(wanted, digest(headers.get('authorization') ?? ''))
}

function httpServices(
  parts: Parts,
  { services, live, bureau, timeRules }: Composed,
  publicUrl: string,
  own: ReadonlySet<string>,
): HttpServices & { staff: StaffAuth } {
  const { config, database, prepared, signer, metrics, now } = parts
  const { db, sql } = database
  const { secrets, demo } = prepared
  const { production } = config
  const accounts = { db, secret: secrets.appSecret, production, now }
  const staff = createStaffAuth({ ...accounts, publicUrl })
  const peer = peerOf(config)
  return {
    services,
    staff,
    limiter: live.limiter,
    names: live.names,
    identify: live.identify,
    files: {
      save: (who, file) => upload(services, who, file),
      open: (who, id) => openFile(db, who, id),
    },
    reports: createReports({ db, now, calendar: () => timeRules.now().calendar }),
    office: createOffice({ db, now, bureau, timeRules }),
    accounts: (by) => auditedStaff(accounts, auditAuthor(by)),
    members: () => members(db),
    directory: () => directory(db),
    ownOrigins: own,
    allowedOrigins: new Set(config.ALLOWED_ORIGINS),
    peerOf: (env) => peer((env as { incoming: IncomingMessage }).incoming),
    ready: () => sql`select 1`.then(() => true).catch(() => false),
    metrics: metrics.text,
    mayReadMetrics: metricsRule(config),
    webhooks: webhooksOf(parts),
    sealKey: signer.publicKey,
    asset: createAssets(),
    demo:
      demo && secrets.enterpriseTokenSecret
        ? sampleHost(parts, secrets.enterpriseTokenSecret)
        : null,
  }
}
