import { OpenAPIHono } from '@hono/zod-openapi'
import { LIMITS } from '../../protocol/frames.ts'
import { refuse } from '../../protocol/refusals.ts'
import { bytesOf } from '../body.ts'
import { Refused } from '../problem.ts'
import type { AppEnv, SampleHost } from '../services.ts'

/**
 * The mock host platform's server side: it knows who is signed in and mints their token,
 * and hears what it would send as a short message.
 */
export function demoRoutes(host: SampleHost) {
  return new OpenAPIHono<AppEnv>()
    .get('/demo/enterprises', (c) => c.json(host.enterprises, 200))
    .get('/demo/token', async (c) => {
      const token = await host.token(c.req.query('enterprise') ?? host.enterprises[0]?.id ?? '')
      if (token === null) throw new Refused(refuse('not-found'))
      c.header('cache-control', 'no-store')
      return c.json({ token }, 200)
    })
    .get('/demo/inbox', (c) => {
      c.header('cache-control', 'no-store')
      return c.json(host.inbox.list(), 200)
    })
    .post('/demo/inbox', async (c) => {
      const body = new TextDecoder().decode(await bytesOf(c.req.raw, LIMITS.frame))
      if (!(await host.inbox.take(c.req.raw.headers, body)))
        throw new Refused(refuse('not-allowed'))
      return c.body(null, 204)
    })
}
