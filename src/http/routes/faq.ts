import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { isStaff } from '../../protocol/caller.ts'
import { TEXT_MAX } from '../../protocol/commands.ts'
import { faqSearchSchema, suggestionSchema } from '../../protocol/http.ts'
import { isStorable, words } from '../../protocol/ids.ts'
import { refuse } from '../../protocol/refusals.ts'
import { Refused } from '../problem.ts'
import { badQuery, pageSize } from '../query.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { ANYONE, BY_COOKIE, BY_TOKEN, json, refusals } from './describe.ts'

const search = createRoute({
  method: 'get',
  path: '/api/faq/search',
  summary: 'The decision that `ask` would make; nothing is stored',
  description:
    '`hits` is what the asker would see: one for `answer`, at most four for `choose`, else none. ' +
    'Staff with `explain=1` also get what settled it, the rules that fired, the thresholds, the ' +
    'candidates with their features and signals, and how the first two differ.',
  tags: ['faq'],
  security: [BY_TOKEN, BY_COOKIE, {}],
  request: {
    query: z.object({
      q: words(TEXT_MAX),
      limit: pageSize,
      explain: z.enum(['0', '1']).optional(),
    }),
  },
  responses: { 200: json(faqSearchSchema, 'the decision'), ...refusals('not-allowed') },
})
const suggest = createRoute({
  method: 'get',
  path: '/api/faq/suggest',
  summary: 'Questions that begin like this, while typing',
  tags: ['faq'],
  security: ANYONE,
  request: { query: z.object({ q: z.string().max(8000).refine(isStorable) }) },
  responses: { 200: json(z.array(suggestionSchema), 'at most five'), ...refusals() },
})

export function faqRoutes(http: HttpServices) {
  const { answerer, now } = http.services
  return new OpenAPIHono<AppEnv>({ defaultHook: badQuery })
    .openapi(search, (c) => {
      const { q, limit, explain } = c.req.valid('query')
      const caller = c.get('caller')
      if (explain === '1' && !(caller && isStaff(caller))) throw new Refused(refuse('not-allowed'))
      const found = answerer.search(q, { now: now(), explain: explain === '1' })
      return c.json({ ...found, hits: found.hits.slice(0, limit) }, 200)
    })
    .openapi(suggest, (c) => c.json(answerer.suggest(c.req.valid('query').q, now()), 200))
}
