import type { DutyPeriod } from '../protocol/vocabulary.ts'

/*
 * Who is on duty and who stands in. Days are dates and times are `HH:MM`, both in Shanghai; who is
 * “present” is at work and not on leave that day.
 */

export type IsPresent = (officer: string) => boolean

export interface Slot {
  day: string
  period: DutyPeriod
}

export interface Turn extends Slot {
  officer: string
}

export interface Standing {
  officer: string
  standIn: string | null
  from: string
  to: string | null
}

export interface Hours {
  from: string
  to: string
}

const DAY = 86_400_000
const dayBefore = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - DAY).toISOString().slice(0, 10)

/**
 * The turns that a moment belongs to, the first one first. A night goes from the close of its day to
 * the opening of the next; on a day of rest there may be a day's turn, and else the night's has it.
 * @param hours in order, at least one
 */
export function slotsAt(
  { day, time, isWorked }: { day: string; time: string; isWorked: boolean },
  hours: readonly Hours[],
): Slot[] {
  const [opens = '00:00', closes = '24:00'] = [hours[0]?.from, hours.at(-1)?.to]
  if (time < opens) return [{ day: dayBefore(day), period: 'night' }]
  if (time >= closes) return [{ day, period: 'night' }]
  const byDay: Slot = { day, period: 'day' }
  return isWorked ? [byDay] : [byDay, { day, period: 'night' }]
}

/** Who has the first of these turns that somebody present has. */
export function onDuty(
  slots: readonly Slot[],
  turns: readonly Turn[],
  isPresent: IsPresent,
): string | null {
  for (const { day, period } of slots) {
    const turn = turns.find((one) => one.day === day && one.period === period)
    if (turn && isPresent(turn.officer)) return turn.officer
  }
  return null
}

/** Who looks after an enterprise that day: its officer, else the stand-in; of two, the later named. */
export function standingOn(
  all: readonly Standing[],
  day: string,
  isPresent: IsPresent,
): string | null {
  const inForce = all
    .filter(({ from, to }) => from <= day && (to === null || day <= to))
    .sort((a, b) => (a.from < b.from ? 1 : -1))[0]
  if (!inForce) return null
  const { officer, standIn } = inForce
  if (isPresent(officer)) return officer
  return standIn !== null && isPresent(standIn) ? standIn : null
}
