import type { ThreadFacts, Who } from './facts.ts'
import type { Look, Spent } from './spent.ts'

/** A figure in words: its name, and one sentence that says how it is counted. */
export interface Wording {
  name: string
  text: string
}

interface Defined {
  /** Its key in a report. */
  name: string
  zh: Wording
  en: Wording
}

/** One case of a denominator: whether the numerator counts it too, and to whose credit. */
export interface Case {
  hit: boolean
  who: Who
}
/** One stretch of time, and to whose credit. */
export interface Timed {
  spent: Spent
  who: Who
}

export interface RatioFigure extends Defined {
  kind: 'ratio'
  of(facts: ThreadFacts, look: Look): Case[]
}
export interface TimeFigure extends Defined {
  kind: 'time'
  of(facts: ThreadFacts, look: Look): Timed[]
}
/** A figure and its definition, which every report delivers beside it. */
export type Figure = RatioFigure | TimeFigure

/** What the bot does is to no officer's and no desk's credit. */
export const NOBODY: Who = { person: null, desk: null }
