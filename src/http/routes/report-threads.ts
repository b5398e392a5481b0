import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { behindSchema, chainSchema } from '../../protocol/http.ts'
import { opaqueId } from '../../protocol/ids.ts'
import { isRefusal, refuse } from '../../protocol/refusals.ts'
import { loadThread, loadThreads } from '../../record/record-store.ts'
import { sightOf } from '../../record/sight.ts'
import type { Span } from '../../reports/facts.ts'
import { staffOnly } from '../guard.ts'
import { Refused } from '../problem.ts'
import { badQuery } from '../query.ts'
import { asked, reportQuery } from '../report-query.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { summaries } from '../summaries.ts'
import { BY_COOKIE, json, refusals } from './describe.ts'

const tags = ['reports']
const security = [BY_COOKIE]
const both = { method: 'get', tags, security } as const

const behind = createRoute({
  ...both,
  path: '/api/reports/threads',
  summary: 'The threads behind a figure',
  description:
    'The threads that `figure` counts in the period, under the same conditions as `/api/reports`; ' +
    'with `hit` only those in its numerator (`1`), or only the others (`0`). The newest 200, as ' +
    'they stand now. Counting is limited as for `/api/reports`.',
  request: {
    query: z.object({
      ...reportQuery,
      figure: z.string().max(40),
      hit: z.enum(['0', '1']).optional(),
    }),
  },
  responses: {
    200: json(behindSchema, 'the threads'),
    ...refusals('not-signed-in', 'not-allowed', 'too-fast'),
  },
})
const chain = createRoute({
  ...both,
  path: '/api/threads/{id}/chain',
  summary: 'Who had a thread, and when',
  description: 'From its entries alone: each queue and each holder, one after the other.',
  request: { params: z.object({ id: opaqueId }) },
  responses: {
    200: json(chainSchema, 'the chain'),
    ...refusals('not-signed-in', 'not-allowed', 'not-found'),
  },
})

export function reportThreadRoutes(http: HttpServices) {
  const { db, audit } = http.services
  return new OpenAPIHono<AppEnv>({ defaultHook: badQuery })
    .openapi(behind, async (c) => {
      const who = staffOnly(c, ['supervisor', 'admin'])
      const { hit, ...query } = c.req.valid('query')
      const cases = hit === undefined ? {} : { hit: hit === '1' }
      const found = await http.reports.behind({ ...asked(query, who), ...cases })
      if (isRefusal(found)) throw new Refused(found)
      const threads = new Map((await loadThreads(db, found.ids)).map((one) => [one.id, one]))
      const newest = found.ids.flatMap((id) => threads.get(id) ?? [])
      const items = await summaries(http, who, newest)
      await audit.looked(who, 'list-read', { figure: query.figure, threads: items.length })
      return c.json({ total: found.total, items }, 200)
    })
    .openapi(chain, async (c) => {
      const who = staffOnly(c, ['supervisor', 'admin'])
      const thread = await loadThread(db, c.req.valid('param').id)
      if (!thread || sightOf(thread, who) === null) throw new Refused(refuse('not-found'))
      await audit.looked(who, 'entries-read', { thread: thread.id })
      return c.json({ items: (await http.reports.chain(thread.id)).map(linkOf) }, 200)
    })
}

const iso = (at: number) => new Date(at).toISOString()

const linkOf = ({ state, from, to, who: { person, desk } }: Span) => ({
  state,
  from: iso(from),
  ...(to === null ? {} : { to: iso(to) }),
  ...(desk === null ? {} : { desk }),
  ...(person === null ? {} : { person }),
})
