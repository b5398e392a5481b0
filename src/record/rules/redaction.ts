import type { StoredEntry, Target } from '../../protocol/entries.ts'
import { refuse } from '../../protocol/refusals.ts'
import type { EntryKind } from '../../protocol/vocabulary.ts'
import { isSealed } from '../sight.ts'
import { authorOf, type Rule } from './rule.ts'

/**
 * Facts of each kind that a redaction keeps, so that state, clocks and figures still fold; `clocks`
 * always stay. Kinds that are not here hold no words of anybody.
 */
const KEPT: { [K in EntryKind]?: readonly string[] } = {
  asked: ['enterprise', 'kind'],
  answered: ['faq', 'version', 'confidence'],
  replied: ['reason', 'refer'],
  escalated: ['reason', 'desk', 'topic', 'urgent', 'standing', 'duty'],
  said: ['urgent', 'duty'],
  noted: ['alert'],
  routed: ['to'],
  'handover-offered': ['to'],
  'handover-declined': [],
  'opinion-asked': ['to'],
  'opinion-given': ['public'],
  corrected: ['seq', 'sealed', 'urgent', 'duty'],
  'notice-given': [],
  resolved: ['outcome'],
  rated: ['grade'],
  'called-back': [],
  reopened: ['owner', 'desk', 'urgent', 'duty'],
  supervised: ['due'],
}

interface Named {
  id: string
  desk?: string
}

/** Ids without names. */
const idOnly = ({ id, desk }: Named) => ({
  id,
  name: '',
  ...(desk === undefined ? {} : { desk }),
})
const targetOnly = ({ person, desk }: Target) => ({
  ...(person ? { person: idOnly(person) } : {}),
  ...(desk ? { desk: idOnly(desk) } : {}),
})

/** The old body without free text, names of persons and files. */
export function keptOf(entry: StoredEntry): Record<string, unknown> | null {
  const names = KEPT[entry.kind]
  if (names === undefined || entry.body === null) return null
  const body = entry.body as Record<string, unknown>
  const kept: Record<string, unknown> = 'text' in body ? { text: '' } : {}
  for (const name of [...names, 'clocks']) {
    if (body[name] !== undefined) kept[name] = body[name]
  }
  if (kept.to) kept.to = targetOnly(kept.to as Target)
  for (const one of ['owner', 'standing']) if (kept[one]) kept[one] = idOnly(kept[one] as Named)
  if (kept.duty) kept.duty = (kept.duty as Named[]).map(idOnly)
  if (kept.alert) {
    const alert = kept.alert as { to: Named[] }
    kept.alert = { ...alert, to: alert.to.map(idOnly) }
  }
  if (kept.refer) kept.refer = { to: '', text: '' }
  return kept
}

/** The text goes, everywhere, also where it is repeated; the digest stays: the chain still holds. */
export const redact: Rule<'redact'> = {
  roles: ['admin'],
  states: 'any',
  make(_thread, { ground }, who, { target, echoes = [] }) {
    if (!target || keptOf(target) === null) return refuse('bad-request', { detail: 'seq' })
    return [target, ...echoes].flatMap((entry) => {
      const kept = keptOf(entry)
      if (kept === null) return []
      const sealed = isSealed(entry) ? { sealed: true as const } : {}
      const body = { seq: entry.seq, ground, kept, ...sealed }
      return [{ kind: 'redacted', by: authorOf(who), body }]
    })
  },
}
