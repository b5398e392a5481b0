import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { routePath } from 'hono/route'
import { isUnreachable } from '../db/faults.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'
import { Unavailable } from '../record/writer.ts'
import { headers, identity, origins, signedIn } from './guard.ts'
import { describeApi } from './openapi.ts'
import { problem, Refused } from './problem.ts'
import { auditRoutes } from './routes/audit.ts'
import { commandRoutes } from './routes/commands.ts'
import { demoRoutes } from './routes/demo.ts'
import { directoryRoutes } from './routes/directory.ts'
import { faqRoutes } from './routes/faq.ts'
import { fileRoutes } from './routes/files.ts'
import { officeRoutes } from './routes/office.ts'
import { pageRoutes } from './routes/pages.ts'
import { reportThreadRoutes } from './routes/report-threads.ts'
import { reportRoutes } from './routes/reports.ts'
import { ruleRoutes } from './routes/rules.ts'
import { sealRoutes } from './routes/seals.ts'
import { sessionRoutes } from './routes/session.ts'
import { systemRoutes } from './routes/system.ts'
import { threadRoutes } from './routes/threads.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import type { AppEnv, HttpServices } from './services.ts'

/** Routes that nobody may use without saying who they are, before anything else is looked at. */
const GUARDED = [
  '/api/commands',
  '/api/threads',
  '/api/threads/:id',
  '/api/threads/:id/entries',
  '/api/threads/:id/record',
  '/api/threads/:id/confirmation',
  '/api/threads/:id/chain',
  '/api/seals',
  '/api/seals/:day/proof',
  '/api/audit',
  '/api/audit/export',
  '/api/reports',
  '/api/reports/threads',
  '/api/reports/threads.csv',
  '/api/reports/threads.xlsx',
  '/api/webhooks',
  '/api/webhooks/dead',
  '/api/webhooks/deliveries',
  '/api/webhooks/:id',
  '/api/webhooks/:id/:verb',
  '/api/desks/*',
  '/api/staff/*',
  '/api/calendar/*',
  '/api/limits/*',
  '/api/directory',
  '/api/files',
  '/api/files/:id',
]

/** The whole HTTP surface; knows no runtime. The socket's upgrade belongs to the runtime. */
export function createApp(http: HttpServices) {
  const app = new OpenAPIHono<AppEnv>()
  app.use(headers)
  app.use(origins(http))
  app.use('/api/*', identity(http))
  for (const path of GUARDED) {
    app.use(path, async (c, next) => {
      signedIn(c)
      await next()
    })
  }
  app.notFound((c) => problem(c, refuse('not-found')))
  app.onError((error, c) => {
    if (error instanceof Refused) {
      noteRefused(http, c, error.refusal)
      return problem(c, error.refusal)
    }
    if (!(error instanceof Unavailable) && !isUnreachable(error)) {
      http.services.log.error({ err: error, path: c.req.routePath }, 'a request failed')
    }
    return problem(c, refuse('unavailable'))
  })
  const routes = app
    .route('/', commandRoutes(http))
    .route('/', sessionRoutes(http))
    .route('/', threadRoutes(http))
    .route('/', sealRoutes(http))
    .route('/', auditRoutes(http))
    .route('/', reportRoutes(http))
    .route('/', reportThreadRoutes(http))
    .route('/', webhookRoutes(http))
    .route('/', officeRoutes(http))
    .route('/', ruleRoutes(http))
    .route('/', faqRoutes(http))
    .route('/', directoryRoutes(http))
    .route('/', fileRoutes(http))
    .route('/', systemRoutes(http))
  describeApi(app)
  if (http.demo) app.route('/', demoRoutes(http.demo))
  app.route('/', pageRoutes(http))
  return routes
}

/** Commands have noted it themselves, with what they were about. */
function noteRefused({ services }: HttpServices, c: Context<AppEnv>, refusal: Refusal): void {
  const caller = c.get('caller')
  const route = routePath(c, -1)
  if (!caller || route === '/api/commands') return
  const thread = route.startsWith('/api/threads/') ? c.req.param('id') : c.req.query('thread')
  services.audit.refused(caller, refusal, `${c.req.method} ${route}`, thread)
}

/** For the console's `hc<AppType>`. */
export type AppType = ReturnType<typeof createApp>
