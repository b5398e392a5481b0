import { OpenAPIHono } from '@hono/zod-openapi'
import { refuse } from '../../protocol/refusals.ts'
import { Refused } from '../problem.ts'
import type { AppEnv, HttpServices } from '../services.ts'

/** For those who operate it. None of these says anything about anybody. */
export function systemRoutes(http: HttpServices) {
  return new OpenAPIHono<AppEnv>()
    .get('/healthz', (c) => c.json({ ok: true }, 200))
    .get('/readyz', async (c) => {
      const ok = await http.ready()
      return c.json({ ok }, ok ? 200 : 503)
    })
    .get('/metrics', async (c) => {
      if (!http.mayReadMetrics(c.get('peer').address, c.req.raw.headers)) {
        throw new Refused(refuse('not-found'))
      }
      return c.body(await http.metrics(), 200, {
        'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      })
    })
}
