import { type Decision, decide, toFaqSearch } from '../faq/answer.ts'
import { servable } from '../faq/entry.ts'
import { emergency } from '../faq/gate.ts'
import { saidOf } from '../faq/said.ts'
import type { Verdict } from '../record/rules/rule.ts'
import type { Knowledge } from './knowledge.ts'
import type { Answer, Answerer } from './services.ts'

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

/** Puts the FAQ where the actions and routes ask for answers. */
export function createAnswerer(faq: Knowledge): Answerer {
  const about = (text: string, at: { now: Date; files: boolean }) =>
    decide(text, { index: faq.index, slots: faq.slots, ...at })
  return {
    answer(text, at): Answer {
      const decision = about(text, at)
      const card = 'card' in decision ? decision.card : undefined
      return {
        verdict: verdictOf(decision),
        topic: decision.topic,
        desk: decision.desk,
        ...(card === undefined ? {} : { card }),
      }
    },
    emergency: (text) => emergency(text, faq.slots.get('duty-phone'))?.card,
    serve(id, now) {
      const served = faq.index.get(id)
      if (!served || !servable(served.entry, now)) return null
      return { faq: id, ...saidOf(served, faq.slots), confidence: 1 }
    },
    search: (text, { now, explain }) => toFaqSearch(about(text, { now, files: false }), explain),
    suggest: (text, now) => faq.index.suggest(text, now),
  }
}
