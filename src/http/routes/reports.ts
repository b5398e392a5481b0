import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { reportSchema } from '../../protocol/http.ts'
import { isRefusal } from '../../protocol/refusals.ts'
import type { Piece } from '../../reports/cell.ts'
import { GROUPINGS } from '../../reports/report.ts'
import type { FileForm } from '../../reports/report-store.ts'
import { XLSX_ROWS } from '../../reports/xlsx.ts'
import { staffOnly } from '../guard.ts'
import { Refused } from '../problem.ts'
import { badQuery } from '../query.ts'
import { asked, MOST_DAYS, type ReportAsked, reportQuery } from '../report-query.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { streamOf } from '../stream.ts'
import { BY_COOKIE, json, refusals } from './describe.ts'

const tags = ['reports']
/** How many threads a file looks at. */
const TOTAL = 'x-total-threads'
const FRAMED = 'application/octet-stream'
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
    'was routed, `district` of the enterprise, `desk` and `officer` to whose credit a figure is; ' +
    'under the same names only one of them is counted (empty: what has none). ' +
    'Two reports are counted at a time (`too-fast`); one that takes longer than a minute is ' +
    '`unavailable` with `detail` = `period`.',
  tags,
  security: [BY_COOKIE],
  request: { query: z.object({ ...reportQuery, by: z.enum(GROUPINGS).optional() }) },
  responses: {
    200: json(reportSchema, 'the report'),
    ...refusals('not-signed-in', 'not-allowed', 'too-fast'),
  },
})
const ROWS =
  `${THREADS} A supervisor gets the threads that are at their desks now; of \`desk\` ` +
  'and `officer` are those that they have now. Durations are minutes, ' +
  'yes and no 1 and 0, times those of Beijing; headings by `Accept-Language`. A text that a ' +
  'spreadsheet would take for a formula has an apostrophe before it.\n\n' +
  `\`${TOTAL}\` says how many threads are looked at. With \`progress=1\` the file comes in frames, ` +
  'for a client that shows how far it is: each is two unsigned 32-bit big-endian numbers, the ' +
  'threads looked at so far and the length of what follows, then so many bytes of the file; put ' +
  'one behind the other they are the file. The last frame says that all were looked at; an answer ' +
  'that ends before it is broken off.'
const FORMS = {
  csv: {
    type: 'text/csv; charset=utf-8',
    summary: 'A row a thread, as CSV for a spreadsheet',
    description: 'UTF-8 with a byte order mark.',
  },
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    summary: 'A row a thread, as an Excel workbook',
    description:
      'Times are real ones, numbers numbers, texts texts; the heading stays in sight. More than ' +
      `${XLSX_ROWS.toLocaleString('en')} threads do not fit on a sheet: \`too-large\`.`,
  },
} as const

const fileRoute = <F extends FileForm>(form: F) =>
  createRoute({
    method: 'get',
    path: `/api/reports/threads.${form}`,
    summary: FORMS[form].summary,
    description: `${ROWS}\n\n${FORMS[form].description}`,
    tags,
    security: [BY_COOKIE],
    request: { query: z.object({ ...reportQuery, progress: z.literal('1').optional() }) },
    responses: {
      200: {
        description: 'the rows, streamed',
        headers: z.object({ [TOTAL]: z.string() }),
        content: {
          [FORMS[form].type]: { schema: z.string() },
          [FRAMED]: { schema: z.string() },
        },
      },
      ...refusals('not-signed-in', 'not-allowed', 'too-large'),
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
    .openapi(fileRoute('csv'), (c) => fileIn(http, c, 'csv', c.req.valid('query')))
    .openapi(fileRoute('xlsx'), (c) => fileIn(http, c, 'xlsx', c.req.valid('query')))
}

/** @throws Refused */
async function fileIn(
  http: HttpServices,
  c: Context<AppEnv>,
  form: FileForm,
  { progress, ...query }: ReportAsked & { progress?: '1' | undefined },
) {
  const who = staffOnly(c, ['supervisor', 'admin'])
  const found = await http.reports.file(asked(query, who), form, c.get('locale'))
  if (isRefusal(found)) throw new Refused(found)
  await http.services.audit.exported(who, 'rows-exported', { from: query.from, to: query.to, form })
  const { total, pieces } = found
  return c.body(streamOf(progress ? framed(pieces) : bytesOf(pieces)), 200, {
    'content-type': progress ? FRAMED : FORMS[form].type,
    'content-disposition': `attachment; filename="shouwen-${query.from}-${query.to}.${form}"`,
    [TOTAL]: String(total),
  })
}

async function* bytesOf(pieces: AsyncIterable<Piece>) {
  for await (const { bytes } of pieces) yield bytes
}

async function* framed(pieces: AsyncIterable<Piece>) {
  for await (const { done, bytes } of pieces) {
    const head = new DataView(new ArrayBuffer(8))
    head.setUint32(0, done)
    head.setUint32(4, bytes.length)
    yield new Uint8Array(head.buffer)
    yield bytes
  }
}
