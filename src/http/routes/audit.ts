import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { type AuditQuery, listAudit, readAudit } from '../../audit/audit-store.ts'
import { auditRowSchema } from '../../protocol/audit.ts'
import { page } from '../../protocol/http.ts'
import { isStorable } from '../../protocol/ids.ts'
import { endOf } from '../../record/seal.ts'
import { staffOnly } from '../guard.ts'
import { badQuery, pageSize } from '../query.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { streamOf } from '../stream.ts'
import { BY_COOKIE, json, refusals } from './describe.ts'

const DAY = 86_400_000
const day = z.iso
  .date()
  .refine((date) => date >= '2000-01-01' && date <= '2999-12-31')
  .openapi({ example: '2026-11-23' })
const seq = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number)
const filter = {
  who: z.string().max(64).refine(isStorable).optional(),
  from: day.optional(),
  to: day.optional(),
}
const tags = ['audit']
const WHAT =
  'Looks of administrators, refused access of staff, sign-ins, and what was done to accounts and ' +
  'settings. Append-only and chained: `npm run admin -- audit verify` checks it. It holds ids, ' +
  'never words. `who` is a staff id, `operator` (the server’s shell) or `nobody`; days are those ' +
  'of Asia/Shanghai, both included.'

const list = createRoute({
  method: 'get',
  path: '/api/audit',
  summary: 'The audit, newest first',
  description: `${WHAT} \`next\` is the \`cursor\` of the next page.`,
  tags,
  security: [BY_COOKIE],
  request: { query: z.object({ ...filter, cursor: seq.optional(), limit: pageSize }) },
  responses: {
    200: json(page(auditRowSchema), 'a page'),
    ...refusals('not-signed-in', 'not-allowed'),
  },
})
const lines = createRoute({
  method: 'get',
  path: '/api/audit/export',
  summary: 'The audit as JSON lines, oldest first',
  description: `${WHAT} A whole export kept elsewhere is what \`audit verify FILE\` compares with.`,
  tags,
  security: [BY_COOKIE],
  request: { query: z.object(filter) },
  responses: {
    200: {
      description: 'a row a line, streamed',
      content: { 'application/x-ndjson': { schema: z.string() } },
    },
    ...refusals('not-signed-in', 'not-allowed'),
  },
})

export function auditRoutes(http: HttpServices) {
  const { db, audit } = http.services
  return new OpenAPIHono<AppEnv>({ defaultHook: badQuery })
    .openapi(list, async (c) => {
      staffOnly(c, ['admin'])
      const { cursor, limit, ...asked } = c.req.valid('query')
      const below = cursor === undefined ? {} : { below: cursor }
      const { items, next } = await listAudit(db, { ...queryOf(asked), ...below, limit })
      return c.json({ items, ...(next === undefined ? {} : { next: String(next) }) }, 200)
    })
    .openapi(lines, async (c) => {
      const who = staffOnly(c, ['admin'])
      const asked = c.req.valid('query')
      const told = Object.entries(asked).filter(([, value]) => value !== undefined)
      await audit.exported(who, 'audit-exported', Object.fromEntries(told))
      const body = c.body(streamOf(linesOf(readAudit(db, queryOf(asked)))), 200, {
        'content-type': 'application/x-ndjson',
        'content-disposition': 'attachment; filename="shouwen-audit.jsonl"',
      })
      return body as never // it takes lines of JSON for one JSON value
    })
}

interface Asked {
  who?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

function queryOf({ who, from, to }: Asked): AuditQuery {
  return {
    ...(who !== undefined && { who }),
    ...(from !== undefined && { from: new Date(endOf(from).getTime() - DAY) }),
    ...(to !== undefined && { to: endOf(to) }),
  }
}

async function* linesOf(rows: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`
}
