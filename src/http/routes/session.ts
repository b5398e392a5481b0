import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { meOf } from '../../protocol/caller.ts'
import { meSchema, signInSchema } from '../../protocol/http.ts'
import { isRefusal, refuse } from '../../protocol/refusals.ts'
import { jsonOf } from '../body.ts'
import { signedIn } from '../guard.ts'
import { Refused } from '../problem.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { ANYONE, json, refusals, SIGNED_IN } from './describe.ts'

const me = json(z.object({ me: meSchema }), 'who is calling')

const signIn = createRoute({
  method: 'post',
  path: '/api/session',
  summary: 'Sign in as staff',
  description:
    'Sets the cookie `shouwen_session` (HttpOnly, SameSite=Lax, Secure over TLS). A session ends ' +
    'after 12 hours, or 2 hours without use. `detail` is `otp-required` where only the second ' +
    'factor is missing.',
  tags: ['session'],
  security: ANYONE,
  request: { body: { required: true, ...json(signInSchema, 'name, password, second factor') } },
  responses: {
    200: me,
    ...refusals('not-signed-in', 'not-allowed', 'locked', 'too-large', 'unsupported-type'),
  },
})
const whoAmI = createRoute({
  method: 'get',
  path: '/api/session',
  summary: 'Who is calling',
  tags: ['session'],
  security: SIGNED_IN,
  responses: { 200: me, ...refusals('not-signed-in', 'token-invalid', 'token-expired') },
})
const signOut = createRoute({
  method: 'delete',
  path: '/api/session',
  summary: 'Sign out',
  description: 'Ends the session and, within 5 seconds, its sockets (4401).',
  tags: ['session'],
  security: SIGNED_IN,
  responses: { 204: { description: 'signed out' }, ...refusals('not-allowed') },
})

export function sessionRoutes(http: HttpServices) {
  const { audit } = http.services
  const app = new OpenAPIHono<AppEnv>()
  app.openAPIRegistry.registerPath(signIn)
  return app
    .openapi(whoAmI, (c) => c.json({ me: meOf(signedIn(c)) }, 200))
    .openapi(signOut, async (c) => {
      // a token wins over a cookie: who comes with one has no session here to end
      const byToken = c.req.header('authorization') !== undefined
      const caller = c.get('caller')
      const { setCookie } = await http.staff.signOut(byToken ? null : c.req.header('cookie'))
      if (caller && !byToken) audit.signedOut(caller)
      c.header('set-cookie', setCookie)
      return c.body(null, 204)
    })
    .post('/api/session', async (c) => {
      const parsed = signInSchema.safeParse(await jsonOf(c))
      if (!parsed.success) throw new Refused(refuse('bad-request'))
      const { username, password, otp } = parsed.data
      const credentials = { username, password, ...(otp === undefined ? {} : { otp }) }
      const result = await http.staff.signIn(credentials, {
        ...c.get('peer'),
        userAgent: (c.req.header('user-agent') ?? '').slice(0, 300),
        cookie: c.req.header('cookie') ?? null,
      })
      if (isRefusal(result)) {
        if (result.refused === 'not-signed-in') audit.signInFailed(username)
        throw new Refused(result)
      }
      audit.signedIn(result.caller)
      c.header('set-cookie', result.setCookie)
      return c.json({ me: meOf(result.caller) }, 200)
    })
}
