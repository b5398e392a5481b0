/** One question to a collection as it came out. */
export interface Measured {
  /** Does an entry answer it? */
  covered: boolean
  /** Where the first right entry came out, from 0; -1 where none did. */
  place: number
  /** The best entry's. */
  confidence: number
}

/** Percentages 0–100, but `n` and `oos`, which count. */
export interface Quality {
  n: number
  oos: number
  hit1: number
  hit3: number
  mrr10: number
  auroc: number
  c90: number
  c95: number
  ece: number
}

/** A share of 100, to a tenth; 0 where there is nothing to share. */
export const percent = (part: number, whole: number) =>
  whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10

const isRight = ({ place }: Measured) => place === 0

/** Runs of equal confidence, from the surest on. */
function* levels(rows: readonly Measured[]): Iterable<Measured[]> {
  const sorted = rows.toSorted((a, b) => b.confidence - a.confidence)
  let from = 0
  while (from < sorted.length) {
    let to = from
    while (to < sorted.length && sorted[to]!.confidence === sorted[from]!.confidence) to++
    yield sorted.slice(from, to)
    from = to
  }
}

/** The chance that a right winner is surer than a wrong one; equal ones count half. */
function auroc(rows: readonly Measured[]): number {
  const right = rows.filter(isRight).length
  const wrong = rows.length - right
  let [above, sum] = [0, 0]
  for (const level of levels(rows)) {
    const rightHere = level.filter(isRight).length
    const wrongHere = level.length - rightHere
    sum += wrongHere * (above + rightHere / 2)
    above += rightHere
  }
  return percent(sum, right * wrong)
}

/** The largest share of all questions that can be answered, surest first, at this precision. */
function coverage(rows: readonly Measured[], precision: number): number {
  let [answered, right, best] = [0, 0, 0]
  for (const level of levels(rows)) {
    answered += level.length
    right += level.filter(isRight).length
    if (right >= precision * answered) best = answered
  }
  return percent(best, rows.length)
}

const BINS = 10

/** Mean distance between what was said and what was so, over ten bands of confidence. */
function calibrationError(rows: readonly Measured[]): number {
  let sum = 0
  for (let bin = 0; bin < BINS; bin++) {
    const here = rows.filter(
      ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin,
    )
    sum += Math.abs(here.reduce((gap, row) => gap + row.confidence - (isRight(row) ? 1 : 0), 0))
  }
  return percent(sum, rows.length)
}

/** hit and mrr over covered questions; the others over all, uncovered ones included. */
export function measure(rows: readonly Measured[]): Quality {
  const covered = rows.filter((row) => row.covered)
  const within = (first: number) =>
    covered.filter(({ place }) => place >= 0 && place < first).length
  const reciprocal = covered.reduce(
    (sum, { place }) => sum + (place >= 0 && place < 10 ? 1 / (place + 1) : 0),
    0,
  )
  return {
    n: rows.length,
    oos: rows.length - covered.length,
    hit1: percent(within(1), covered.length),
    hit3: percent(within(3), covered.length),
    mrr10: percent(reciprocal, covered.length),
    auroc: auroc(rows),
    c90: coverage(rows, 0.9),
    c95: coverage(rows, 0.95),
    ece: calibrationError(rows),
  }
}
