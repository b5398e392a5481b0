import type { GateRule } from './gate.ts'
import { CASE_RULES } from './gate-case.ts'
import { COMPLAINT_RULES, NEIGHBOUR_RULES } from './gate-complaints.ts'
import { DEPARTMENT_RULES } from './gate-departments.ts'
import { ENGLISH_RULES, ENGLISH_TALK_RULES } from './gate-english.ts'
import { LEGAL_RULES } from './gate-legal.ts'
import { PERSON_RULES } from './gate-person.ts'
import { SMALL_TALK_RULES } from './gate-small-talk.ts'

export { EMERGENCY_CARD, EMERGENCY_RULES, LEARNED_EMERGENCY } from './gate-emergency.ts'

/**
 * All rules about what the FAQ must not answer, most serious first: the first that applies acts.
 * Reviewed data. A rule is a principle with its many wordings, never one message that was seen;
 * `test/faq/gate.test.ts` holds what each catches and what it lets through, and that no question or
 * phrasing of a published entry is caught.
 */
export const GATE_RULES: readonly GateRule[] = [
  ...PERSON_RULES,
  ...NEIGHBOUR_RULES,
  ...CASE_RULES,
  ...LEGAL_RULES,
  ...COMPLAINT_RULES,
  ...DEPARTMENT_RULES,
  ...ENGLISH_TALK_RULES,
  ...SMALL_TALK_RULES,
  ...ENGLISH_RULES,
]
