import type { Author, BodyOf, EntryView } from '../../../src/protocol/entries.ts'
import type { ClockSummary, Me, Summary } from '../../../src/protocol/http.ts'
import type { EntryKind } from '../../../src/protocol/vocabulary.ts'

export const NOON = Date.parse('2026-11-23T04:00:00.000Z')
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
const iso = (ms: number) => new Date(ms).toISOString()

export const WANG: Me = {
  id: 'p-wang',
  name: '王工',
  role: 'officer',
  desk: 'water',
  desks: ['water'],
}
export const SUN: Me = { id: 'p-sun', name: '孙科', role: 'supervisor', desks: ['water', 'eia'] }

export const ENTERPRISE: Author = { role: 'enterprise', id: 'e-1' }
export const BY_WANG: Author = { role: 'officer', id: 'p-wang', name: '王工' }
export const BY_LI: Author = { role: 'officer', id: 'p-li', name: '李工' }
export const BOT: Author = { role: 'bot', id: 'bot' }

/** A first-reply clock that started at noon and falls due `minutes` later. */
export const clock = (minutes: number, more: Partial<ClockSummary> = {}): ClockSummary => ({
  name: 'first-reply',
  startedAt: iso(NOON),
  dueAt: iso(NOON + minutes * MINUTE),
  state: 'running',
  ...more,
})

export const summary = (id: string, more: Partial<Summary> = {}): Summary => ({
  id,
  kind: 'consult',
  state: 'waiting',
  desk: 'water',
  enterprise: { uscc: '91320594MA1XYZ8K3T', name: '鸿运电子' },
  question: '中水回用有补贴吗？',
  seq: 2,
  read: 0,
  clocks: [],
  openedAt: iso(NOON),
  at: iso(NOON),
  ...more,
})

/** A record, entry by entry, a minute apart. */
export class Story {
  readonly entries: EntryView[] = []
  readonly thread: string

  constructor(thread = 't') {
    this.thread = thread
  }

  add<K extends EntryKind>(kind: K, by: Author, body: BodyOf<K>, gap = MINUTE): this {
    this.entries.push({ ...this.#placed(gap), kind, by, body, salt: '00' })
    return this
  }

  asked(text = '问'): this {
    const enterprise = { uscc: '91320594MA1XYZ8K3T', name: '鸿运电子' }
    return this.add('asked', ENTERPRISE, { text, kind: 'consult', enterprise })
  }

  sealed(): this {
    this.entries.push({ ...this.#placed(MINUTE), kind: 'sealed', content: '00' })
    return this
  }

  said(by: Author, text: string, gap = MINUTE): this {
    return this.add('said', by, { text }, gap)
  }

  #placed(gap: number) {
    const seq = this.entries.length + 1
    const last = this.entries[this.entries.length - 1]
    const at = iso(last ? Date.parse(last.at) + gap : NOON)
    return { thread: this.thread, seq, at, prev: '0'.repeat(64), hash: `${seq}`.padStart(64, '0') }
  }
}
