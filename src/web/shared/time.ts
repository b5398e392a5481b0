/** Moments of Asia/Shanghai, which has had no daylight saving since 1991: UTC + 8 h, always. */
const OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

export interface WallTime {
  year: number
  month: number
  day: number
  /** 0 = Sunday. */
  weekday: number
  /** “15:40” */
  clock: string
  /** Days since 1970-01-01, to compare dates with. */
  number: number
}

/** How a language says a date; lives in its wording. */
export interface TimeWords {
  weekdays: readonly [string, string, string, string, string, string, string]
  yesterday(clock: string): string
  date(month: number, day: number, weekday: string, year?: number): string
  moment(date: string, clock: string): string
  before(moment: string): string
}

export function wallTime(at: string | Date): WallTime {
  const ms = (typeof at === 'string' ? Date.parse(at) : at.getTime()) + OFFSET_MS
  const wall = new Date(ms)
  const two = (n: number) => String(n).padStart(2, '0')
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    weekday: wall.getUTCDay(),
    clock: `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`,
    number: Math.floor(ms / DAY_MS),
  }
}

/** “11月24日（周二）”, with the year where it is another one. */
export function dateText(at: string | Date, now: Date, words: TimeWords): string {
  const { year, month, day, weekday } = wallTime(at)
  const other = year === wallTime(now).year ? undefined : year
  return words.date(month, day, words.weekdays[weekday]!, other)
}

/** “15:40” today, else “11月24日（周二）10:30”. */
export function momentText(at: string | Date, now: Date, words: TimeWords): string {
  const { clock, number } = wallTime(at)
  if (number === wallTime(now).number) return clock
  return words.moment(dateText(at, now, words), clock)
}

/**
 * “15:40 前”, “11月24日（周二）10:30 前”. Rounded up to a full minute, so that whoever keeps the
 * due time keeps what was told.
 */
export function beforeText(due: string | Date, now: Date, words: TimeWords): string {
  const ms = typeof due === 'string' ? Date.parse(due) : due.getTime()
  return words.before(momentText(new Date(Math.ceil(ms / 60_000) * 60_000), now, words))
}

/** For lists: “15:40”, “昨天 15:40”, else the date alone. */
export function listText(at: string | Date, now: Date, words: TimeWords): string {
  const then = wallTime(at)
  const days = wallTime(now).number - then.number
  if (days === 0) return then.clock
  if (days === 1) return words.yesterday(then.clock)
  return dateText(at, now, words)
}
