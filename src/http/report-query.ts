import { z } from '@hono/zod-openapi'
import type { StaffCaller } from '../protocol/caller.ts'
import { isStorable } from '../protocol/ids.ts'
import { refuse } from '../protocol/refusals.ts'
import type { Scope } from '../reports/scope.ts'
import { Refused } from './problem.ts'

/** A leap year. */
export const MOST_DAYS = 366
const DAY = 86_400_000
const day = z.iso
  .date()
  .refine((date) => date >= '2000-01-01' && date <= '2999-12-31')
  .openapi({ example: '2026-11-23' })
const only = z.string().max(64).refine(isStorable).optional()

/** The period of a report, and what of it is looked at. */
export const reportQuery = {
  from: day,
  to: day,
  desk: only,
  officer: only,
  topic: only,
  district: only,
}
export type ReportAsked = z.infer<z.ZodObject<typeof reportQuery>>

/**
 * A query within the desks of who asks.
 * @throws Refused where the period ends before it begins, or is too long
 */
export function asked<Q extends ReportAsked>(query: Q, who: StaffCaller): Q & Pick<Scope, 'desks'> {
  const days = (Date.parse(query.to) - Date.parse(query.from)) / DAY + 1
  if (days < 1 || days > MOST_DAYS) throw new Refused(refuse('bad-request', { detail: 'to' }))
  return who.role === 'admin' ? query : { ...query, desks: who.desks }
}
