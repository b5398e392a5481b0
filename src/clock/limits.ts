import { z } from 'zod'
import type { ClockFact } from '../protocol/entries.ts'
import {
  CLOCK_NAMES,
  type ClockName,
  LIMIT_UNITS,
  type LimitUnit,
  THREAD_KINDS,
  type ThreadKind,
} from '../protocol/vocabulary.ts'
import { shanghaiDate } from './day.ts'

/** A limit as it is written into the record: what was promised, on what ground, by which table. */
export type Limit = ClockFact['limit']

const selector = z.string().min(1).optional()

const limitRuleSchema = z.strictObject({
  clock: z.enum(CLOCK_NAMES),
  number: z.int().min(1).max(10_000),
  unit: z.enum(LIMIT_UNITS),
  /** A law with its article, or 本单位承诺. */
  ground: z.string().trim().min(1),
  kind: z.enum(THREAD_KINDS).optional(),
  topic: selector,
  desk: selector,
  /** Only for threads with an emergency in them. */
  urgent: z.literal(true).optional(),
})

const tableShape = z.strictObject({
  id: z.string().min(1),
  /** First date in Shanghai on which clocks start by this table. */
  effective: z.iso.date(),
  rules: z.array(limitRuleSchema),
})

/** A table is whole: each clock has a rule for every thread, and no two rules ask the same. */
export const limitTableSchema = tableShape.superRefine((table, ctx) => {
  const fault = (message: string) => ctx.addIssue({ code: 'custom', path: ['rules'], message })
  const asked = new Set<string>()
  for (const rule of table.rules) {
    const key = JSON.stringify([rule.clock, rule.kind, rule.topic, rule.desk, rule.urgent])
    if (asked.has(key)) fault(`two rules for the same ${rule.clock}`)
    asked.add(key)
  }
  for (const clock of CLOCK_NAMES) {
    const general = table.rules.some((rule) => rule.clock === clock && weight(rule) === 0)
    if (!general) fault(`no general rule for ${clock}`)
  }
})

export type LimitRule = z.infer<typeof limitRuleSchema>
export type LimitTable = z.infer<typeof tableShape>

const promised = (clock: ClockName, number: number, unit: LimitUnit): LimitRule => ({
  clock,
  number,
  unit,
  ground: '本单位承诺',
})

/** What ships. No law sets these: the bureau promises them, and an admin may change them. */
export const DEFAULT_LIMITS: LimitTable = {
  id: 'default-2026-08-15',
  effective: '2026-08-15',
  rules: [
    promised('first-reply', 30, 'working-minutes'),
    promised('next-reply', 4, 'working-hours'),
    promised('resolution', 3, 'working-days'),
    promised('handover', 2, 'working-hours'),
    promised('reminder', 4, 'working-hours'),
    promised('supervision', 1, 'working-days'),
    promised('call-back', 2, 'working-days'),
  ],
}

export type LimitQuestion = {
  clock: ClockName
  kind: ThreadKind
  topic?: string | undefined
  desk?: string | undefined
  urgent?: boolean | undefined
  /** When the clock starts. */
  at: Date
}

/**
 * The most specific rule of the newest table in force when the clock starts; of two tables with
 * one date the later in the list. What starts before the first table goes by that one, because a
 * question is never without a promise. `undefined` only where there is no table.
 */
export function limitFor(asked: LimitQuestion, tables: readonly LimitTable[]): Limit | undefined {
  const table = tableAt(shanghaiDate(asked.at), tables)
  if (table === undefined) return undefined
  let best: LimitRule | undefined
  for (const rule of table.rules) {
    if (fits(rule, asked) && (best === undefined || weight(rule) > weight(best))) best = rule
  }
  if (best === undefined) return undefined
  const { number, unit, ground } = best
  return { number, unit, ground, version: table.id }
}

function tableAt(date: string, tables: readonly LimitTable[]): LimitTable | undefined {
  let newest: LimitTable | undefined
  let first: LimitTable | undefined
  for (const table of tables) {
    if (first === undefined || table.effective < first.effective) first = table
    if (table.effective > date) continue
    if (newest === undefined || table.effective >= newest.effective) newest = table
  }
  return newest ?? first
}

const fits = (rule: LimitRule, asked: LimitQuestion): boolean =>
  rule.clock === asked.clock &&
  (rule.kind === undefined || rule.kind === asked.kind) &&
  (rule.topic === undefined || rule.topic === asked.topic) &&
  (rule.desk === undefined || rule.desk === asked.desk) &&
  (rule.urgent === undefined || asked.urgent === true)

/**
 * An emergency says more than the topic, the topic more than the desk, the desk more than the kind;
 * 0 is the general rule.
 */
const weight = (rule: LimitRule): number =>
  (rule.urgent === undefined ? 0 : 8) +
  (rule.topic === undefined ? 0 : 4) +
  (rule.desk === undefined ? 0 : 2) +
  (rule.kind === undefined ? 0 : 1)
