import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KnownText } from '../../src/faq/gate-fit.ts'
import type { Kind } from '../../src/faq/gate-model.ts'
import { shipped } from './support.ts'

/** A text as enterprises (and neighbours, and idlers) type it, and what ought to become of it. */
export interface GateRow {
  text: string
  /** `emergency`, `calm` (only: no emergency), `pass`, `human:<why>`, `refer:<where>`, `reply:<why>`. */
  label: string
}

/** `learned`: the model is fitted on it. `held-out`: written afterwards, only ever measured. */
export function gateRows(set: 'learned' | 'held-out'): GateRow[] {
  const file = join(import.meta.dirname, 'gate-rows', `${set}.txt`)
  const rows: GateRow[] = []
  let label = ''
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('# ')) label = line.slice(2)
    else if (line.trim() !== '') rows.push({ text: line, label })
  }
  return rows
}

const KIND_OF: Readonly<Record<string, Kind>> = {
  emergency: 'emergency',
  calm: 'faq',
  pass: 'faq',
  'human:case': 'case',
  'human:legal': 'legal',
  'human:visit': 'visit',
  'human:asked': 'asked',
  'human:whistle': 'whistle',
  'human:official': 'official',
  'refer:complaint': 'nuisance',
  'reply:abuse': 'abuse',
  'reply:ad': 'advert',
  'reply:chat': 'chat',
  'reply:secret': 'secret',
}

const kindOf = (label: string): Kind => KIND_OF[label] ?? 'theirs'

/** There are far more phrasings of entries than anything else. */
const PHRASING_WEIGHT = 0.5

/** What the model learns from: labelled rows, and every question and phrasing of the shipped entries. */
export const knownTexts = (): KnownText[] => [
  ...gateRows('learned').map(({ text, label }) => ({ text, kind: kindOf(label) })),
  ...shipped()
    .filter(({ id }) => id !== 'emergency-report')
    .flatMap(({ question, phrasings }) => [question, ...phrasings])
    .map((text): KnownText => ({ text, kind: 'faq', weight: PHRASING_WEIGHT })),
]
