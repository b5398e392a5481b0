import type { PauseGround } from '../protocol/vocabulary.ts'
import { DAY } from './day.ts'

/**
 * The longest that a clock stands still on each ground, in days of 24 hours: no calendar is asked,
 * so that a pause ends also in a year without a notice. No law sets these; the bureau promises them.
 */
export const PAUSE_DAYS: Readonly<Record<PauseGround, number>> = {
  materials: 15,
  survey: 7,
  'expert-review': 30,
  'other-department': 15,
  'force-majeure': 30,
}

/** When a pause that begins at `at` ends by itself. */
export const pauseEnds = (ground: PauseGround, at: Date): Date =>
  new Date(at.getTime() + PAUSE_DAYS[ground] * DAY)
