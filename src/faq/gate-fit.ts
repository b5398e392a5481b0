import { featuresOf } from './gate-features.ts'
import { KINDS, type Kind, STEP, shares, sumsOf, type Weights } from './gate-model.ts'
import { normalise } from './normalise.ts'

/** A text of which it is known what it is. */
export interface KnownText {
  text: string
  kind: Kind
  /** How much it counts; 1 unless there are very many of its sort. */
  weight?: number
}

const EPOCHS = 20
const PACE = 0.3
const SHRINK = 1e-4
/** A feature that fewer texts have says nothing that would hold for others. */
const SEEN_IN = 5
/** After these epochs small weights are dropped for good, and the others settle. */
const PRUNED_AFTER = 12
const SMALL = 0.8

interface Row {
  weights: Float64Array
  /** Sum of squared steps so far: what was often moved is moved less (AdaGrad). */
  moved: Float64Array
  kept: Uint8Array
}

interface Example {
  rows: Row[]
  /** Features of the text, known ones and others. */
  size: number
  kind: number
  weight: number
}

/** A fixed sequence: the same examples give the same weights, everywhere. */
function shuffler(): <T>(list: T[]) => void {
  let seed = 7
  const below = (n: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * n)
  }
  return (list) => {
    for (let i = list.length - 1; i > 0; i--) {
      const j = below(i + 1)
      ;[list[i], list[j]] = [list[j]!, list[i]!]
    }
  }
}

function rowsOf(features: readonly string[][]): Map<string, Row> {
  const seen = new Map<string, number>()
  for (const one of features) for (const name of one) seen.set(name, (seen.get(name) ?? 0) + 1)
  const frequent = [...seen].filter(([, times]) => times >= SEEN_IN)
  const row = (): Row => ({
    weights: new Float64Array(KINDS.length),
    moved: new Float64Array(KINDS.length).fill(1e-6),
    kept: new Uint8Array(KINDS.length).fill(1),
  })
  return new Map(frequent.map(([name]) => [name, row()]))
}

/** One step towards the known kind. */
function learn({ rows, size, kind, weight }: Example): void {
  const likely = shares(
    sumsOf(
      rows.map((row) => row.weights),
      size,
    ),
  )
  const scale = weight / Math.sqrt(size)
  const wrong = likely.map((share, k) => (share - (k === kind ? 1 : 0)) * scale)
  for (const { weights, moved, kept } of rows) {
    for (let k = 0; k < wrong.length; k++) {
      if (kept[k] === 0) continue
      const slope = wrong[k]! + SHRINK * weights[k]!
      moved[k]! += slope * slope
      weights[k]! -= (PACE * slope) / Math.sqrt(moved[k]!)
    }
  }
}

/** Only differences between kinds count: taken from their middle, most of a row is next to nothing. */
function prune({ weights, kept }: Row): void {
  const sorted = [...weights].sort((a, b) => a - b)
  const half = sorted.length / 2
  const middle = (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2
  for (let k = 0; k < weights.length; k++) {
    weights[k]! -= middle
    if (Math.abs(weights[k]!) >= SMALL) continue
    weights[k] = 0
    kept[k] = 0
  }
}

/**
 * Fits a linear (softmax) classifier in seconds; deterministic. The weights come in steps, most of
 * them zero, so that they can be read, reviewed and shipped as text.
 */
export function fitGate(known: readonly KnownText[]): Weights {
  const features = known.map(({ text }) => featuresOf(normalise(text)))
  const all = rowsOf(features)
  const examples = known.map(
    ({ kind, weight = 1 }, i): Example => ({
      rows: features[i]!.flatMap((name) => all.get(name) ?? []),
      size: features[i]!.length,
      kind: KINDS.indexOf(kind),
      weight,
    }),
  )
  const shuffle = shuffler()
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    if (epoch === PRUNED_AFTER) for (const row of all.values()) prune(row)
    shuffle(examples)
    for (const example of examples) learn(example)
  }
  const stepped = (row: Row) => [...row.weights].map((one) => Math.round(one / STEP) * STEP)
  return new Map(
    [...all]
      .map(([name, row]) => [name, stepped(row)] as const)
      .filter(([, weights]) => weights.some((one) => one !== 0)),
  )
}

/** The data file's text: for every kind, from strongest to weakest, the features of one weight. */
export function writeWeights(weights: Weights): string {
  const lines = new Map<string, string[]>()
  for (const [name, row] of [...weights].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const [k, weight] of Array.from(row).entries()) {
      if (weight === 0) continue
      const heading = `${k} ${weight / STEP}`
      lines.set(heading, [...(lines.get(heading) ?? []), name])
    }
  }
  return [...lines]
    .map(([heading, names]) => ({ numbers: heading.split(' ').map(Number), names }))
    .sort((a, b) => a.numbers[0]! - b.numbers[0]! || b.numbers[1]! - a.numbers[1]!)
    .map(({ numbers: [k, steps], names }) => {
      const signed = `${steps! > 0 ? '+' : ''}${steps}`
      return `${KINDS[k!]} ${signed}: ${names.join(' ')}`
    })
    .join('\n')
}
