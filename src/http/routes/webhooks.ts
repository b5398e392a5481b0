import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { isRefusal, type Refusal, refuse } from '../../protocol/refusals.ts'
import { deliverySchema, newWebhookSchema, webhookSchema } from '../../protocol/webhooks.ts'
import { jsonOf } from '../body.ts'
import { staffOnly } from '../guard.ts'
import { Refused } from '../problem.ts'
import { badQuery, pageSize } from '../query.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { BY_COOKIE, json, refusals } from './describe.ts'

const tags = ['webhooks']
const id = z.string().max(64)
const params = z.object({ id })
const retrySchema = z.object({ ids: z.array(z.string().max(128)).max(200).optional() })
const body = (schema: z.ZodType) => ({
  body: { required: true, ...json(schema, 'what is wanted') },
})
const no = (...more: Parameters<typeof refusals>) =>
  refusals('not-signed-in', 'not-allowed', ...more)
const done = { description: 'done' }
const secret = z.string().meta({ description: '`whsec_…`; shown this once' })

const list = createRoute({
  method: 'get',
  path: '/api/webhooks',
  summary: 'Where notifications go',
  tags,
  security: [BY_COOKIE],
  responses: { 200: json(z.array(webhookSchema), 'the targets, without secrets'), ...no() },
})
const add = createRoute({
  method: 'post',
  path: '/api/webhooks',
  summary: 'Send notifications to an address from now on',
  description:
    'Each is a POST of JSON, signed as Standard Webhooks say (`webhook-id`, `webhook-timestamp`, ' +
    '`webhook-signature`), at least once: a repetition has the same `webhook-id`. Any 2xx takes it; ' +
    'else it is tried again for a day, at growing intervals; 410 pauses the target. Redirects are ' +
    'not followed. `events` empty: all. The address is `https:` and public; with `allowPrivate` it ' +
    'may be in the intranet, and there `http:`.',
  tags,
  security: [BY_COOKIE],
  request: body(newWebhookSchema),
  responses: {
    201: json(z.object({ id, url: z.string(), secret }), 'the target'),
    ...no('too-large', 'unsupported-type'),
  },
})
const dead = createRoute({
  method: 'get',
  path: '/api/webhooks/dead',
  summary: 'What could not be delivered, the newest first',
  tags,
  security: [BY_COOKIE],
  request: { query: z.object({ limit: pageSize }) },
  responses: { 200: json(z.array(deliverySchema), 'dead notifications'), ...no() },
})
const deliveries = createRoute({
  method: 'get',
  path: '/api/webhooks/deliveries',
  summary: 'Who was told of what in a thread, and when',
  tags,
  security: [BY_COOKIE],
  request: { query: z.object({ thread: id, limit: pageSize }) },
  responses: { 200: json(z.array(deliverySchema), 'the newest entries first'), ...no() },
})
const deed = <V extends string>(verb: V, summary: string) =>
  createRoute({
    method: 'post',
    path: `/api/webhooks/{id}/${verb}`,
    summary,
    tags,
    security: [BY_COOKIE],
    request: { params },
    responses: { 204: done, ...no('not-found') },
  })
const pause = deed('pause', 'Keep notifications back; those older than a day are dead')
const resume = deed('resume', 'Send again')
const remove = createRoute({
  method: 'delete',
  path: '/api/webhooks/{id}',
  summary: 'Send nothing more; what waits is dead',
  tags,
  security: [BY_COOKIE],
  request: { params },
  responses: { 204: done, ...no('not-found') },
})
const rotate = createRoute({
  method: 'post',
  path: '/api/webhooks/{id}/rotate',
  summary: 'A new secret; the old one signs beside it for a day',
  tags,
  security: [BY_COOKIE],
  request: { params },
  responses: { 200: json(z.object({ secret }), 'the new secret'), ...no('not-found') },
})
const test = createRoute({
  method: 'post',
  path: '/api/webhooks/{id}/test',
  summary: 'Send a message of type `test` at once',
  tags,
  security: [BY_COOKIE],
  request: { params },
  responses: {
    200: json(
      z.object({
        delivered: z.boolean(),
        status: z.int().optional(),
        error: z.string().optional(),
      }),
      'what became of it',
    ),
    ...no('not-found'),
  },
})
const retry = createRoute({
  method: 'post',
  path: '/api/webhooks/{id}/retry',
  summary: 'Try dead ones again for a day: those of `ids`, or all of the target',
  tags,
  security: [BY_COOKIE],
  request: { params, ...body(retrySchema) },
  responses: {
    200: json(z.object({ revived: z.int() }), 'how many'),
    ...no('not-found', 'too-large', 'unsupported-type'),
  },
})

/** @throws Refused for a “no” */
function must<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Refused(answer)
  return answer
}

async function parsed<S extends z.ZodType>(c: Context<AppEnv>, schema: S): Promise<z.output<S>> {
  const { data, error } = schema.safeParse(await jsonOf(c))
  if (error) throw new Refused(refuse('bad-request', { detail: String(error.issues[0]?.path[0]) }))
  return data
}

export function webhookRoutes(http: HttpServices) {
  const webhooks = (c: Context<AppEnv>) => http.webhooks(staffOnly(c, ['admin']))
  const app = new OpenAPIHono<AppEnv>({ defaultHook: badQuery })
  // bodies are read after the role is known
  for (const route of [add, retry]) app.openAPIRegistry.registerPath(route)
  return app
    .openapi(list, async (c) => c.json(await webhooks(c).list(), 200))
    .openapi(dead, async (c) => c.json(await webhooks(c).dead(c.req.valid('query').limit), 200))
    .openapi(deliveries, async (c) => {
      const { thread, limit } = c.req.valid('query')
      return c.json(await webhooks(c).ofThread(thread, limit), 200)
    })
    .openapi(pause, async (c) => {
      must(await webhooks(c).pause(c.req.valid('param').id))
      return c.body(null, 204)
    })
    .openapi(resume, async (c) => {
      must(await webhooks(c).resume(c.req.valid('param').id))
      return c.body(null, 204)
    })
    .openapi(remove, async (c) => {
      must(await webhooks(c).remove(c.req.valid('param').id))
      return c.body(null, 204)
    })
    .openapi(rotate, async (c) =>
      c.json(must(await webhooks(c).rotate(c.req.valid('param').id)), 200),
    )
    .openapi(test, async (c) => c.json(must(await webhooks(c).test(c.req.valid('param').id)), 200))
    .post('/api/webhooks', async (c) => {
      const admin = webhooks(c)
      return c.json(must(await admin.add(await parsed(c, newWebhookSchema))), 201)
    })
    .post('/api/webhooks/:id/retry', async (c) => {
      const admin = webhooks(c)
      const { ids } = await parsed(c, retrySchema)
      return c.json(must(await admin.retry(c.req.param('id'), ids)), 200)
    })
}
