import { calendarAlarm } from '../clock/alarm.ts'
import { shanghaiDate } from '../clock/day.ts'
import { addWorkingTime } from '../clock/working-time.ts'
import type { Db } from '../db/db.ts'
import { membersOf } from '../desk/duty-store.ts'
import * as store from '../desk/office-store.ts'
import type { Load } from '../protocol/office.ts'
import { countLoad, countUnscheduled, type LoadRow } from '../record/load-store.ts'
import type { LiveBureau } from './bureau.ts'
import { addLeave, changeDesk, changeRoster, createDesk, rosterOf, setStanding } from './office.ts'
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
  return {
    desks: () => store.allDesks(db),
    createDesk: (desk: Parameters<typeof createDesk>[1]) => seen(createDesk(db, desk)),
    changeDesk: (id: string, change: Parameters<typeof changeDesk>[2]) =>
      seen(changeDesk(db, id, change)),
    roster: (desk: string, from?: string, to?: string) => rosterOf(db, desk, now(), from, to),
    changeRoster: (desk: string, changes: Parameters<typeof changeRoster>[2]) =>
      changeRoster(db, desk, changes),
    leave: (desk: string) => store.leaveAt(db, desk, shanghaiDate(now())),
    addLeave: (desk: string, given: Parameters<typeof addLeave>[2]) => addLeave(db, desk, given),
    dropLeave: (desk: string, id: string) => store.dropLeave(db, desk, id),
    standing: () => store.allStanding(db, shanghaiDate(now())),
    setStanding: (given: Parameters<typeof setStanding>[1]) => setStanding(db, given, now()),
    endStanding: (uscc: string) => store.endStanding(db, uscc, shanghaiDate(now())),
    async calendar() {
      const { calendar } = timeRules.now()
      const unscheduled = await countUnscheduled(db)
      return { calendar, unscheduled, alarm: calendarAlarm(calendar, now(), unscheduled) }
    },
    preview: (text: string, region?: string) => withNotice(timeRules.now().calendar, text, region),
    importCalendar: (raw: unknown) => seen(importCalendar(db, raw)),
    limits: () => timeRules.now().limits,
    setLimits: (raw: unknown) => seen(setLimits(db, raw, now())),
    soonUntil: (at: Date) => soonUntil(at, timeRules),
    load: (desks: readonly string[] | null) => loadOf({ db, now, bureau, timeRules }, desks),
  }
}

function soonUntil(at: Date, timeRules: LiveTimeRules): Date {
  const until = addWorkingTime(at, SOON, timeRules.now().calendar)
  return until === 'unscheduled' ? new Date(at.getTime() + SOON) : until
}

async function loadOf(
  { db, now, bureau, timeRules }: OfficeParts,
  desks: readonly string[] | null,
): Promise<Load> {
  const at = now()
  const until = soonUntil(at, timeRules)
  const rows = await countLoad(db, desks, { now: at, soonUntil: until })
  const members = await membersOf(db, desks, shanghaiDate(at))
  const sum = (some: LoadRow[]) => {
    const of = (what: 'waiting' | 'held' | 'soon' | 'late') =>
      some.reduce((n, row) => n + row[what], 0)
    return { waiting: of('waiting'), held: of('held'), soon: of('soon'), late: of('late') }
  }
  const shown = bureau.desks().filter(({ id }) => desks === null || desks.includes(id))
  return {
    at: at.toISOString(),
    soonUntil: until.toISOString(),
    desks: shown.map((desk) => ({ ...desk, ...sum(rows.filter((row) => row.desk === desk.id)) })),
    people: members.map((member) => {
      const { waiting: _, ...held } = sum(rows.filter(({ owner }) => owner === member.id))
      return { ...member, ...held }
    }),
  }
}
