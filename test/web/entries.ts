import type { Author, BodyOf, EntryView } from '../../src/protocol/entries.ts'
import type { EntryKind } from '../../src/protocol/vocabulary.ts'

export const ME: Author = { role: 'enterprise', id: 'me' }
export const COLLEAGUE: Author = { role: 'enterprise', id: 'other' }
export const BOT: Author = { role: 'bot', id: 'bot' }
export const SYSTEM: Author = { role: 'system', id: 'system' }
export const ZHAO: Author = { role: 'officer', id: 'zhao', name: '赵工' }
export const LI: Author = { role: 'officer', id: 'li', name: '李工' }
export const SUN: Author = { role: 'supervisor', id: 'sun', name: '孙科' }

const ENTERPRISE = { uscc: '91320100MA1XXXXX1A', name: '江东新材料有限公司' }
const linked = { prev: '0'.repeat(64), hash: '0'.repeat(64) }

/** A thread's record as its enterprise gets it, written line by line. */
export class Tale {
  readonly entries: EntryView[] = []

  get seq(): number {
    return this.entries.length
  }

  #placed() {
    const minute = String(this.seq).padStart(2, '0')
    return { thread: 't', seq: this.seq + 1, at: `2026-11-23T02:${minute}:00.000Z` }
  }

  add<K extends EntryKind>(kind: K, by: Author, body: BodyOf<K>, name?: string): this {
    const more = name === undefined ? {} : { name }
    this.entries.push({ ...this.#placed(), ...linked, kind, by, body, salt: '00', ...more })
    return this
  }

  sealed(): this {
    this.entries.push({ ...this.#placed(), ...linked, kind: 'sealed', content: '00' })
    return this
  }

  /** An entry whose body was taken away before the reader came. */
  redacted(kind: EntryKind, by: Author): this {
    this.entries.push({ ...this.#placed(), ...linked, kind, by, content: '00' })
    return this
  }

  asked(text = '调换辅材要重办环评吗？', by = ME): this {
    return this.add('asked', by, { text, kind: 'consult', enterprise: ENTERPRISE })
  }

  answered(faq = 'eia-material-change'): this {
    const basis = [{ title: '生态环境法典', article: '第106条', status: 'current' as const }]
    return this.add('answered', BOT, {
      faq,
      version: 1,
      question: '调换辅材需重新办理环评手续吗？',
      answer: '结论：不一定。',
      basis,
      confidence: 0.9,
    })
  }

  escalated(reason: BodyOf<'escalated'>['reason'] = 'asked'): this {
    return this.add('escalated', BOT, {
      reason,
      desk: 'eia',
      promise: { text: '承诺 30 分钟内首次回复（15:40 前）', dueAt: '2026-11-23T07:40:00.000Z' },
      clocks: [clock('first-reply')],
    })
  }

  claimed(by = ZHAO): this {
    return this.add('claimed', by, { first: true })
  }

  said(text: string, by = ZHAO): this {
    return this.add('said', by, { text })
  }

  resolved(): this {
    return this.add('resolved', ZHAO, { outcome: 'handled', summary: '已告知。' })
  }
}

export const clock = (name: 'first-reply' | 'next-reply', more: { metAt?: string } = {}) => ({
  name,
  n: 1,
  startedAt: '2026-11-23T07:10:00.000Z',
  dueAt: '2026-11-23T07:40:00.000Z',
  limit: { number: 30, unit: 'working-minutes' as const, ground: '本单位承诺', version: '1' },
  calendar: '2026',
  ...more,
})
