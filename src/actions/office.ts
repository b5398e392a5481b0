import { shanghaiDate } from '../clock/day.ts'
import type { Db } from '../db/db.ts'
import * as store from '../desk/office-store.ts'
import { deskById, personById } from '../identity/directory-store.ts'
import { plainName } from '../identity/plain-name.ts'
import { isUscc } from '../identity/uscc.ts'
import type {
  DeskChange,
  DeskView,
  Leave,
  NewDesk,
  NewLeave,
  NewStanding,
  TurnChange,
} from '../protocol/office.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'

const bad = (detail: string) => refuse('bad-request', { detail })
const DAY = 86_400_000

/** The name that stands beside words; null for a lead who leads nobody. */
async function faultOf(db: Db, { name, lead }: DeskChange): Promise<Refusal | null> {
  if (name !== undefined && plainName(name, 32) !== name) return bad('name')
  if (!lead) return null
  const person = await personById(db, lead)
  const leads = person?.active && (person.role === 'supervisor' || person.role === 'admin')
  return leads ? null : bad('lead: is no active supervisor or administrator')
}

export async function createDesk(db: Db, desk: NewDesk): Promise<DeskView | Refusal> {
  const fault = await faultOf(db, desk)
  if (fault) return fault
  if (!(await store.insertDesk(db, desk))) return bad('id: is taken')
  return (await deskById(db, desk.id)) as DeskView
}

/** A desk is closed only when nothing waits there, nobody sits there, and another takes the rest. */
export async function changeDesk(
  db: Db,
  id: string,
  change: DeskChange,
): Promise<DeskView | Refusal> {
  const desk = await deskById(db, id)
  if (!desk) return refuse('not-found', { detail: 'desk' })
  const fault = await faultOf(db, change)
  if (fault) return fault
  const after = { ...desk, ...change }
  if (desk.fallback && !(after.fallback && after.active)) {
    return bad('fallback: make another desk the fallback')
  }
  if (after.fallback && !after.active) return bad('active: a closed desk takes nothing')
  if (desk.active && !after.active) {
    const { threads, people } = await store.busyAt(db, id)
    if (threads + people > 0) {
      return refuse('wrong-state', { detail: `open threads: ${threads}, officers: ${people}` })
    }
  }
  await store.updateDesk(db, id, change)
  return (await deskById(db, id)) as DeskView
}

async function activeOfficer(db: Db, id: string, desk?: string): Promise<boolean> {
  const person = await personById(db, id)
  const works = person?.active === true && person.role === 'officer'
  return works && (desk === undefined || person.desks.includes(desk))
}

/** Turns of officers who work at that desk, because others would not see its threads. */
export async function changeRoster(
  db: Db,
  desk: string,
  changes: readonly TurnChange[],
): Promise<Refusal | null> {
  if (!(await deskById(db, desk))) return refuse('not-found', { detail: 'desk' })
  for (const officer of new Set(changes.map((change) => change.officer))) {
    if (officer !== null && !(await activeOfficer(db, officer, desk))) {
      return bad(`officer: ${officer} does not work at ${desk}`)
    }
  }
  await store.writeTurns(db, desk, changes)
  return null
}

export async function addLeave(db: Db, desk: string, given: NewLeave): Promise<Leave | Refusal> {
  const person = await personById(db, given.officer)
  if (person?.role !== 'officer' || person.desk !== desk) return bad('officer')
  const row: Leave = { note: '', ...given, id: crypto.randomUUID() }
  await store.insertLeave(db, row)
  return row
}

/** Names who looks after an enterprise from a day on. */
export async function setStanding(
  db: Db,
  { uscc, officer, standIn = null, from, to = null }: NewStanding,
  now: Date,
): Promise<Refusal | null> {
  if (!isUscc(uscc)) return bad('uscc')
  if (!(await activeOfficer(db, officer))) return bad('officer')
  if (standIn !== null && (standIn === officer || !(await activeOfficer(db, standIn)))) {
    return bad('standIn')
  }
  const first = from ?? shanghaiDate(now)
  if (to !== null && to < first) return bad('to')
  await store.writeStanding(db, crypto.randomUUID(), { uscc, officer, standIn, from: first, to })
  return null
}

/** The turns of a desk in a span of days, a month by default. */
export function rosterOf(db: Db, desk: string, now: Date, from?: string, to?: string) {
  const first = from ?? shanghaiDate(now)
  const month = new Date(Date.parse(`${first}T00:00:00Z`) + 30 * DAY).toISOString().slice(0, 10)
  return store.turnsOf(db, desk, first, to ?? month)
}
