import { readFile } from 'node:fs/promises'
import {
  addLeave,
  changeDesk,
  changeRoster,
  createDesk,
  rosterOf,
  setStanding,
} from '../actions/office.ts'
import { audited } from '../actions/office-audit.ts'
import { openTimeRules, setLimits } from '../actions/time-rules.ts'
import { OPERATOR } from '../audit/trail.ts'
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
import type { AuditAct } from '../protocol/vocabulary.ts'
import { Failure, UsageError } from './admin-faq.ts'

export const OFFICE_USAGE = `  npm run admin -- desk list
  npm run admin -- desk add ID NAME
  npm run admin -- desk set ID [--name N] [--topics a,b] [--districts a,b] [--industries a,b]
                        [--hours 08:30-12:00,14:00-17:30|none] [--lead NAME|none]
                        [--fallback] [--active yes|no]
  npm run admin -- roster show DESK [FROM [TO]]
  npm run admin -- roster set DESK DAY day|night NAME|none
  npm run admin -- leave list DESK
  npm run admin -- leave add NAME FROM TO
  npm run admin -- leave drop DESK ID
  npm run admin -- standing list                 who looks after which enterprise (包联)
  npm run admin -- standing set USCC NAME [--stand-in NAME]
  npm run admin -- standing end USCC
  npm run admin -- limits show                   the tables of limits, as JSON
  npm run admin -- limits set FILE               one more table, from its date on`

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

type Options = {
  [K in keyof typeof OFFICE_OPTIONS | 'name']?: string | boolean | undefined
}

type Work = (db: Db, now: Date) => Promise<string[]>
export type OfficeOrder = { about: 'office'; work: Work }

/** By its first two words; the number is that of the words behind them, at least and at most. */
const VERBS: Record<string, [number, number, (words: string[], options: Options) => Work]> = {
  'desk list': [0, 0, () => async (db) => (await store.allDesks(db)).map(shown)],
  'desk add': [
    2,
    2,
    ([id, name]) =>
      (db) =>
        added(db, { id, name }),
  ],
  'desk set': [
    1,
    1,
    ([id = ''], options) =>
      (db) =>
        setDesk(db, id, options),
  ],
  'roster show': [
    1,
    3,
    ([desk = '', from, to]) =>
      (db, now) =>
        showRoster(db, now, desk, from, to),
  ],
  'roster set': [4, 4, (words) => (db) => setRoster(db, words)],
  'leave list': [
    1,
    1,
    ([desk = '']) =>
      (db, now) =>
        listLeave(db, desk, now),
  ],
  'leave add': [3, 3, (words) => (db) => giveLeave(db, words)],
  'leave drop': [
    2,
    2,
    ([desk = '', id = '']) =>
      (db) =>
        takeBack(db, desk, id),
  ],
  'standing list': [0, 0, () => listStanding],
  'standing set': [2, 2, (words, options) => (db, now) => nameStanding(db, now, words, options)],
  'standing end': [
    1,
    1,
    ([uscc = '']) =>
      (db, now) =>
        endStanding(db, uscc, now),
  ],
  'limits show': [0, 0, () => showLimits],
  'limits set': [
    1,
    1,
    ([file = '']) =>
      (db, now) =>
        newLimits(db, file, now),
  ],
}

/** Those that change something, as the audit names them. */
const ACTS: Record<string, AuditAct> = {
  'desk add': 'desk-changed',
  'desk set': 'desk-changed',
  'roster set': 'roster-changed',
  'leave add': 'leave-changed',
  'leave drop': 'leave-changed',
  'standing set': 'standing-changed',
  'standing end': 'standing-changed',
  'limits set': 'limits-set',
}

/** @returns undefined where the command is about something else */
export function officeOrder(words: readonly string[], options: Options): OfficeOrder | undefined {
  const [about = '', verb = '', ...more] = words
  if (!['desk', 'roster', 'leave', 'standing', 'limits'].includes(about)) return undefined
  const known = Object.hasOwn(VERBS, `${about} ${verb}`) ? VERBS[`${about} ${verb}`] : undefined
  if (!known) throw new UsageError(`There is no command “${words.join(' ')}”.`)
  const [least, most, understood] = known
  if (more.length < least || more.length > most) {
    throw new UsageError(
      `“${about} ${verb}” takes ${least === most ? '' : `${least} to `}${most} words.`,
    )
  }
  const work = understood(more, options)
  const what = ACTS[`${about} ${verb}`]
  if (what === undefined) return { about: 'office', work }
  const event = { by: OPERATOR, what, about: { of: more[0] ?? '' } }
  return { about: 'office', work: (db, now) => audited(db, now, event, (tx) => work(tx, now)) }
}

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

async function added(db: Db, raw: object): Promise<string[]> {
  return [shown(granted(await createDesk(db, fitting(newDeskSchema, raw))) as never)]
}

async function setDesk(db: Db, id: string, options: Options): Promise<string[]> {
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

async function showRoster(db: Db, now: Date, desk: string, from?: string, to?: string) {
  const called = await usernames(db)
  const turns = await rosterOf(db, desk, now, from, to)
  return turns.map(({ day, period, officer }) => `${day}  ${period}  ${called(officer)}`)
}

async function setRoster(db: Db, [desk = '', day, period, name = '']: string[]) {
  const officer = await idOf(db, name)
  const { items } = fitting(rosterChangeSchema, { items: [{ day, period, officer }] })
  granted(await changeRoster(db, desk, items))
  return [`${desk}  ${day}  ${period}  ${name}`]
}

async function listLeave(db: Db, desk: string, now: Date) {
  const called = await usernames(db)
  const all = await store.leaveAt(db, desk, shanghaiDate(now))
  return all.map(({ id, officer, from, to, note }) =>
    `${id}  ${called(officer)}  ${from} – ${to}  ${note}`.trimEnd(),
  )
}

async function giveLeave(db: Db, [name = '', from, to]: string[]) {
  const member = await staffByName(db, foldLoginName(name))
  if (!member) throw new Failure(`There is no account “${name}”.`)
  const given = fitting(newLeaveSchema, { officer: member.id, from, to })
  const { id } = granted(await addLeave(db, member.desk ?? '', given)) as { id: string }
  return [`${id}  ${name}  ${from} – ${to}`]
}

async function takeBack(db: Db, desk: string, id: string) {
  const isId = /^[0-9a-f-]{36}$/.test(id)
  if (!isId || !(await store.dropLeave(db, desk, id))) throw new Failure('There is no such leave.')
  return [`dropped ${id}`]
}

async function listStanding(db: Db, now: Date) {
  const called = await usernames(db)
  const all = await store.allStanding(db, shanghaiDate(now))
  return all.map(
    ({ uscc, officer, standIn, from, to }) =>
      `${uscc}  ${called(officer)}  stand-in ${called(standIn)}  ${from} – ${to ?? ''}`,
  )
}

async function nameStanding(db: Db, now: Date, [uscc, name = '']: string[], options: Options) {
  const standIn = options['stand-in']
  const given = fitting(newStandingSchema, {
    uscc,
    officer: await idOf(db, name),
    ...(typeof standIn === 'string' ? { standIn: await idOf(db, standIn) } : {}),
  })
  granted(await setStanding(db, given, now))
  return [`${uscc}  ${name}`]
}

async function endStanding(db: Db, uscc: string, now: Date) {
  const isOver = await store.endStanding(db, uscc, shanghaiDate(now))
  if (!isOver) throw new Failure(`Nobody looks after ${uscc}.`)
  return [`ended ${uscc}`]
}

async function showLimits(db: Db) {
  return [JSON.stringify((await openTimeRules(db)).now().limits, null, 2)]
}

async function newLimits(db: Db, file: string, now: Date) {
  let raw: unknown
  try {
    raw = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Failure(`${file}: ${(error as Error).message}`)
  }
  granted(await setLimits(db, raw, now))
  return ['added; clocks that start from its date on go by it']
}
