import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { directorySchema } from '../../protocol/http.ts'
import { staffOnly } from '../guard.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { BY_COOKIE, json, refusals } from './describe.ts'

const directory = createRoute({
  method: 'get',
  path: '/api/directory',
  summary: 'Active desks and people',
  tags: ['directory'],
  security: [BY_COOKIE],
  responses: {
    200: json(directorySchema, 'the directory'),
    ...refusals('not-signed-in', 'not-allowed'),
  },
})

export function directoryRoutes(http: HttpServices) {
  return new OpenAPIHono<AppEnv>().openapi(directory, async (c) => {
    staffOnly(c)
    return c.json(await http.directory(), 200)
  })
}
