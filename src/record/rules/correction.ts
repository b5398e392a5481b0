import type { Caller } from '../../protocol/caller.ts'
import type { StoredEntry } from '../../protocol/entries.ts'
import { type RefusalCode, refuse } from '../../protocol/refusals.ts'
import type { EntryKind } from '../../protocol/vocabulary.ts'
import { isSealed } from '../sight.ts'
import type { Thread } from '../thread.ts'
import { urgency } from './escalation.ts'
import { authorOf, onlyOwner, type Rule } from './rule.ts'

/** Kinds with words in them that can be put right; a correction is of the original. */
const CORRECTABLE: readonly EntryKind[] = [
  'asked',
  'answered',
  'replied',
  'said',
  'noted',
  'opinion-asked',
  'opinion-given',
  'notice-given',
  'resolved',
  'called-back',
  'reopened',
  'supervised',
]

/** What was said stays said: a correction is a new entry, and of several the latest counts. */
export const correct: Rule<'correct'> = {
  roles: ['enterprise', 'officer', 'supervisor', 'curator'],
  states: 'any',
  make(thread, { seq, text }, who, facts) {
    const { target } = facts
    if (!target || target.body === null || !CORRECTABLE.includes(target.kind)) {
      return refuse('bad-request', { detail: 'seq' })
    }
    const no = refusalFor(thread, target, who)
    if (no !== null) return refuse(no)
    const sealed = isSealed(target) ? { sealed: true as const } : {}
    const body = { seq, text, ...sealed, ...urgency(facts) }
    return [{ kind: 'corrected', by: authorOf(who), body }]
  },
}

/** The author; the owner or a supervisor for what the bureau said in public; a curator for answers. */
function refusalFor(thread: Thread, target: StoredEntry, who: Caller): RefusalCode | null {
  const { by, kind } = target
  if (by.id === who.id) return null
  const isPublic = by.role !== 'enterprise' && by.role !== 'system' && !isSealed(target)
  if (who.role === 'curator') return kind === 'answered' ? null : 'not-allowed'
  if (who.role === 'enterprise' || !isPublic) return 'not-allowed'
  return who.role === 'supervisor' ? null : onlyOwner(thread, who)
}
