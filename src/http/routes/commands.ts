import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { perform } from '../../actions/perform.ts'
import { ackSchema, commandSchema } from '../../protocol/commands.ts'
import { isRefusal } from '../../protocol/refusals.ts'
import { jsonOf } from '../body.ts'
import { signedIn } from '../guard.ts'
import { Refused } from '../problem.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { json, refusals, SIGNED_IN } from './describe.ts'

const command = createRoute({
  method: 'post',
  path: '/api/commands',
  summary: 'Do one command',
  description:
    'The same commands as over the socket. All entries that a command makes are one atomic ' +
    'append; the ack comes after the commit and names the first of them. The same `id` again ' +
    'does nothing and gets the first ack. Lengths are in code points.',
  tags: ['commands'],
  security: SIGNED_IN,
  request: { body: { required: true, ...json(commandSchema, 'a command') } },
  responses: {
    200: json(ackSchema, 'done, now or before'),
    ...refusals(
      'token-invalid',
      'token-expired',
      'not-signed-in',
      'not-allowed',
      'not-found',
      'already-claimed',
      'not-owner',
      'not-offered',
      'wrong-state',
      'too-large',
      'unsupported-type',
    ),
  },
})

/** Commands over HTTP. The body is parsed by the action, so that a known id comes before shape. */
export function commandRoutes(http: HttpServices) {
  const app = new OpenAPIHono<AppEnv>()
  app.openAPIRegistry.registerPath(command)
  return app.post('/api/commands', async (c) => {
    const caller = signedIn(c)
    const result = await perform(http.services, await jsonOf(c), caller)
    if (isRefusal(result)) throw new Refused(result)
    return c.json(result, 200)
  })
}
