import { auditAuthor } from '../audit/trail.ts'
import { calendarAlarm } from '../clock/alarm.ts'
import { shanghaiDate } from '../clock/day.ts'
import { addWorkingTime } from '../clock/working-time.ts'
import type { Db } from '../db/db.ts'
import { membersOf } from '../desk/duty-store.ts'
import * as store from '../desk/office-store.ts'
import type { AuditFacts } from '../protocol/audit.ts'
import type { StaffCaller } from '../protocol/caller.ts'
import type {
  DeskChange,
  Load,
  NewDesk,
  NewLeave,
  NewStanding,
  TurnChange,
} from '../protocol/office.ts'
import type { AuditAct } from '../protocol/vocabulary.ts'
import { countLoad, countUnscheduled, type LoadRow } from '../record/load-store.ts'
import type { LiveBureau } from './bureau.ts'
import { addLeave, changeDesk, changeRoster, createDesk, rosterOf, setStanding } from './office.ts'
import { audited } from './office-audit.ts'
import { importCalendar, type LiveTimeRules, setLimits, withNotice } from './time-rules.ts'

/** Working time within which a due time counts as near: half a day. */
const SOON = 4 * 3_600_000

export interface OfficeParts {
  db: Db
  now: () => Date
  bureau: LiveBureau
  timeRules: LiveTimeRules
}

export type Office = ReturnType<typeof createOffice>

/** What the routes of administration ask for; a change is seen here at once, elsewhere by its news. */
export function createOffice({ db, now, bureau, timeRules }: OfficeParts) {
  const seen = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work
    await Promise.all([bureau.refresh(), timeRules.refresh()])
    return done
  }
  const acting = <T>(
    who: StaffCaller,
    what: AuditAct,
    about: AuditFacts,
    act: (tx: Db) => Promise<T>,
  ) => seen(audited(db, now(), { by: auditAuthor(who), what, about }, act))
  return {
    desks: () => store.allDesks(db),
    createDesk: (who: StaffCaller, desk: NewDesk) =>
      acting(who, 'desk-changed', { desk: desk.id }, (tx) => createDesk(tx, desk)),
    changeDesk: (who: StaffCaller, id: string, change: DeskChange) => {
      const about = { desk: id, changed: Object.keys(change) }
      return acting(who, 'desk-changed', about, (tx) => changeDesk(tx, id, change))
    },
    roster: (desk: string, from?: string, to?: string) => rosterOf(db, desk, now(), from, to),
    changeRoster: (who: StaffCaller, desk: string, changes: readonly TurnChange[]) => {
      const about = { desk, turns: changes.length }
      return acting(who, 'roster-changed', about, (tx) => changeRoster(tx, desk, changes))
    },
    leave: (desk: string) => store.leaveAt(db, desk, shanghaiDate(now())),
    addLeave: (who: StaffCaller, desk: string, given: NewLeave) => {
      const { officer, from, to } = given
      return acting(who, 'leave-changed', { desk, staff: officer, from, to }, (tx) =>
        addLeave(tx, desk, given),
      )
    },
    dropLeave: (who: StaffCaller, desk: string, id: string) =>
      acting(who, 'leave-changed', { desk, dropped: id }, (tx) => store.dropLeave(tx, desk, id)),
    standing: () => store.allStanding(db, shanghaiDate(now())),
    setStanding: (who: StaffCaller, given: NewStanding) => {
      const { uscc, officer, standIn = null } = given
      return acting(who, 'standing-changed', { uscc, staff: officer, standIn }, (tx) =>
        setStanding(tx, given, now()),
      )
    },
    endStanding: (who: StaffCaller, uscc: string) =>
      acting(who, 'standing-changed', { uscc, staff: null }, (tx) =>
        store.endStanding(tx, uscc, shanghaiDate(now())),
      ),
    async calendar() {
      const { calendar } = timeRules.now()
      const unscheduled = await countUnscheduled(db)
      return { calendar, unscheduled, alarm: calendarAlarm(calendar, now(), unscheduled) }
    },
    preview: (text: string, region?: string) => withNotice(timeRules.now().calendar, text, region),
    importCalendar: (who: StaffCaller, raw: unknown) =>
      acting(who, 'calendar-imported', namesOf(raw, 'version'), (tx) => importCalendar(tx, raw)),
    limits: () => timeRules.now().limits,
    setLimits: (who: StaffCaller, raw: unknown) =>
      acting(who, 'limits-set', namesOf(raw, 'id', 'effective'), (tx) => setLimits(tx, raw, now())),
    soonUntil: (at: Date) => soonUntil(at, timeRules),
    load: (desks: readonly string[] | null) => loadOf({ db, now, bureau, timeRules }, desks),
  }
}

function soonUntil(at: Date, timeRules: LiveTimeRules): Date {
  const until = addWorkingTime(at, SOON, timeRules.now().calendar)
  return until === 'unscheduled' ? new Date(at.getTime() + SOON) : until
}

/** Of what is stored only where it was found sound: its names are texts then. */
const namesOf = (raw: unknown, ...keys: string[]): AuditFacts =>
  Object.fromEntries(keys.map((key) => [key, String((raw as Record<string, unknown>)[key])]))

async function loadOf(
  { db, now, bureau, timeRules }: OfficeParts,
  desks: readonly string[] | null,
): Promise<Load> {
  const at = now()
  const until = soonUntil(at, timeRules)
  const rows = await countLoad(db, desks, { now: at, soonUntil: until })
  const members = await membersOf(db, desks, shanghaiDate(at))
  const sum = (some: LoadRow[]) => {
    const of = (what: Exclude<keyof LoadRow, 'desk' | 'owner'>) =>
      some.reduce((n, row) => n + row[what], 0)
    return {
      waiting: of('waiting'),
      held: of('held'),
      soon: of('soon'),
      late: of('late'),
      silent: of('silent'),
    }
  }
  const shown = bureau.desks().filter(({ id }) => desks === null || desks.includes(id))
  return {
    at: at.toISOString(),
    soonUntil: until.toISOString(),
    desks: shown.map((desk) => ({ ...desk, ...sum(rows.filter((row) => row.desk === desk.id)) })),
    people: members.map((member) => {
      const { held, soon, late } = sum(rows.filter(({ owner }) => owner === member.id))
      return { ...member, held, soon, late }
    }),
  }
}
