import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Decision, decide } from '../../src/faq/answer.ts'
import { type FaqEntry, isProblem, parseEntry } from '../../src/faq/entry.ts'
import { buildIndex, type FaqIndex, type Served } from '../../src/faq/index.ts'
import { NO_SLOTS, type SlotTexts } from '../../src/faq/slots.ts'

export const FOLDER = join(import.meta.dirname, '../../faq')
export const NOW = new Date('2026-11-23T03:00:00Z')

export const files = () =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(FOLDER, file), 'utf8') }))

/** The entries that the product ships. */
export const shipped = (): FaqEntry[] =>
  files().map(({ file, text }) => {
    const read = parseEntry(file, text)
    if (isProblem(read)) throw new Error(`${read.file}: ${read.field} ${read.problem}`)
    return read
  })

/** Another subject than any shipped entry has, so that tests of the machinery are about it alone. */
export const anEntry = (over: Partial<FaqEntry> = {}): FaqEntry => ({
  id: 'snow-maker',
  question: '造雪机要不要登记？',
  topic: 'snow',
  phrasings: ['滑雪场造雪机要办手续吗', '人工造雪设备登记流程', '造雪机登记去哪办'],
  keywords: ['造雪机', '滑雪场'],
  valid: { from: '2026-08-15' },
  status: 'published',
  review: { by: '2027-05-23', required: false, notes: [] },
  basis: [
    {
      title: '造雪条例',
      number: null,
      article: '第3条',
      issuer: '雪务局',
      effective: '2026-01-01',
      status: 'current',
      verified: 'V',
    },
  ],
  local: { varies: false },
  answer: '结论：要登记。带上说明书到窗口办。',
  ...over,
})

export const served = (...entries: FaqEntry[]): Served[] =>
  entries.map((entry) => ({ entry, version: 1 }))

let bureau: FaqIndex | undefined
/** The shipped entries, indexed once a file. */
export const bureauIndex = (): FaqIndex => {
  bureau ??= buildIndex(served(...shipped()))
  return bureau
}

export const ask = (
  text: string,
  index = bureauIndex(),
  now = NOW,
  slots: SlotTexts = NO_SLOTS,
): Decision => decide(text, { index, now, files: false, slots })

export const answeredId = (decision: Decision) =>
  decision.decision === 'answer' ? decision.hit.id : null
