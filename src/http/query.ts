import { z } from '@hono/zod-openapi'
import { refuse } from '../protocol/refusals.ts'
import type { Cursor } from '../record/list-store.ts'
import { isThreadId } from '../record/record-store.ts'
import { Refused } from './problem.ts'

const PAGE = 50
const PAGE_MAX = 200
/** PostgreSQL's integer, in which numbers of entries are kept. */
const SEQ_MAX = 2 ** 31 - 1

/** Digits and nothing else: `1e3`, `0x10` and `+5` are no numbers in a query. */
const digits = z.string().regex(/^\d{1,15}$/)
const whole = (at: { min: number; max: number; default: number }) =>
  digits
    .default(String(at.default))
    .transform(Number)
    .refine((n) => n >= at.min)
    .transform((n) => Math.min(n, at.max))
    .openapi({ type: 'integer', minimum: at.min, default: at.default })

/** Clamped, not refused: a client asks for many and gets what there is to be had at once. */
export const pageSize = whole({ min: 1, max: PAGE_MAX, default: PAGE })
export const afterSeq = whole({ min: 0, max: SEQ_MAX, default: 0 })

/** What zod finds wrong with a query or a path, as the refusal of the contract. */
export function badQuery(result: {
  success: boolean
  error?: { issues: { path: PropertyKey[] }[] }
}) {
  if (result.success) return
  const detail = result.error?.issues[0]?.path.map(String).join('.') ?? ''
  throw new Refused(refuse('bad-request', { detail }))
}

/** As PostgreSQL and `toISOString` write a time, and nothing that PostgreSQL might choke on. */
const TIME = /^(19[7-9]|[2-9]\d\d)\d-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00(:00)?)$/
const isTime = (key: string) =>
  TIME.test(key) && !Number.isNaN(Date.parse(key.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')))

export const encodeCursor = ({ key, id }: Cursor) => btoa(`${key}|${id}`).replaceAll('=', '')

/** @throws Refused for a cursor that none of our pages gave */
export function cursorOf(text: string): Cursor {
  try {
    const [key = '', id = ''] = atob(text).split('|')
    if ((key === 'infinity' || isTime(key)) && isThreadId(id)) return { key, id }
  } catch {
    // not base64: one of ours never looks so
  }
  throw new Refused(refuse('bad-request', { detail: 'cursor' }))
}
