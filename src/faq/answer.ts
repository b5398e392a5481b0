import type { Refer } from '../protocol/entries.ts'
import type { Explain, FaqHit, FaqSearch } from '../protocol/http.ts'
import type { Reason } from '../protocol/vocabulary.ts'
import { confidenceOf, questionSignals, signalsOf, type Weights } from './confidence.ts'
import { WEIGHTS } from './confidence-weights.ts'
import { servable } from './entry.ts'
import { emergency, type GateRule, gate } from './gate.ts'
import type { FaqIndex, Served } from './index.ts'
import { sentenceOf } from './profile.ts'
import { type Ranked, rank } from './rank.ts'
import { fillSlots, NO_SLOTS, type SlotTexts } from './slots.ts'
import { readQuery } from './words.ts'

interface Said {
  /** The best entry's, whatever was decided. */
  confidence: number
  /** Routing topic of the entry that was probably meant; null where none is plausible. */
  topic: string | null
  explain: Explain
}

/** What the bot does with a text, and why. Everything an entry of the record needs is in it. */
export type Decision = Said &
  (
    | { decision: 'answer'; hit: FaqHit }
    | { decision: 'choose'; choices: FaqHit[] }
    | { decision: 'reply'; reason: Reason; text: string; refer?: Refer }
    | { decision: 'escalate'; reason: Reason; text?: string; urgent?: true; card?: string }
  )

export interface DecideOptions {
  index: FaqIndex
  now: Date
  /** Did files come with the text? Then it is a case, for a person. */
  files: boolean
  /** What the city has filled in; the emergency card takes its duty phone from here. */
  slots?: SlotTexts
  /** For the fit; everybody else takes the reviewed weights. */
  weights?: Weights
}

const MAX_CHOICES = 4
/** Entries this far (in score) behind the best are no choice worth reading. */
const CHOICE_REACH = 4
/** Candidates that staff are shown. */
const MAX_EXPLAINED = 10

/** By what everything is judged. */
type At = Required<Pick<DecideOptions, 'now' | 'slots' | 'weights'>>

/** A candidate with its calibrated confidence. */
export interface Judged extends Ranked {
  confidence: number
}

const round = (x: number) => Math.round(x * 10_000) / 10_000

/** Searches and judges; entries that may not be shown are still among the results. */
export function search(text: string, index: FaqIndex, weights: Weights = WEIGHTS): Judged[] {
  const question = sentenceOf(readQuery(text))
  const ranked = rank(question, index, weights.rank)
  const own = questionSignals(question, index.stats, index.size)
  return ranked.map((one, at) => ({
    ...one,
    confidence: confidenceOf(signalsOf(ranked, at, own), weights.confidence),
  }))
}

/** An entry as it is said in this city: what the asker reads is what the record freezes. */
export const saidOf = ({ entry, version }: Served, slots: SlotTexts) => ({
  version,
  question: entry.question,
  answer: fillSlots(entry.answer, slots),
  basis: entry.basis,
})

const hitOf = (served: Served, confidence: number, slots: SlotTexts): FaqHit => ({
  id: served.entry.id,
  ...saidOf(served, slots),
  score: round(confidence),
})

/** What staff see of the search; the text only of what may be said to an enterprise now. */
const explainOf = (
  rules: { id: string; reason: Reason }[],
  found: readonly Judged[],
  { now, slots }: At,
): Explain => ({
  rules,
  candidates: found.slice(0, MAX_EXPLAINED).map(({ profile, score, confidence, features }) => {
    const { entry } = profile.served
    return {
      id: entry.id,
      score: round(score),
      confidence: round(confidence),
      features: Object.fromEntries(
        Object.entries(features).map(([name, value]) => [name, round(value)]),
      ),
      ...(servable(entry, now) && saidOf(profile.served, slots)),
    }
  }),
})

/**
 * An entry that knows it must not answer (expired, its basis repealed, or held back for review)
 * silences the bot on its question; a mere draft or a retired duplicate is as if it were not there.
 */
const present = (now: Date) => (judged: Judged) => {
  const { entry } = judged.profile.served
  return servable(entry, now) || entry.status === 'published' || entry.review.required
}

function byRule(rule: GateRule, said: Said): Decision {
  if (rule.act === 'escalate') {
    return { ...said, decision: 'escalate', reason: rule.reason, text: rule.text }
  }
  const { reason, text, refer } = rule
  return { ...said, decision: 'reply', reason, text, ...(refer && { refer }) }
}

function bySearch(found: readonly Judged[], { now, slots, weights }: At, said: Said): Decision {
  const best = found[0]
  if (!best || best.confidence < weights.tauChoose) {
    return { ...said, decision: 'escalate', reason: said.topic === null ? 'no-match' : 'unsure' }
  }
  const { served } = best.profile
  if (!servable(served.entry, now)) return { ...said, decision: 'escalate', reason: 'unsure' }
  if (best.confidence >= weights.tauAnswer) {
    return { ...said, decision: 'answer', hit: hitOf(served, best.confidence, slots) }
  }
  const choices = found
    .filter((one) => one.score > best.score - CHOICE_REACH)
    .filter((one) => servable(one.profile.served.entry, now))
    .slice(0, MAX_CHOICES)
  return {
    ...said,
    decision: 'choose',
    choices: choices.map((one) => hitOf(one.profile.served, one.confidence, slots)),
  }
}

/** A word of another department's in a question that an entry surely answers is only a word. */
const isOurs = (rule: GateRule, best: Judged | undefined, { now, weights }: At) =>
  rule.reason === 'other-department' &&
  best !== undefined &&
  best.confidence >= weights.tauAnswer &&
  servable(best.profile.served.entry, now)

/** Below this the best entry says nothing about where a question belongs. */
const PLAUSIBLE = 0.2

/**
 * The whole decision about one text: emergency, files, gate, search. Pure: entries are judged by
 * `now`, so an entry that expires is silent from that minute in every process. Never throws.
 */
export function decide(text: string, options: DecideOptions): Decision {
  const { index, now, slots = NO_SLOTS, weights = WEIGHTS } = options
  const at: At = { now, slots, weights }
  const found = search(text, index, weights).filter(present(now))
  const best = found[0]
  const alarm = emergency(text, slots.get('duty-phone'))
  const rules = gate(text)
  const named = rules.map(({ id, reason }) => ({ id, reason }))
  if (alarm) named.unshift({ id: alarm.rule, reason: 'emergency' })
  const said: Said = {
    confidence: round(best?.confidence ?? 0),
    topic: best && best.confidence >= PLAUSIBLE ? best.profile.served.entry.topic : null,
    explain: explainOf(named, found, at),
  }
  if (alarm) {
    const { card } = alarm
    return { ...said, decision: 'escalate', reason: 'emergency', urgent: true, card }
  }
  if (options.files) return { ...said, decision: 'escalate', reason: 'case' }
  const rule = rules.find((one) => !isOurs(one, best, at))
  return rule ? byRule(rule, said) : bySearch(found, at, said)
}

/** The wire shape of `GET /api/faq/search`; `explain` is for staff, the route decides. */
export function toFaqSearch(decision: Decision, explain = false): FaqSearch {
  const { confidence } = decision
  const shared = { confidence, ...(explain && { explain: decision.explain }) }
  switch (decision.decision) {
    case 'answer':
      return { decision: 'answer', ...shared, hits: [decision.hit] }
    case 'choose':
      return { decision: 'choose', ...shared, hits: decision.choices }
    case 'reply': {
      const { reason, text, refer } = decision
      return { decision: 'reply', reason, ...shared, text, ...(refer && { refer }), hits: [] }
    }
    case 'escalate': {
      const text = decision.card ?? decision.text
      return {
        decision: 'escalate',
        reason: decision.reason,
        ...shared,
        ...(text && { text }),
        hits: [],
      }
    }
  }
}
