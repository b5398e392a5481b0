/**
 * Days and minutes on the wall in Shanghai, by plain arithmetic. China has had one fixed offset,
 * UTC+8, since summer time ended in 1991, so no zone database is asked. A “wall” number is
 * milliseconds since 1970-01-01 00:00 in Shanghai; a “day” number counts days since then.
 */
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const OFFSET = 8 * HOUR

export function toWall(at: Date): number {
  const ms = at.getTime()
  if (Number.isNaN(ms)) throw new RangeError('not a point in time')
  return ms + OFFSET
}

export const fromWall = (wall: number): Date => new Date(wall - OFFSET)

export const dayOf = (wall: number): number => Math.floor(wall / DAY)

export const yearOf = (day: number): number => new Date(day * DAY).getUTCFullYear()

/** 1 = Monday … 7 = Sunday, as in ISO 8601; day 0 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** `date` is `YYYY-MM-DD`. */
export const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY

/** The date in Shanghai, `YYYY-MM-DD`. */
export const shanghaiDate = (at: Date): string => new Date(toWall(at)).toISOString().slice(0, 10)

/** The time of day in Shanghai, `HH:MM`, seconds dropped. */
export const shanghaiTime = (at: Date): string => new Date(toWall(at)).toISOString().slice(11, 16)
