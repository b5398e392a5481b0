import { randomUUID } from 'node:crypto'
import { perform } from '../../src/actions/perform.ts'
import { SAMPLE_ENTERPRISES } from '../../src/identity/demo.ts'
import type { EnterpriseCaller, StaffCaller } from '../../src/protocol/caller.ts'
import { isRefusal } from '../../src/protocol/refusals.ts'
import { FIGURES } from '../../src/reports/figures.ts'
import type { WholeReport } from '../../src/reports/report-store.ts'
import { createReports, type ReportQuery } from '../../src/reports/report-store.ts'
import { person } from '../contract/support.ts'
import type { TestServer } from '../support/server.ts'

const expiresAt = new Date('2030-01-01T00:00:00Z')
export const MINUTE = 60_000

export type Staff = Record<'wang' | 'li' | 'zhao' | 'sun' | 'admin', StaffCaller>

/** The demo's staff as callers: their commands go straight to the actions. */
export async function staffOf(server: TestServer): Promise<Staff> {
  const names = ['wang', 'li', 'zhao', 'sun', 'admin'] as const
  const all = await Promise.all(
    names.map(async (username) => {
      const { desk, ...who } = await person(server, username)
      const desks = username === 'sun' ? ['water', 'eia'] : desk ? [desk] : []
      return [username, { ...who, ...(desk ? { desk } : {}), desks, session: who.id, expiresAt }]
    }),
  )
  return Object.fromEntries(all) as Staff
}

export const enterpriseAt = (i: number): EnterpriseCaller => ({
  role: 'enterprise',
  id: randomUUID(),
  name: SAMPLE_ENTERPRISES[i]!.name,
  enterprise: SAMPLE_ENTERPRISES[i]!.enterprise,
  expiresAt,
})

/** What the ack says, or the code of the refusal. */
export async function doing(
  server: TestServer,
  who: StaffCaller | EnterpriseCaller,
  command: object,
) {
  const done = await perform(server.running.services, { id: randomUUID(), ...command }, who)
  return isRefusal(done) ? done.refused : done
}

/** The same, where a refusal is a fault of the test. @returns the thread */
export async function did(
  server: TestServer,
  who: StaffCaller | EnterpriseCaller,
  command: { type: string; [field: string]: unknown },
): Promise<string> {
  const done = await doing(server, who, command)
  if (typeof done === 'string') throw new Error(`${command.type}: ${done}`)
  return done.thread
}

export const reportsOf = (
  { running, clock, database }: TestServer,
  more: { patience?: number } = {},
) =>
  createReports({
    db: database.db,
    now: clock.now,
    calendar: () => running.timeRules.now().calendar,
    ...more,
  })

/** All that the test's clock can have reached. */
export const YEAR = { from: '2026-11-01', to: '2027-01-31' }

export async function reported(server: TestServer, query: Partial<ReportQuery> = {}) {
  const found = await reportsOf(server).figures({ ...YEAR, ...query })
  if (isRefusal(found)) throw new Error(found.refused)
  return found
}

/** Numerator and denominator as `n/of`; of a time how many, and working minutes in all. */
export function short({ figures }: WholeReport['total'], name: string): string {
  const figure = figures[name]!
  return 'rate' in figure
    ? `${figure.n}/${figure.of}`
    : `${figure.working.n}: ${figure.working.sum} of ${figure.elapsed.sum}`
}

const isTime = (name: string) => FIGURES.find((one) => one.name === name)?.kind === 'time'

/** What `short` says where there is nothing. */
export const nothingOf = (name: string) => (isTime(name) ? '0: 0 of 0' : '0/0')

/** The rows as a file. */
export async function fileOf(server: TestServer, query: ReportQuery) {
  const found = await reportsOf(server).file(query, 'csv', 'zh')
  if (isRefusal(found)) throw new Error(found.refused)
  return found
}
