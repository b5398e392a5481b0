import { backgroundShare } from './lexicon.ts'

/** How telling each unit is, given the entries of one index. */
export interface Stats {
  /** A unit's say in every coverage: its rarity, a single character's cut down. */
  weight(unit: string): number
  /** The weight of a whole set of units. */
  mass(units: ReadonlySet<string>): number
  /** How many sentences and keywords, of all entries together, hold the unit. */
  sentences(unit: string): number
}

/** Imagined ordinary documents that steady the rarities while the knowledge base is small. */
const BACKGROUND = 60
/** A lone Chinese character is weaker evidence than a pair. */
const SINGLE = 0.7

const HAN = /^\p{Script=Han}$/u

/** Rarity of a unit that `count` of `entries` entries ask with. */
function weightOf(unit: string, count: number, entries: number): number {
  const all = entries + BACKGROUND
  const having = count + BACKGROUND * backgroundShare(unit) + 0.5
  const rarity = Math.log(1 + all / having)
  return HAN.test(unit) ? SINGLE * rarity : rarity
}

/** The weight of the rarest unit there can be, to scale others by. */
export const rarest = (entries: number): number => weightOf('--', 0, entries)

/** Weights by a count of entries that does not change while these statistics are in use. */
export function createStats(
  count: (unit: string) => number,
  sentences: (unit: string) => number,
  entries: number,
): Stats {
  const weights = new Map<string, number>()
  const masses = new WeakMap<ReadonlySet<string>, number>()
  function weight(unit: string): number {
    const cached = weights.get(unit)
    if (cached !== undefined) return cached
    const n = count(unit)
    const fresh = weightOf(unit, n, entries)
    // Units that no entry has come from outside and would fill the cache without end.
    if (n > 0) weights.set(unit, fresh)
    return fresh
  }
  function mass(units: ReadonlySet<string>): number {
    const cached = masses.get(units)
    if (cached !== undefined) return cached
    let sum = 0
    for (const unit of units) sum += weight(unit)
    masses.set(units, sum)
    return sum
  }
  return { weight, mass, sentences }
}
