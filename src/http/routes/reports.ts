import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { StaffCaller } from '../../protocol/caller.ts'
import { reportSchema } from '../../protocol/http.ts'
import { isRefusal, refuse } from '../../protocol/refusals.ts'
import { GROUPINGS } from '../../reports/report.ts'
import type { ReportQuery } from '../../reports/report-store.ts'
import { staffOnly } from '../guard.ts'
import { Refused } from '../problem.ts'
import { badQuery } from '../query.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { streamOf } from '../stream.ts'
import { BY_COOKIE, json, refusals } from './describe.ts'

/** A leap year. */
const MOST_DAYS = 366
const DAY = 86_400_000
const day = z.iso
  .date()
  .refine((date) => date >= '2000-01-01' && date <= '2999-12-31')
  .openapi({ example: '2026-11-23' })
const period = { from: day, to: day }
const tags = ['reports']
const THREADS =
  'The threads that were asked from the first to the last of these days (Asia/Shanghai), as they ' +
  `stand when it is counted; at most ${MOST_DAYS} days. Counted from entries alone, to the credit ` +
  'of who acted at the time: who is renamed, moved or disabled later keeps what is theirs.'

const figures = createRoute({
  method: 'get',
  path: '/api/reports',
  summary: 'Figures of a period, each with its definition',
  description:
    `${THREADS} A supervisor gets what is to the credit of their desks, an admin everything, the ` +
    'bot’s figures too. `by` adds groups: `day` and `month` of the question, `topic` by which it ' +
    'was routed, `district` of the enterprise, `desk` and `officer` to whose credit a figure is. ' +
    'Two reports are counted at a time (`too-fast`); one that takes longer than a minute is ' +
    '`unavailable` with `detail` = `period`.',
  tags,
  security: [BY_COOKIE],
  request: { query: z.object({ ...period, by: z.enum(GROUPINGS).optional() }) },
  responses: {
    200: json(reportSchema, 'the report'),
    ...refusals('not-signed-in', 'not-allowed', 'too-fast'),
  },
})
const rows = createRoute({
  method: 'get',
  path: '/api/reports/threads.csv',
  summary: 'A row a thread, as CSV for a spreadsheet',
  description:
    `${THREADS} A supervisor gets the threads that are at their desks now. UTF-8 with a byte order ` +
    'mark; times are those of Beijing, durations minutes, yes and no 1 and 0; headings by ' +
    '`Accept-Language`. A text that a spreadsheet would take for a formula has an apostrophe ' +
    'before it.',
  tags,
  security: [BY_COOKIE],
  request: { query: z.object(period) },
  responses: {
    200: {
      description: 'the rows, streamed',
      content: { 'text/csv': { schema: z.string() } },
    },
    ...refusals('not-signed-in', 'not-allowed'),
  },
})

export function reportRoutes(http: HttpServices) {
  return new OpenAPIHono<AppEnv>({ defaultHook: badQuery })
    .openapi(figures, async (c) => {
      const who = staffOnly(c, ['supervisor', 'admin'])
      const query = c.req.valid('query')
      const found = await http.reports.figures(asked(query, who))
      if (isRefusal(found)) throw new Refused(found)
      const { from, to } = query
      return c.json({ from, to, ...found }, 200)
    })
    .openapi(rows, (c) => {
      const who = staffOnly(c, ['supervisor', 'admin'])
      const query = c.req.valid('query')
      const text = http.reports.rows(asked(query, who), c.get('locale'))
      return c.body(streamOf(text), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="shouwen-${query.from}-${query.to}.csv"`,
      })
    })
}

/** @throws Refused where the period ends before it begins, or is too long */
function asked(query: ReportQuery, who: StaffCaller): ReportQuery {
  const days = (Date.parse(query.to) - Date.parse(query.from)) / DAY + 1
  if (days < 1 || days > MOST_DAYS) throw new Refused(refuse('bad-request', { detail: 'to' }))
  return who.role === 'admin' ? query : { ...query, desks: who.desks }
}
