import type { Refer } from '../protocol/entries.ts'
import type { Explain, FaqHit, FaqSearch } from '../protocol/http.ts'
import type { Reason } from '../protocol/vocabulary.ts'
import type { Weights } from './confidence.ts'
import { WEIGHTS } from './confidence-weights.ts'
import { servable } from './entry.ts'
import { explainOf, round, type Why } from './explain.ts'
import { emergency, type GateRule, gate } from './gate.ts'
import { isLearned } from './gate-learned.ts'
import type { FaqIndex, Served } from './index.ts'
import { saidOf } from './said.ts'
import { type Judged, search } from './search.ts'
import { NO_SLOTS, type SlotTexts } from './slots.ts'

/** What is done, and what settled it. */
type Settled = { why: Why; rule?: string } & (
  | { decision: 'answer'; hit: FaqHit }
  | { decision: 'choose'; choices: FaqHit[] }
  | { decision: 'reply'; reason: Reason; text: string; refer?: Refer }
  | { decision: 'escalate'; reason: Reason; text?: string; urgent?: true; card?: string }
)

/** What the bot does with a text, and why. Everything an entry of the record needs is in it. */
export type Decision = Settled & {
  /** The best entry's, whatever was decided. */
  confidence: number
  /** Routing topic of the entry that was probably meant; null where none is plausible. */
  topic: string | null
  /** The desk that this entry names, where it names one. */
  desk: string | undefined
  explain: Explain
}

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

/** By what everything is judged. */
export type At = Required<Pick<DecideOptions, 'now' | 'slots' | 'weights'>>

const hitOf = (served: Served, confidence: number, slots: SlotTexts): FaqHit => ({
  id: served.entry.id,
  ...saidOf(served, slots),
  score: round(confidence),
})

/**
 * An entry that knows it must not answer (expired, its basis repealed, or held back for review)
 * silences the bot on its question; a mere draft or a retired duplicate is as if it were not there.
 */
const present = (now: Date) => (judged: Judged) => {
  const { entry } = judged.profile.served
  return servable(entry, now) || entry.status === 'published' || entry.review.required
}

function byRule(rule: GateRule): Settled {
  const settled = { why: 'rule', rule: rule.id } as const
  const { reason, text } = rule
  if (rule.act === 'escalate') return { ...settled, decision: 'escalate', reason, text }
  return { ...settled, decision: 'reply', reason, text, ...(rule.refer && { refer: rule.refer }) }
}

function bySearch(found: readonly Judged[], { now, slots, weights }: At): Settled {
  const best = found[0]
  if (!best) return { why: 'nothing', decision: 'escalate', reason: 'no-match' }
  if (best.confidence < weights.tauChoose) {
    const reason = topicOf(best) === null ? 'no-match' : 'unsure'
    return { why: 'far', decision: 'escalate', reason }
  }
  const { served } = best.profile
  if (!servable(served.entry, now)) {
    return { why: 'silenced', decision: 'escalate', reason: 'unsure' }
  }
  if (best.confidence >= weights.tauAnswer) {
    return { why: 'sure', decision: 'answer', hit: hitOf(served, best.confidence, slots) }
  }
  const choices = found
    .filter((one) => one.score > best.score - CHOICE_REACH)
    .filter((one) => servable(one.profile.served.entry, now))
    .slice(0, MAX_CHOICES)
  return {
    why: 'between',
    decision: 'choose',
    choices: choices.map((one) => hitOf(one.profile.served, one.confidence, slots)),
  }
}

/** So sure is an entry of a question that the fitted model alone would turn away. */
const SURELY_OURS = 0.94

/**
 * A word of another department's, or what the fitted model makes of a text, is only that in a
 * question that an entry surely answers; but not where two rules say the same, the reviewed and the
 * learned one, and never against a rule that calls a person.
 */
function isOurs(rules: readonly GateRule[], best: Judged | undefined, { now, weights }: At) {
  const [rule] = rules
  if (!rule || !best || rules.length > 1 || rule.act === 'escalate') return false
  if (!isLearned(rule) && rule.reason !== 'other-department') return false
  const sure = isLearned(rule) ? Math.max(SURELY_OURS, weights.tauAnswer) : weights.tauAnswer
  return best.confidence >= sure && servable(best.profile.served.entry, now)
}

/** Below this the best entry says nothing about where a question belongs. */
const PLAUSIBLE = 0.2

const plausible = (best: Judged | undefined) =>
  best && best.confidence >= PLAUSIBLE ? best.profile.served.entry : undefined
const topicOf = (best: Judged | undefined) => plausible(best)?.topic ?? null

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
  const settled = settle({ alarm, rules, found, files: options.files }, at)
  const named = rules.map(({ id, reason }) => ({ id, reason }))
  if (alarm) named.unshift({ id: alarm.rule, reason: 'emergency' })
  return {
    ...settled,
    confidence: round(best?.confidence ?? 0),
    topic: topicOf(best),
    desk: plausible(best)?.desk,
    explain: explainOf(named, found, at, settled),
  }
}

interface Seen {
  alarm: ReturnType<typeof emergency>
  rules: readonly GateRule[]
  found: readonly Judged[]
  files: boolean
}

function settle({ alarm, rules, found, files }: Seen, at: At): Settled {
  if (alarm) {
    const settled = { why: 'emergency', rule: alarm.rule, decision: 'escalate' } as const
    return { ...settled, reason: 'emergency', urgent: true, card: alarm.card }
  }
  if (files) return { why: 'files', decision: 'escalate', reason: 'case' }
  const [rule] = rules
  return rule && !isOurs(rules, found[0], at) ? byRule(rule) : bySearch(found, at)
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
