import { type Decision, decide, toFaqSearch } from '../faq/answer.ts'
import { servable } from '../faq/entry.ts'
import { emergency } from '../faq/gate.ts'
import type { FaqIndex, Served } from '../faq/index.ts'
import type { BodyOf } from '../protocol/entries.ts'
import type { Verdict } from '../record/rules/rule.ts'
import type { Answer, Answerer } from './services.ts'

/** The curated text, word for word, frozen with its version and its basis. */
function frozen({ entry, version }: Served, confidence: number): BodyOf<'answered'> {
  const { id: faq, question, answer, basis } = entry
  return { faq, version, question, answer, basis, confidence }
}

/** The FAQ's decision in the record's words. */
function verdictOf(decision: Decision): Verdict {
  switch (decision.decision) {
    case 'answer': {
      const { id: faq, version, question, answer, basis } = decision.hit
      const { confidence } = decision
      return { kind: 'answered', body: { faq, version, question, answer, basis, confidence } }
    }
    case 'choose': {
      const choices = decision.choices.map(({ id, question }) => ({ id, question }))
      return { kind: 'offered', body: { choices, confidence: decision.confidence } }
    }
    case 'reply': {
      const { reason, text, refer } = decision
      return { kind: 'replied', body: { reason, text, ...(refer ? { refer } : {}) } }
    }
    default:
      return { kind: 'escalated', reason: decision.reason }
  }
}

/** Puts the FAQ's index where the actions and routes ask for answers. */
export function createAnswerer(index: FaqIndex, dutyPhone?: string): Answerer {
  const phone = dutyPhone === undefined ? {} : { dutyPhone }
  return {
    answer(text, { now, files }): Answer {
      const decision = decide(text, { index, now, files, ...phone })
      const card = 'card' in decision ? decision.card : undefined
      return {
        verdict: verdictOf(decision),
        topic: decision.topic,
        ...(card === undefined ? {} : { card }),
      }
    },
    emergency: (text) => emergency(text, dutyPhone)?.card,
    serve(id, now) {
      const served = index.get(id)
      return served && servable(served.entry, now) ? frozen(served, 1) : null
    },
    search: (text, { now, explain }) =>
      toFaqSearch(decide(text, { index, now, files: false, ...phone }), explain),
    suggest: (text, now) => index.suggest(text, now),
  }
}
