import { readFile } from 'node:fs/promises'
import {
  addLeave,
  changeDesk,
  changeRoster,
  createDesk,
  rosterOf,
  setStanding,
} from '../actions/office.ts'
import { openTimeRules, setLimits } from '../actions/time-rules.ts'
import { shanghaiDate } from '../clock/day.ts'
import type { Db } from '../db/db.ts'
import * as store from '../desk/office-store.ts'
import { foldLoginName } from '../identity/login-name.ts'
import { members, staffByName } from '../identity/staff-store.ts'
import {
  deskChangeSchema,
  newDeskSchema,
  newLeaveSchema,
  newStandingSchema,
  rosterChangeSchema,
} from '../protocol/office.ts'
import { isRefusal } from '../protocol/refusals.ts'
import { Failure, UsageError } from './admin-faq.ts'

export const OFFICE_OPTIONS = {
  topics: { type: 'string' },
  districts: { type: 'string' },
  industries: { type: 'string' },
  hours: { type: 'string' },
  lead: { type: 'string' },
  'stand-in': { type: 'string' },
  active: { type: 'string' },
  fallback: { type: 'boolean' },
} as const

export type Options = {
  [K in keyof typeof OFFICE_OPTIONS | 'name']?: string | boolean | undefined
}

export const listDesks = async (db: Db) => (await store.allDesks(db)).map(shown)

const shown = (desk: Awaited<ReturnType<typeof store.allDesks>>[number]) => JSON.stringify(desk)

/** @throws Failure for a “no” */
function granted<T>(answer: T): T {
  if (isRefusal(answer)) throw new Failure(answer.detail ?? answer.refused)
  return answer
}

interface Parser<T> {
  safeParse(
    raw: unknown,
  ): { success: true; data: T } | { success: false; error: { issues: Issue[] } }
}
interface Issue {
  path: PropertyKey[]
  message: string
}
function fitting<T>(schema: Parser<T>, raw: unknown): T {
  const read = schema.safeParse(raw)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Failure(`${issue?.path.map(String).join('.')}: ${issue?.message}`)
}

/** A staff id; null for `none`. */
async function idOf(db: Db, username: string): Promise<string | null> {
  if (username === 'none') return null
  const member = await staffByName(db, foldLoginName(username))
  if (!member) throw new Failure(`There is no account “${username}”.`)
  return member.id
}

export async function addDesk(db: Db, _now: Date, [id, name]: string[]) {
  return [shown(granted(await createDesk(db, fitting(newDeskSchema, { id, name }))) as never)]
}

export async function setDesk(db: Db, _now: Date, [id = '']: string[], options: Options) {
  const change: Record<string, unknown> = {}
  for (const list of ['topics', 'districts', 'industries'] as const) {
    const text = options[list]
    if (typeof text === 'string') change[list] = text.split(/[,，]/).filter(Boolean)
  }
  if (typeof options.name === 'string') change.name = options.name
  if (typeof options.hours === 'string') change.hours = hoursOf(options.hours)
  if (typeof options.lead === 'string') change.lead = await idOf(db, options.lead)
  if (options.fallback) change.fallback = true
  if (typeof options.active === 'string') {
    if (!/^(yes|no)$/.test(options.active)) throw new UsageError('--active is yes or no.')
    change.active = options.active === 'yes'
  }
  return [shown(granted(await changeDesk(db, id, fitting(deskChangeSchema, change))) as never)]
}

function hoursOf(text: string) {
  if (text === 'none') return null
  return text.split(',').map((period) => {
    const [from, to] = period.split('-')
    return { from, to }
  })
}

/** What people are called by those who type. */
async function usernames(db: Db): Promise<(id: string | null) => string> {
  const all = new Map((await members(db)).map(({ id, username }) => [id, username]))
  return (id) => (id === null ? '–' : (all.get(id) ?? id))
}

export async function showRoster(db: Db, now: Date, [desk = '', from, to]: string[]) {
  const called = await usernames(db)
  const turns = await rosterOf(db, desk, now, from, to)
  return turns.map(({ day, period, officer }) => `${day}  ${period}  ${called(officer)}`)
}

export async function setRoster(db: Db, _now: Date, [desk = '', day, period, name = '']: string[]) {
  const officer = await idOf(db, name)
  const { items } = fitting(rosterChangeSchema, { items: [{ day, period, officer }] })
  granted(await changeRoster(db, desk, items))
  return [`${desk}  ${day}  ${period}  ${name}`]
}

export async function listLeave(db: Db, now: Date, [desk = '']: string[]) {
  const called = await usernames(db)
  const all = await store.leaveAt(db, desk, shanghaiDate(now))
  return all.map(({ id, officer, from, to, note }) =>
    `${id}  ${called(officer)}  ${from} – ${to}  ${note}`.trimEnd(),
  )
}

export async function giveLeave(db: Db, _now: Date, [name = '', from, to]: string[]) {
  const member = await staffByName(db, foldLoginName(name))
  if (!member) throw new Failure(`There is no account “${name}”.`)
  const given = fitting(newLeaveSchema, { officer: member.id, from, to })
  const { id } = granted(await addLeave(db, member.desk ?? '', given)) as { id: string }
  return [`${id}  ${name}  ${from} – ${to}`]
}

export async function dropLeave(db: Db, _now: Date, [desk = '', id = '']: string[]) {
  const isId = /^[0-9a-f-]{36}$/.test(id)
  if (!isId || !(await store.dropLeave(db, desk, id))) throw new Failure('There is no such leave.')
  return [`dropped ${id}`]
}

export async function listStanding(db: Db, now: Date) {
  const called = await usernames(db)
  const all = await store.allStanding(db, shanghaiDate(now))
  return all.map(
    ({ uscc, officer, standIn, from, to }) =>
      `${uscc}  ${called(officer)}  stand-in ${called(standIn)}  ${from} – ${to ?? ''}`,
  )
}

export async function setStandingOfficer(
  db: Db,
  now: Date,
  [uscc, name = '']: string[],
  options: Options,
) {
  const standIn = options['stand-in']
  const given = fitting(newStandingSchema, {
    uscc,
    officer: await idOf(db, name),
    ...(typeof standIn === 'string' ? { standIn: await idOf(db, standIn) } : {}),
  })
  granted(await setStanding(db, given, now))
  return [`${uscc}  ${name}`]
}

export async function endStanding(db: Db, now: Date, [uscc = '']: string[]) {
  const isOver = await store.endStanding(db, uscc, shanghaiDate(now))
  if (!isOver) throw new Failure(`Nobody looks after ${uscc}.`)
  return [`ended ${uscc}`]
}

export async function showLimits(db: Db) {
  return [JSON.stringify((await openTimeRules(db)).now().limits, null, 2)]
}

export async function addLimits(db: Db, now: Date, [file = '']: string[]) {
  let raw: unknown
  try {
    raw = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Failure(`${file}: ${(error as Error).message}`)
  }
  granted(await setLimits(db, raw, now))
  return ['added; clocks that start from its date on go by it']
}
