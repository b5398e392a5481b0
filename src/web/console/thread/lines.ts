import type { EntryView } from '../../../protocol/entries.ts'
import type { OpenEntry } from '../../shared/thread-fold.ts'
import { wallTime } from '../../shared/time.ts'

/** An entry as a line of the record, with what later entries say about it. */
export interface Line {
  seq: number
  at: string
  /** Absent: sealed for the reader, or redacted; `gone` tells which. */
  entry?: OpenEntry
  gone?: 'sealed' | 'redacted'
  /** The newest correction of it. */
  correctedBy?: number
  helpful?: boolean
  /** The first line of a day in Shanghai: a date stands above it. */
  newDay: boolean
  /** Same author, same kind, within minutes: the name need not stand again. */
  follows: boolean
}

const CLOSE_MS = 5 * 60_000

export function linesOf(entries: readonly EntryView[]): Line[] {
  const lines: Line[] = []
  for (const view of entries) {
    const line = lineOf(view)
    const before = lines.at(-1)
    line.newDay = !before || wallTime(before.at).number !== wallTime(line.at).number
    line.follows = !line.newDay && continues(before, line)
    lines.push(line)
    if (line.entry) annotate(lines, line.entry)
  }
  return lines
}

function lineOf(view: EntryView): Line {
  const { seq, at } = view
  const placed = { seq, at, newDay: false, follows: false }
  if (view.kind === 'sealed') return { ...placed, gone: 'sealed' }
  if (!('body' in view) || !view.body) return { ...placed, gone: 'redacted' }
  return { ...placed, entry: view as unknown as OpenEntry }
}

function continues(before: Line | undefined, line: Line): boolean {
  const [a, b] = [before?.entry, line.entry]
  if (!a || !b || a.kind !== b.kind || a.by.id !== b.by.id) return false
  return Date.parse(line.at) - Date.parse(before!.at) < CLOSE_MS
}

/** Entries are in order from seq 1, so that the original stands at `seq - 1`. */
function annotate(lines: Line[], entry: OpenEntry): void {
  switch (entry.kind) {
    case 'corrected': {
      const original = lines[entry.body.seq - 1]
      if (original) original.correctedBy = entry.seq
      return
    }
    case 'judged': {
      const answer = lines[entry.body.seq - 1]
      if (answer) answer.helpful = entry.body.helpful
      return
    }
    case 'redacted': {
      const original = lines[entry.body.seq - 1]
      if (!original) return
      delete original.entry
      original.gone = 'redacted'
    }
  }
}

/** The enterprise's newest words: what somebody would search the knowledge base for. */
export function newestQuestion(lines: readonly Line[]): string {
  for (let i = lines.length - 1; i >= 0; i--) {
    const entry = lines[i]?.entry
    if (entry?.by.role !== 'enterprise') continue
    if (entry.kind === 'asked' || entry.kind === 'said' || entry.kind === 'reopened') {
      if (entry.body.text) return entry.body.text
    }
  }
  return ''
}

/** Has an officer answered the enterprise yet? */
export const hasReply = (lines: readonly Line[]): boolean =>
  lines.some(
    ({ entry }) =>
      entry?.kind === 'notice-given' || (entry?.kind === 'said' && entry.by.role === 'officer'),
  )
