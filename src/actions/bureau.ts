import type { Period, WorkingCalendar } from '../clock/calendar.ts'
import { shanghaiDate, shanghaiTime } from '../clock/day.ts'
import { withHours } from '../clock/hours.ts'
import { isWorkday } from '../clock/working-time.ts'
import type { Db } from '../db/db.ts'
import { loadDesks } from '../desk/desk-store.ts'
import {
  administrators,
  dutyOf,
  leadOf,
  standingFor,
  successorOf,
  supervisorsOf,
} from '../desk/duty-store.ts'
import { slotsAt } from '../desk/roster.ts'
import { type Desk, routeTo } from '../desk/routing.ts'
import { personById } from '../identity/directory-store.ts'
import type { Person } from '../protocol/entries.ts'
import type { Bureau } from './services.ts'

/**
 * Desks change rarely and are asked for at every escalation; `refresh` reads them again. Rosters,
 * leave and standing officers are read when they are asked for.
 */
export interface LiveBureau extends Bureau {
  refresh(): Promise<void>
  /** Working time of that desk alone; null: the calendar's. */
  deskHours(id: string): readonly Period[] | null
}

/** @param calendar the one in force, asked at each use */
export async function openBureau(db: Db, calendar: () => WorkingCalendar): Promise<LiveBureau> {
  let desks: Desk[] = await loadDesks(db)
  const deskOf = (id: string) => desks.find((desk) => desk.id === id)
  const hoursOf = (id: string) => deskOf(id)?.hours ?? null

  const lookAfter = async (desk: string): Promise<Person[]> => {
    const found = await supervisorsOf(db, desk)
    return found.length > 0 ? found : administrators(db)
  }
  const duty = async (desk: string, now: Date): Promise<Person[]> => {
    const own = withHours(calendar(), hoursOf(desk))
    const [day, time] = [shanghaiDate(now), shanghaiTime(now)]
    const slots = slotsAt({ day, time, isWorked: isWorkday(now, own) }, own.periods)
    const found = await dutyOf(db, desk, slots, day)
    return found ? [found] : lookAfter(desk)
  }
  const lead = async (desk: string): Promise<Person[]> => {
    const id = deskOf(desk)?.lead
    const found = id ? await leadOf(db, id) : null
    return found ? [found] : administrators(db)
  }

  return {
    async refresh() {
      desks = await loadDesks(db)
    },
    route(question) {
      const desk = routeTo(desks, question)
      if (desk === null) throw new Error('the bureau has no desk')
      return desk
    },
    desks: () => desks.map(({ id, name }) => ({ id, name })),
    deskName: (id) => deskOf(id)?.name ?? id,
    deskHours: hoursOf,
    duty,
    told(level, desk, now) {
      if (level === 'half') return duty(desk, now)
      return level === 'overdue' ? lead(desk) : lookAfter(desk)
    },
    async standing({ uscc }, now) {
      const found = await standingFor(db, uscc, shanghaiDate(now))
      const desk = found?.desk
      // a desk that is closed takes nothing
      return found && desk !== undefined && deskOf(desk) ? { ...found, desk } : null
    },
    successor: (id) => successorOf(db, id),
    async isActiveOfficer(id) {
      const person = await personById(db, id)
      return person?.role === 'officer' && person.active
    },
    async find(id) {
      const named = deskOf(id)
      if (named) return { desk: { id: named.id, name: named.name } }
      const found = await personById(db, id)
      if (!found?.active || !(found.role === 'officer' || found.role === 'supervisor')) return null
      const { name, role, desk, desks: all } = found
      const at = desk === undefined ? {} : { desk }
      return { person: { id: found.id, name, ...at }, role, desks: all }
    },
  }
}
