import { endOf, type SealedHead } from './seal.ts'

/** The head of a thread as a day's seal holds it. */
export interface HeadOfDay extends SealedHead {
  day: string
}

/** What is wrong, and where: an entry of a thread, or a day's seal. */
export interface Fault {
  seq?: number
  day?: string
  why: string
}

/** What every entry shows, sealed or open. */
interface Placed {
  seq: number
  at: string
  hash: string
}

/** Days that have a seal, in order, by the moment up to which each reaches. */
export function createDays(days: Iterable<string>) {
  const all = [...new Set(days)].sort()
  const ends = all.map((day) => endOf(day).toISOString())
  return {
    /** The first seal that must hold an entry of that time; undefined: none is made yet. */
    sealOf(at: string): string | undefined {
      let [low, high] = [0, ends.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (ends[middle]! > at) high = middle
        else low = middle + 1
      }
      return all[low]
    },
  }
}
export type Days = ReturnType<typeof createDays>

/**
 * Holds an unbroken chain against the heads that were sealed, in order: a cut tail, a chain that
 * was written anew, and entries that claim to be older than a seal which does not hold them.
 * @returns the first fault; null where there is none
 */
export function headFault(
  items: readonly Placed[],
  heads: readonly HeadOfDay[],
  days: Days,
): Fault | null {
  let sealed = 0
  for (const { day, seq, hash } of heads) {
    const head = items[seq - 1]
    if (!head) {
      return { seq: items.length + 1, why: `it was cut off: the seal of ${day} holds entry ${seq}` }
    }
    if (head.hash !== hash) return { seq, why: rewritten(sealed + 1, seq, day) }
    const late = backdated(items[sealed], days, day)
    if (late) return late
    sealed = Math.max(sealed, seq)
  }
  return backdated(items[sealed], days)
}

function rewritten(from: number, to: number, day: string): string {
  const why = `its hash is not the one that was sealed on ${day}`
  return from >= to ? why : `${why}: something in ${from}–${to} was rewritten`
}

/** The first entry after a sealed head must be younger than every seal before its own. */
function backdated(entry: Placed | undefined, days: Days, own?: string): Fault | null {
  const day = entry && days.sealOf(entry.at)
  if (!day || day === own) return null
  return {
    seq: entry.seq,
    why: `it was inserted: its time lies before the end of ${day}, whose seal does not hold it`,
  }
}
