import type { Refer } from '../protocol/entries.ts'
import type { Reason } from '../protocol/vocabulary.ts'
import { withoutFigures } from './gate-figures.ts'
import {
  isLearnedEmergency,
  isOnlyPhrase,
  isOnlyWord,
  type Likely,
  learnedRule,
} from './gate-learned.ts'
import { kindsOf } from './gate-model.ts'
import { EMERGENCY_CARD, EMERGENCY_RULES, GATE_RULES, LEARNED_EMERGENCY } from './gate-rules.ts'
import { normalise } from './normalise.ts'

/** A plain text that occurs, or a pattern without nested or unbounded repetition. */
export type Pattern = string | RegExp

/** When a rule applies: one of `any`, each of `all`, none of `not`. All see normalised text. */
export interface When {
  any?: readonly Pattern[]
  all?: readonly Pattern[]
  not?: readonly Pattern[]
  /** Applies only where nothing is left once these, and the filler words, are taken out. */
  only?: readonly Pattern[]
}

/** One reviewed decision about texts that the FAQ must not answer. The first that applies acts. */
export type GateRule = When & {
  id: string
  reason: Reason
  /** Why the rule is there: for the reviewer, never shown. */
  why: string
} & (
    | { act: 'escalate'; urgent?: true; text: string }
    | { act: 'reply'; text: string; refer?: Refer }
  )

const applies = (pattern: Pattern, text: string): boolean =>
  typeof pattern === 'string' ? text.includes(pattern) : text.search(pattern) >= 0

/** Without these a greeting is still a greeting. */
const FILLER = /啊|呀|哦|噢|哈|呢|啦|吧|吗|嗯|诶|喂|了|的|你们|您|你|各位|老师|领导|同志|亲| /g

function leavesNothing(patterns: readonly Pattern[], text: string): boolean {
  if (!patterns.some((pattern) => applies(pattern, text))) return false
  const rest = patterns.reduce<string>(
    (left, pattern) =>
      typeof pattern === 'string'
        ? left.replaceAll(pattern, '')
        : left.replace(new RegExp(pattern.source, 'gu'), ''),
    text,
  )
  return rest.replace(FILLER, '') === ''
}

/** Does a rule's condition hold for normalised text? */
export function holds(when: When, text: string): boolean {
  if (when.any && !when.any.some((pattern) => applies(pattern, text))) return false
  if (when.all && !when.all.every((pattern) => applies(pattern, text))) return false
  if (when.only && !leavesNothing(when.only, text)) return false
  return !when.not?.some((pattern) => applies(pattern, text))
}

interface Reading {
  text: string
  read: string
  likely: Likely
}
let last: Reading | undefined

/** Normalised and judged. One text is asked about several times in a row: its reading is kept. */
function readingOf(text: string): Reading {
  if (last?.text !== text) {
    const read = withoutFigures(normalise(text))
    last = { text, read, likely: kindsOf(read) }
  }
  return last
}

/**
 * Is something burning, leaking, exploding, is somebody poisoned, is a radiation source gone, now?
 * Runs on every text of an enterprise in every state. `card` is the text to show at once.
 */
export function emergency(text: string, dutyPhone?: string): { card: string; rule: string } | null {
  const { read, likely } = readingOf(text)
  const seen = EMERGENCY_RULES.find((candidate) => holds(candidate, read))
  const listed = seen && !isOnlyWord(read, likely) ? seen : undefined
  const rule = listed ?? (isLearnedEmergency(read, likely) ? LEARNED_EMERGENCY : undefined)
  return rule ? { card: EMERGENCY_CARD(rule.text, dutyPhone), rule: rule.id } : null
}

/**
 * All rules that apply, the acting one first; emergencies are asked apart. Written rules come
 * before what the fitted model says, and give way only where it is sure of a question for the FAQ.
 */
export function gate(text: string): GateRule[] {
  const { read, likely } = readingOf(text)
  const isPhrase = isOnlyPhrase(read, likely)
  const listed = GATE_RULES.filter(
    // Whether a department's word is only a word, the search knows better (see `isOurs`).
    (rule) => holds(rule, read) && (rule.reason === 'other-department' || !isPhrase),
  )
  const learned = learnedRule(read, likely)
  return learned ? [...listed, learned] : listed
}
