import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { StaffCaller } from '../../protocol/caller.ts'
import { opaqueId } from '../../protocol/ids.ts'
import {
  deskChangeSchema,
  deskSchema,
  leaveSchema,
  loadSchema,
  newDeskSchema,
  newLeaveSchema,
  newStandingSchema,
  rosterChangeSchema,
  rosterSchema,
  standingSchema,
} from '../../protocol/office.ts'
import { isRefusal, type Refusal, refuse } from '../../protocol/refusals.ts'
import { parsedBody } from '../body.ts'
import { staffOnly } from '../guard.ts'
import { Refused } from '../problem.ts'
import { badQuery } from '../query.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { BY_COOKIE, json, refusals } from './describe.ts'

const tags = ['desks']
const security = [BY_COOKIE]
const params = z.object({ id: opaqueId })
const known = ['not-signed-in', 'not-allowed'] as const
const wrong = [...known, 'too-large', 'unsupported-type', 'not-found'] as const
const done = { 204: { description: 'done' } }
const body = <S extends z.ZodType>(schema: S, what: string) => ({
  body: { required: true, ...json(schema, what) },
})
const days = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() })

const get = { method: 'get', tags, security } as const
const desks = createRoute({
  ...get,
  path: '/api/desks',
  summary: 'Desks with what routes to them',
  responses: {
    200: json(z.object({ items: z.array(deskSchema) }), 'desks'),
    ...refusals(...known),
  },
})
const load = createRoute({
  ...get,
  path: '/api/desks/load',
  summary: 'What waits, is held, falls due and is late, by desk and by person',
  description:
    'The threads behind a figure: `GET /api/threads?desk=` or `?owner=` with `due=soon` or `late`. ' +
    'Supervisors see their desks.',
  responses: { 200: json(loadSchema, 'the load'), ...refusals(...known) },
})
const roster = createRoute({
  ...get,
  path: '/api/desks/{id}/roster',
  summary: 'Who is on duty, by day and night',
  description: 'A night begins with its day’s close. From today, for 30 days, unless it says.',
  request: { params, query: days },
  responses: { 200: json(rosterSchema, 'the turns'), ...refusals(...known, 'not-found') },
})
const leave = createRoute({
  ...get,
  path: '/api/desks/{id}/leave',
  summary: 'Leave of the officers of a desk that is not over',
  request: { params },
  responses: {
    200: json(z.object({ items: z.array(leaveSchema) }), 'leave'),
    ...refusals(...known, 'not-found'),
  },
})
const standing = createRoute({
  ...get,
  path: '/api/staff/standing',
  summary: 'Standing officers of enterprises (包联)',
  responses: {
    200: json(z.object({ items: z.array(standingSchema) }), 'all'),
    ...refusals(...known),
  },
})

/** Routes that take a body: described here, parsed within the limits of `jsonOf`. */
const WRITES = [
  createRoute({
    method: 'post',
    path: '/api/desks',
    summary: 'A new desk',
    tags,
    security,
    request: body(newDeskSchema, 'the desk'),
    responses: { 200: json(deskSchema, 'the desk'), ...refusals(...wrong) },
  }),
  createRoute({
    method: 'patch',
    path: '/api/desks/{id}',
    summary: 'Change a desk: name, topics, districts, industries, hours, lead, fallback, active',
    description:
      'Hours hold for clocks that start from now on. One with open threads or officers is not ' +
      'closed (`wrong-state`); the fallback moves by making another desk it.',
    tags,
    security,
    request: { params, ...body(deskChangeSchema, 'what changes') },
    responses: { 200: json(deskSchema, 'the desk'), ...refusals(...wrong, 'wrong-state') },
  }),
  createRoute({
    method: 'put',
    path: '/api/desks/{id}/roster',
    summary: 'Set turns; those that are not named stay',
    tags,
    security,
    request: { params, ...body(rosterChangeSchema, 'turns') },
    responses: { ...done, ...refusals(...wrong) },
  }),
  createRoute({
    method: 'post',
    path: '/api/desks/{id}/leave',
    summary: 'Leave of an officer of the desk',
    description:
      'He is told of nothing meanwhile and his stand-in takes his enterprises; what he holds stays his.',
    tags,
    security,
    request: { params, ...body(newLeaveSchema, 'who and when') },
    responses: { 200: json(leaveSchema, 'the leave'), ...refusals(...wrong) },
  }),
  createRoute({
    method: 'delete',
    path: '/api/desks/{id}/leave/{leave}',
    summary: 'Take leave back',
    tags,
    security,
    request: { params: params.extend({ leave: opaqueId }) },
    responses: { ...done, ...refusals(...known, 'not-found') },
  }),
  createRoute({
    method: 'put',
    path: '/api/staff/standing',
    summary: 'Name who looks after an enterprise from a day on',
    tags,
    security,
    request: body(newStandingSchema, 'who, from when'),
    responses: { ...done, ...refusals(...wrong) },
  }),
  createRoute({
    method: 'delete',
    path: '/api/staff/standing/{uscc}',
    summary: 'Nobody looks after it from today on',
    tags,
    security,
    request: { params: z.object({ uscc: z.string() }) },
    responses: { ...done, ...refusals(...known, 'not-found') },
  }),
]

/** @throws Refused where an action said no */
function granted<T>(answer: T | Refusal): Exclude<T, Refusal> {
  if (isRefusal(answer)) throw new Refused(answer)
  return answer as Exclude<T, Refusal>
}

const admin = (c: Context<AppEnv>) => staffOnly(c, ['admin'])

/** An administrator anywhere, a supervisor at the desks that they look after. */
function atDesk(c: Context<AppEnv>, desk: string): StaffCaller {
  const caller = staffOnly(c, ['supervisor', 'admin'])
  const isTheirs = caller.role === 'admin' || caller.desks.includes(desk)
  if (!isTheirs) throw new Refused(refuse('not-found', { detail: 'desk' }))
  return caller
}

export function officeRoutes({ office }: HttpServices) {
  const app = new OpenAPIHono<AppEnv>({ defaultHook: badQuery })
  for (const route of WRITES) app.openAPIRegistry.registerPath(route)
  return app
    .openapi(desks, async (c) => {
      const { role, desks: theirs } = staffOnly(c, ['supervisor', 'admin'])
      const all = await office.desks()
      return c.json({ items: all.filter(({ id }) => role === 'admin' || theirs.includes(id)) }, 200)
    })
    .openapi(load, async (c) => {
      const caller = staffOnly(c, ['supervisor', 'admin'])
      return c.json(await office.load(caller.role === 'admin' ? null : caller.desks), 200)
    })
    .openapi(roster, async (c) => {
      const { id } = c.req.valid('param')
      atDesk(c, id)
      const { from, to } = c.req.valid('query')
      return c.json({ items: await office.roster(id, from, to) }, 200)
    })
    .openapi(leave, async (c) => {
      const { id } = c.req.valid('param')
      atDesk(c, id)
      return c.json({ items: await office.leave(id) }, 200)
    })
    .openapi(standing, async (c) => {
      staffOnly(c, ['supervisor', 'admin'])
      return c.json({ items: await office.standing() }, 200)
    })
    .post('/api/desks', async (c) => {
      const who = admin(c)
      return c.json(granted(await office.createDesk(who, await parsedBody(c, newDeskSchema))), 200)
    })
    .patch('/api/desks/:id', async (c) => {
      const who = admin(c)
      const change = await parsedBody(c, deskChangeSchema)
      return c.json(granted(await office.changeDesk(who, c.req.param('id'), change)), 200)
    })
    .put('/api/desks/:id/roster', async (c) => {
      const desk = c.req.param('id')
      const who = atDesk(c, desk)
      const { items } = await parsedBody(c, rosterChangeSchema)
      granted(await office.changeRoster(who, desk, items))
      return c.body(null, 204)
    })
    .post('/api/desks/:id/leave', async (c) => {
      const desk = c.req.param('id')
      const who = atDesk(c, desk)
      const given = await parsedBody(c, newLeaveSchema)
      return c.json(granted(await office.addLeave(who, desk, given)), 200)
    })
    .delete('/api/desks/:id/leave/:leave', async (c) => {
      const { id, leave: one } = c.req.param()
      const who = atDesk(c, id)
      const isThere = z.uuid().safeParse(one).success && (await office.dropLeave(who, id, one))
      if (!isThere) throw new Refused(refuse('not-found'))
      return c.body(null, 204)
    })
    .put('/api/staff/standing', async (c) => {
      const who = admin(c)
      granted(await office.setStanding(who, await parsedBody(c, newStandingSchema)))
      return c.body(null, 204)
    })
    .delete('/api/staff/standing/:uscc', async (c) => {
      const who = admin(c)
      if (!(await office.endStanding(who, c.req.param('uscc'))))
        throw new Refused(refuse('not-found'))
      return c.body(null, 204)
    })
}
