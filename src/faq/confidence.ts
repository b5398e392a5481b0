import { FEATURES, type Features } from './features.ts'
import type { Question } from './question.ts'
import type { RankWeights } from './rank.ts'

/** What the calibrator sees of one candidate beside its own features. */
export const SIGNALS = [
  ...FEATURES,
  /** What single words contributed to the score, squashed. */
  'words',
  /** The score itself. */
  'score',
  /** Distance in score to the best other candidate (negative behind it), squashed. */
  'margin',
  /** The same to the fourth. */
  'lead',
  /** Its part of all candidates' exponential scores. */
  'share',
  /** How much better its best sentence is than the best other candidate's. */
  'clear',
  /** The best other candidate's `best` and `asked`. */
  'rival',
  'rivalAsked',
  /** Share of the question's mass that no entry asks with. */
  'unknown',
  /** Mass of the question against a whole sentence's, and against the least that says anything. */
  'mass',
  'scant',
  /** Who tells the circumstances leaves less to guess; two or three characters say little. */
  'story',
  'brief',
] as const
export type Signal = (typeof SIGNALS)[number]
/** By the order of `SIGNALS`. */
export type Signals = Float64Array

export interface ConfidenceWeights {
  signals: Readonly<Record<Signal, number>>
  bias: number
}

/** The reviewed file `confidence-weights.ts`, written by the fit. */
export interface Weights {
  rank: RankWeights
  confidence: ConfidenceWeights
  /** At this confidence the bot answers. */
  tauAnswer: number
  /** At this confidence it offers choices; below, a person is asked. */
  tauChoose: number
}

/** Mass, in rarest units, from which a question says enough; and from which it says anything. */
const FULL_MASS = 8
const SCANT_MASS = 3
/** Chinese characters from which a question tells its circumstances, and below which it is brief. */
const STORY = 20
const BRIEF = 8
/** Farther than this in score is simply far. */
const FAR = 8

const logistic = (x: number) => 1 / (1 + Math.exp(-x))

/** Signals of the question itself, the same for all its candidates. */
export interface Own {
  unknown: number
  mass: number
  scant: number
  story: number
  brief: number
}

const hanIn = (text: string) => text.match(/\p{Script=Han}/gu)?.length ?? 0

export function ownSignals({ unknown, fullness, text }: Question): Own {
  const han = hanIn(text)
  return {
    unknown,
    mass: Math.min(1, fullness / FULL_MASS),
    scant: Math.min(1, fullness / SCANT_MASS),
    story: Math.min(1, han / STORY),
    brief: Math.min(1, han / BRIEF),
  }
}

/** As much of a candidate as its neighbours' signals need. */
export interface Scored {
  score: number
  features: Features
  words: number
}

const BEST = FEATURES.indexOf('best')
const ASKED = FEATURES.indexOf('asked')
const upTo = (limit: number, x: number) => Math.max(-limit, Math.min(limit, x)) / limit

/** The signals of the candidate at `at` among `ranked` (best first). */
export function signalsOf(ranked: readonly Scored[], at: number, own: Own): Signals {
  const { score, features, words } = ranked[at]!
  const rival = ranked[at === 0 ? 1 : 0]
  const fourth = ranked[3]
  let sum = 0
  for (const one of ranked) sum += Math.exp(one.score - ranked[0]!.score)
  const out = new Float64Array(SIGNALS.length)
  out.set(features)
  out.set(
    [
      Math.tanh(words / 4),
      score / FAR,
      rival ? upTo(FAR, score - rival.score) : 1,
      fourth ? upTo(FAR, score - fourth.score) : 1,
      Math.exp(score - ranked[0]!.score) / sum,
      rival ? features[BEST]! - rival.features[BEST]! : 1,
      rival ? rival.features[BEST]! : 0,
      rival ? rival.features[ASKED]! : 0,
      own.unknown,
      own.mass,
      own.scant,
      own.story,
      own.brief,
    ],
    FEATURES.length,
  )
  return out
}

/** The probability that this candidate is what was meant, as far as it was fitted. */
export function confidenceOf(signals: Signals, { signals: weights, bias }: ConfidenceWeights) {
  let sum = bias
  SIGNALS.forEach((signal, i) => {
    sum += weights[signal] * signals[i]!
  })
  return logistic(sum)
}

/** For people: the signals by name. */
export const namedSignals = (signals: Signals): Record<Signal, number> =>
  Object.fromEntries(SIGNALS.map((name, i) => [name, signals[i]!])) as Record<Signal, number>
