import type { GateRule } from './gate.ts'
import { DEPARTMENT_RULES } from './gate-departments.ts'
import { departmentOf } from './gate-features.ts'
import type { Kind } from './gate-model.ts'
import { GATE_RULES } from './gate-rules.ts'

/** What the fitted model adds to the rules: the same decisions, in wordings that no rule lists. */

/** How likely a text is to be of each kind, see `kindsOf`. */
export type Likely = Readonly<Record<Kind, number>>

/** A false alarm costs a look, a missed one perhaps a life. */
const EMERGENCY_FROM = 0.25
/**
 * A text that may still be a question for the FAQ goes on to the search, which doubts as well: what
 * it does not know goes to a person, but never to another department.
 */
const FAQ_AT_MOST = { human: 0.35, reply: 0.45 }
/** From here on the phrase that a rule saw in a short text is only a phrase. */
const SURELY_FAQ = 0.85
/** The same of the words of an emergency. */
const FAQ_WITH_A_WORD = 0.7
/** A long text may well hold a question and a complaint, or a cry for help. */
const SHORT = 40
/** The model knows Chinese only. */
const HAN = /\p{Script=Han}/u

/** Kinds that a person must see, and kinds that get a fixed reply, each acting as a written rule does. */
const HUMAN = {
  case: 'case-verdict',
  legal: 'legal-strategy',
  visit: 'case-visit',
  asked: 'asked-person',
  whistle: 'complaint-covert',
  official: 'complaint-officials',
} as const
const REPLY = {
  nuisance: 'complaint-report',
  abuse: 'abuse-words',
  advert: 'abuse-advert',
  chat: 'chat-idle',
  secret: 'secret-unnamed',
} as const

type ActingKind = keyof typeof HUMAN | keyof typeof REPLY

const WHY = 'Fitted on labelled texts: as likely to be this as what the rule of that name lists.'

const LEARNED_ID = 'learned-'

/** The rule's decision and words under a name that says it was the model. */
function learnedFrom(rule: GateRule): GateRule {
  const { any: _any, all: _all, not: _not, only: _only, ...decision } = rule
  return { ...decision, id: `${LEARNED_ID}${rule.id}`, why: WHY }
}

/** Was it the model that decided, and no reviewed list? */
export const isLearned = ({ id }: GateRule): boolean => id.startsWith(LEARNED_ID)

const SECRET: GateRule = {
  id: 'secret-unnamed',
  reason: 'secret',
  act: 'reply',
  why: 'Something that is not told, without saying what it was taken for.',
  text: '这个不对外提供，我也没有。想了解公开的规定、检查要守的规矩或怎么申请信息公开，可以直接问我。',
}

const named = (id: string): GateRule => {
  const rule = [...GATE_RULES, SECRET].find((one) => one.id === id)
  if (!rule) throw new Error(`no rule ${id}`)
  return learnedFrom(rule)
}

const LEARNED = Object.fromEntries(
  Object.entries({ ...HUMAN, ...REPLY }).map(([kind, id]) => [kind, named(id)]),
) as Record<ActingKind, GateRule>

const departments = new Map(DEPARTMENT_RULES.map((rule) => [rule.id, learnedFrom(rule)]))

/** Where it belongs, as far as its words say. */
const theirs = (read: string): GateRule =>
  departments.get(`department-${departmentOf(read)}`) ?? departments.get('department-elsewhere')!

const humanKinds = Object.keys(HUMAN) as (keyof typeof HUMAN)[]
const replyKinds = [...Object.keys(REPLY), 'theirs'] as (keyof typeof REPLY | 'theirs')[]

/** The decision that the model would take; null for what may be a question for the FAQ. */
export function learnedRule(read: string, likely: Likely): GateRule | null {
  if (!HAN.test(read)) return null
  const together = (kinds: readonly Kind[]) => kinds.reduce((sum, kind) => sum + likely[kind], 0)
  const most = <K extends Kind>(kinds: readonly K[]): K =>
    kinds.reduce((best, kind) => (likely[kind] > likely[best] ? kind : best))
  // What may be an emergency, but not surely enough, is a person's to read.
  if (together(humanKinds) + likely.emergency >= together(replyKinds)) {
    return likely.faq > FAQ_AT_MOST.human ? null : LEARNED[most(humanKinds)]
  }
  if (likely.faq > FAQ_AT_MOST.reply) return null
  const kind = most(replyKinds)
  return kind === 'theirs' ? theirs(read) : LEARNED[kind]
}

/** Is it an emergency, although no rule's words say so? */
export const isLearnedEmergency = (read: string, likely: Likely): boolean =>
  likely.emergency >= EMERGENCY_FROM && HAN.test(read)

/** Did a rule of the gate see a mere phrase in what is a question for the FAQ? */
export const isOnlyPhrase = (read: string, likely: Likely): boolean =>
  likely.faq >= SURELY_FAQ && read.length <= SHORT

/** The same of an emergency. */
export const isOnlyWord = (read: string, likely: Likely): boolean =>
  likely.faq >= FAQ_WITH_A_WORD && read.length <= SHORT
