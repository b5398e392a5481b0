import { emergency, gate } from '../../src/faq/gate.ts'
import type { GateRow } from './gate-rows.ts'

/** What the gate alone does with a text. */
export type Done = 'urgent' | 'escalate' | 'reply' | 'pass'

export const doneBy = (text: string): Done =>
  emergency(text) ? 'urgent' : (gate(text)[0]?.act ?? 'pass')

const isRight = ({ label }: GateRow, done: Done): boolean => {
  switch (label.split(':')[0]) {
    case 'emergency':
      return done === 'urgent'
    case 'calm':
      return done !== 'urgent'
    case 'human':
      return done === 'escalate' || done === 'urgent'
    case 'pass':
      return done === 'pass'
    default:
      return done === 'reply'
  }
}

/** Where a wrong one went, and how many of a label were right. */
export interface Figure {
  right: number
  of: number
  wrong: { text: string; done: Done }[]
}

/** By label; all departments count as one. */
export function measure(rows: readonly GateRow[]): Map<string, Figure> {
  const figures = new Map<string, Figure>()
  for (const row of rows) {
    const isDepartment = row.label.startsWith('refer:') && row.label !== 'refer:complaint'
    const label = isDepartment ? 'refer:department' : row.label
    const figure = figures.get(label) ?? { right: 0, of: 0, wrong: [] }
    const done = doneBy(row.text)
    figure.of++
    if (isRight(row, done)) figure.right++
    else figure.wrong.push({ text: row.text, done })
    figures.set(label, figure)
  }
  return figures
}

/** Percent right of all labels that begin so. */
export function share(figures: ReadonlyMap<string, Figure>, ...beginnings: string[]): number {
  let right = 0
  let of = 0
  for (const [label, figure] of figures) {
    if (!beginnings.some((begin) => label.startsWith(begin))) continue
    right += figure.right
    of += figure.of
  }
  return Math.round((right / of) * 1000) / 10
}
