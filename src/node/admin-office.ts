import { audited } from '../actions/office-audit.ts'
import { OPERATOR } from '../audit/trail.ts'
import type { Db } from '../db/db.ts'
import type { AuditAct } from '../protocol/vocabulary.ts'
import { UsageError } from './admin-faq.ts'
import * as verb from './admin-office-verbs.ts'

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

export const { OFFICE_OPTIONS } = verb

export interface OfficeOrder {
  about: 'office'
  work: (db: Db, now: Date) => Promise<string[]>
}
type Verb = (db: Db, now: Date, words: string[], options: verb.Options) => Promise<string[]>

/** By its first two words; the numbers are those of the words behind them, at least and at most. */
const VERBS: Record<string, [least: number, most: number, Verb]> = {
  'desk list': [0, 0, verb.listDesks],
  'desk add': [2, 2, verb.addDesk],
  'desk set': [1, 1, verb.setDesk],
  'roster show': [1, 3, verb.showRoster],
  'roster set': [4, 4, verb.setRoster],
  'leave list': [1, 1, verb.listLeave],
  'leave add': [3, 3, verb.giveLeave],
  'leave drop': [2, 2, verb.dropLeave],
  'standing list': [0, 0, verb.listStanding],
  'standing set': [2, 2, verb.setStandingOfficer],
  'standing end': [1, 1, verb.endStanding],
  'limits show': [0, 0, verb.showLimits],
  'limits set': [1, 1, verb.addLimits],
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
export function officeOrder(
  words: readonly string[],
  options: verb.Options,
): OfficeOrder | undefined {
  const [about = '', what = '', ...more] = words
  if (!['desk', 'roster', 'leave', 'standing', 'limits'].includes(about)) return undefined
  const name = `${about} ${what}`
  const known = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
  if (!known) throw new UsageError(`There is no command “${words.join(' ')}”.`)
  const [least, most, run] = known
  if (more.length < least || more.length > most) {
    throw new UsageError(`“${name}” takes ${least === most ? '' : `${least} to `}${most} words.`)
  }
  const act = ACTS[name]
  if (act === undefined) return { about: 'office', work: (db, now) => run(db, now, more, options) }
  const event = { by: OPERATOR, what: act, about: { of: more[0] ?? '' } }
  return {
    about: 'office',
    work: (db, now) => audited(db, now, event, (tx) => run(tx, now, more, options)),
  }
}
