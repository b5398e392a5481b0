import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { isStorable, opaqueId } from '../../protocol/ids.ts'
import { disableSchema, memberSchema } from '../../protocol/office.ts'
import { isRefusal, type Refusal } from '../../protocol/refusals.ts'
import { jsonOf, parsedBody } from '../body.ts'
import { staffOnly } from '../guard.ts'
import { Refused } from '../problem.ts'
import { badQuery } from '../query.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { BY_COOKIE, json, refusals } from './describe.ts'

const security = [BY_COOKIE]
const known = ['not-signed-in', 'not-allowed'] as const
const wrong = [...known, 'too-large', 'unsupported-type'] as const
const done = { 204: { description: 'done' } }
const params = z.object({ id: opaqueId })
const free = z.record(z.string(), z.unknown())

const calendarShape = z.object({
  calendar: free.meta({ description: 'week, periods and the notices of each year' }),
  unscheduled: z.int().meta({ description: 'threads whose due times wait for a notice' }),
  alarm: z
    .object({ level: z.enum(['missing', 'soon']), year: z.int() })
    .nullable()
    .meta({ description: '`soon`: next year’s notice is not imported in November or later' }),
})
const previewSchema = z.strictObject({
  text: z.string().min(1).max(20_000).refine(isStorable),
  region: z.string().trim().min(1).max(20).optional(),
})

const calendar = createRoute({
  method: 'get',
  path: '/api/calendar',
  summary: 'The working calendar in force, and whether a year is missing',
  tags: ['calendar'],
  security,
  responses: { 200: json(calendarShape, 'the calendar'), ...refusals(...known) },
})
const limits = createRoute({
  method: 'get',
  path: '/api/limits',
  summary: 'The tables of limits, by the date on which they begin',
  tags: ['limits'],
  security,
  responses: { 200: json(z.object({ tables: z.array(free) }), 'tables'), ...refusals(...known) },
})
const staff = createRoute({
  method: 'get',
  path: '/api/staff',
  summary: 'Accounts of the bureau',
  tags: ['staff'],
  security,
  responses: {
    200: json(z.object({ items: z.array(memberSchema) }), 'all'),
    ...refusals(...known),
  },
})

const WRITES = [
  createRoute({
    method: 'post',
    path: '/api/calendar/preview',
    summary: 'Read a pasted notice of the State Council; nothing is stored',
    description:
      '`read` is what was understood; with `faults` there is no `calendar`, else it is what ' +
      '`PUT /api/calendar` takes. `region`: holidays of an autonomous region.',
    tags: ['calendar'],
    security,
    request: { body: { required: true, ...json(previewSchema, 'the text') } },
    responses: {
      200: json(z.object({ read: free, calendar: free.nullable() }), 'what it would be'),
      ...refusals(...wrong),
    },
  }),
  createRoute({
    method: 'put',
    path: '/api/calendar',
    summary: 'Put a calendar in force, with a new version',
    description: 'Clocks that waited for it are scheduled; due times that were given stay.',
    tags: ['calendar'],
    security,
    request: { body: { required: true, ...json(free, 'the calendar') } },
    responses: { ...done, ...refusals(...wrong) },
  }),
  createRoute({
    method: 'put',
    path: '/api/limits',
    summary: 'Add a table of limits: `{id, effective, rules}`',
    description:
      'Each clock needs one general rule; others may name `kind`, `topic`, `desk` or `urgent`. It ' +
      'begins on `effective`, today at the earliest; what has begun to count stays. One that is ' +
      'not in force yet is replaced by the same `id`.',
    tags: ['limits'],
    security,
    request: { body: { required: true, ...json(free, 'the table') } },
    responses: { ...done, ...refusals(...wrong) },
  }),
  createRoute({
    method: 'post',
    path: '/api/staff/{id}/disable',
    summary: 'Lock an account; of an officer with open threads, say where they go',
    description: 'Without `to` or `release`, `wrong-state` with their number in `detail`.',
    tags: ['staff'],
    security,
    request: { params, body: { required: true, ...json(disableSchema, 'where they go') } },
    responses: { ...done, ...refusals(...wrong, 'not-found', 'wrong-state') },
  }),
  createRoute({
    method: 'post',
    path: '/api/staff/{id}/enable',
    summary: 'Unlock an account',
    tags: ['staff'],
    security,
    request: { params },
    responses: { ...done, ...refusals(...known, 'not-found') },
  }),
]

/** @throws Refused where there is something to say against it */
function agreed(no: Refusal | null): void {
  if (no !== null && isRefusal(no)) throw new Refused(no)
}

export function ruleRoutes({ office, accounts, members }: HttpServices) {
  const app = new OpenAPIHono<AppEnv>({ defaultHook: badQuery })
  for (const route of WRITES) app.openAPIRegistry.registerPath(route)
  return app
    .openapi(calendar, async (c) => {
      staffOnly(c, ['supervisor', 'admin'])
      return c.json(await office.calendar(), 200)
    })
    .openapi(limits, (c) => {
      staffOnly(c, ['supervisor', 'admin'])
      return c.json({ tables: [...office.limits()] }, 200)
    })
    .openapi(staff, async (c) => {
      staffOnly(c, ['admin'])
      return c.json({ items: await members() }, 200)
    })
    .post('/api/calendar/preview', async (c) => {
      staffOnly(c, ['admin'])
      const { text, region } = await parsedBody(c, previewSchema)
      return c.json(office.preview(text, region), 200)
    })
    .put('/api/calendar', async (c) => {
      const who = staffOnly(c, ['admin'])
      agreed(await office.importCalendar(who, await jsonOf(c)))
      return c.body(null, 204)
    })
    .put('/api/limits', async (c) => {
      const who = staffOnly(c, ['admin'])
      agreed(await office.setLimits(who, await jsonOf(c)))
      return c.body(null, 204)
    })
    .post('/api/staff/:id/disable', async (c) => {
      const who = staffOnly(c, ['admin'])
      const { to, release } = await parsedBody(c, disableSchema)
      const held = to === undefined ? release && ('release' as const) : { to }
      agreed(await accounts(who).disable(c.req.param('id'), held || undefined))
      return c.body(null, 204)
    })
    .post('/api/staff/:id/enable', async (c) => {
      const who = staffOnly(c, ['admin'])
      agreed(await accounts(who).enable(c.req.param('id')))
      return c.body(null, 204)
    })
}
