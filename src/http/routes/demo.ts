import { OpenAPIHono } from '@hono/zod-openapi'
import { refuse } from '../../protocol/refusals.ts'
import { Refused } from '../problem.ts'
import type { AppEnv, SampleHost } from '../services.ts'

/** The mock host platform's server side: it knows who is signed in and mints their token. */
export function demoRoutes(host: SampleHost) {
  return new OpenAPIHono<AppEnv>()
    .get('/demo/enterprises', (c) => c.json(host.enterprises, 200))
    .get('/demo/token', async (c) => {
      const token = await host.token(c.req.query('enterprise') ?? host.enterprises[0]?.id ?? '')
      if (token === null) throw new Refused(refuse('not-found'))
      c.header('cache-control', 'no-store')
      return c.json({ token }, 200)
    })
}
