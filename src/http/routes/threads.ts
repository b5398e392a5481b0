import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { personsIn } from '../../live/names.ts'
import { type Caller, isStaff } from '../../protocol/caller.ts'
import { entriesPageSchema, page, recordFileSchema, summarySchema } from '../../protocol/http.ts'
import { isStorable, opaqueId } from '../../protocol/ids.ts'
import { refuse } from '../../protocol/refusals.ts'
import { THREAD_STATES, type ThreadState, VIEWS } from '../../protocol/vocabulary.ts'
import { listThreads } from '../../record/list-store.ts'
import { loadEntries, loadThread } from '../../record/record-store.ts'
import { recordText } from '../../record/record-text.ts'
import { proofsOf } from '../../record/seal-store.ts'
import { type Sight, sightOf, viewOf } from '../../record/sight.ts'
import { signedIn } from '../guard.ts'
import { CONFIRMATION_CSP, confirmationPage } from '../pages/confirmation.ts'
import { printedOf } from '../pages/printed.ts'
import { Refused } from '../problem.ts'
import { afterSeq, badQuery, cursorOf, encodeCursor, pageSize } from '../query.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { streamOf } from '../stream.ts'
import { summaries } from '../summaries.ts'
import { json, refusals, SIGNED_IN } from './describe.ts'

const id = z.object({ id: opaqueId })
const auth = ['not-signed-in', 'token-invalid', 'token-expired'] as const

const list = createRoute({
  method: 'get',
  path: '/api/threads',
  summary: 'Threads that the caller may see',
  description:
    '`view`: `mine` (staff: held by me; enterprise: asked by me), `waiting` and `overdue` by due ' +
    'time (enterprises and curators: newest first), `desk`, `all` newest first. `state`: one or ' +
    'more, with commas. `q` finds only what the caller may read. `next` is the `cursor` of the next ' +
    'page. Staff may ask for those of a `desk` or an `owner`, and for what is `due`: `late`, or ' +
    '`soon` (within four working hours).',
  tags: ['threads'],
  security: SIGNED_IN,
  request: {
    query: z.object({
      view: z.enum(VIEWS).default('all'),
      state: z.string().max(100).optional(),
      desk: opaqueId.optional(),
      owner: opaqueId.optional(),
      due: z.enum(['soon', 'late']).optional(),
      q: z.string().max(200).refine(isStorable).optional(),
      cursor: z.string().max(200).optional(),
      limit: pageSize,
    }),
  },
  responses: { 200: json(page(summarySchema), 'a page'), ...refusals(...auth) },
})
const one = createRoute({
  method: 'get',
  path: '/api/threads/{id}',
  summary: 'One thread in short',
  tags: ['threads'],
  security: SIGNED_IN,
  request: { params: id },
  responses: { 200: json(summarySchema, 'the summary'), ...refusals(...auth, 'not-found') },
})
const entries = createRoute({
  method: 'get',
  path: '/api/threads/{id}/entries',
  summary: 'Entries of a thread, in order',
  tags: ['threads'],
  security: SIGNED_IN,
  request: {
    params: id,
    query: z.object({ after: afterSeq, limit: pageSize }),
  },
  responses: { 200: json(entriesPageSchema, 'a page'), ...refusals(...auth, 'not-found') },
})
const record = createRoute({
  method: 'get',
  path: '/api/threads/{id}/record',
  summary: 'The record file, for `npm run verify`',
  description: 'Every entry as the caller sees it, with proofs of the daily seals that cover it.',
  tags: ['threads'],
  security: SIGNED_IN,
  request: { params: id },
  responses: {
    200: json(recordFileSchema, 'the file, streamed'),
    ...refusals(...auth, 'not-found', 'not-allowed'),
  },
})

const confirmation = createRoute({
  method: 'get',
  path: '/api/threads/{id}/confirmation',
  summary: 'The printable record (答复确认单)',
  description:
    'A page of its own, in Chinese, for A4: question, answers as they were given and their ' +
    'corrections, basis and version, names, times of Beijing, promises, outcome, rating, head of ' +
    'the chain and its seal. Nothing that is sealed for an enterprise stands in it, whoever ' +
    'prints it. A curator is `not-allowed`.',
  tags: ['threads'],
  security: SIGNED_IN,
  request: { params: id },
  responses: {
    200: { description: 'the page', content: { 'text/html': { schema: z.string() } } },
    ...refusals(...auth, 'not-found', 'not-allowed'),
  },
})

export function threadRoutes(http: HttpServices) {
  const { services } = http
  const seen = async (
    caller: Caller,
    threadId: string,
    look: 'thread-read' | 'entries-read' | 'record-read',
  ) => {
    const thread = await loadThread(services.db, threadId)
    const sight = thread && sightOf(thread, caller)
    if (!thread || !sight) throw new Refused(refuse('not-found'))
    await services.audit.looked(caller, look, { thread: thread.id })
    return { thread, sight }
  }
  const viewed = async (
    thread: string,
    sight: Exclude<Sight, null>,
    after: number,
    max: number,
  ) => {
    const found = await loadEntries(services.db, thread, { after, limit: max })
    const names = await http.names(personsIn(found))
    return found.map((entry) => viewOf(entry, sight, names.get(entry.by.id)))
  }
  const app = new OpenAPIHono<AppEnv>({ defaultHook: badQuery })
  app.openAPIRegistry.registerPath(record)
  return app
    .openapi(list, async (c) => {
      const caller = signedIn(c)
      const { view, state, q, cursor, limit, desk, owner, due } = c.req.valid('query')
      // the order of what is due tells of sealed clocks, too
      if ((desk ?? owner ?? due) && !isStaff(caller)) throw new Refused(refuse('not-allowed'))
      const now = services.now()
      const late = { from: null, to: new Date(now.getTime() - 1) }
      const query = {
        view,
        limit,
        ...(state ? { states: statesOf(state) } : {}),
        ...(q?.trim() ? { q: q.trim() } : {}),
        ...(cursor ? { cursor: cursorOf(cursor) } : {}),
        ...(desk ? { desks: [desk] } : {}),
        ...(owner ? { owner } : {}),
        ...(due
          ? { dueIn: due === 'late' ? late : { from: now, to: http.office.soonUntil(now) } }
          : {}),
      }
      const found = await listThreads(services.db, caller, query, now)
      const { length: threads } = found.threads
      await services.audit.looked(caller, 'list-read', { view, threads, words: Boolean(q) })
      const items = await summaries(http, caller, found.threads)
      return c.json({ items, ...(found.next ? { next: encodeCursor(found.next) } : {}) }, 200)
    })
    .openapi(one, async (c) => {
      const caller = signedIn(c)
      const { thread } = await seen(caller, c.req.valid('param').id, 'thread-read')
      const [summary] = await summaries(http, caller, [thread])
      return c.json(summary!, 200)
    })
    .openapi(entries, async (c) => {
      const { thread, sight } = await seen(signedIn(c), c.req.valid('param').id, 'entries-read')
      const { after, limit } = c.req.valid('query')
      const items = await viewed(thread.id, sight, after, limit)
      const last = items.at(-1)?.seq ?? after
      return c.json({ items, ...(last < thread.seq ? { next: last } : {}) }, 200)
    })
    .openapi(confirmation, async (c) => {
      const { thread, sight } = await seen(signedIn(c), c.req.valid('param').id, 'record-read')
      if (sight === 'masked') throw new Refused(refuse('not-allowed'))
      const page = confirmationPage(await printedOf(http, thread.id))
      return c.html(page, 200, { 'content-security-policy': CONFIRMATION_CSP })
    })
    .get('/api/threads/:id/record', async (c) => {
      const { thread, sight } = await seen(signedIn(c), c.req.param('id'), 'record-read')
      if (sight === 'masked') throw new Refused(refuse('not-allowed'))
      const text = recordText({
        thread: thread.id,
        seq: thread.seq,
        entries: (after, limit) => viewed(thread.id, sight, after, limit),
        proofs: () => proofsOf(services.db, thread.id, thread.seq),
      })
      return c.body(streamOf(text), 200, {
        'content-type': 'application/json',
        'content-disposition': `attachment; filename="shouwen-${thread.id}.json"`,
      })
    })
}

function statesOf(text: string): ThreadState[] {
  const states = text.split(',').map((state) => state.trim())
  const isState = (state: string): state is ThreadState =>
    (THREAD_STATES as readonly string[]).includes(state)
  if (!states.every(isState)) throw new Refused(refuse('bad-request', { detail: 'state' }))
  return states
}
