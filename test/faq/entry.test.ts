import { describe, expect, it } from 'vitest'
import { faqEntrySchema, isProblem, parseEntry, servable } from '../../src/faq/entry.ts'
import { anEntry, files, NOW } from './support.ts'

const FILE = `---
id: snow-maker
question: 造雪机要不要登记？
topic: snow
phrasings: [一种问法, 二种问法, 三种问法, 四种问法, 五种问法, 六种问法, 七种问法, 八种问法]
keywords: [造雪机]
valid: { from: 2026-08-15 }
status: published
review: { by: 2027-05-23, required: false, notes: [] }
basis:
  - { title: 造雪条例, number: null, article: 第3条, issuer: 雪务局, effective: 2026-01-01, status: current, verified: V }
local: { varies: false, note: "" }
---
结论：要登记。
`
const parsed = (from: string, to: string) => parseEntry('snow-maker.md', FILE.replace(from, to))

describe('a file of the FAQ', () => {
  it('gives its front matter, and the text below as the answer', () => {
    const entry = parseEntry('faq/snow-maker.md', FILE)
    expect(entry).toMatchObject({ id: 'snow-maker', answer: '结论：要登记。' })
  })

  it('may come with a byte order mark and Windows line ends', () => {
    expect(isProblem(parseEntry('snow-maker.md', `\ufeff${FILE.replaceAll('\n', '\r\n')}`))).toBe(
      false,
    )
  })

  it.each([
    ['---\nid', 'id', 'front matter'],
    ['topic: snow', 'topic: [snow', 'front matter'],
    ['topic: snow', 'topic: snow\ntopic: ice', 'front matter'],
    ['topic: snow', 'topic: *missing', 'front matter'],
    ['topic: snow\n', '', 'topic'],
    ['topic: snow', 'topic: 雪', 'topic'],
    ['topic: snow', 'topic: snow\nmood: good', 'mood'],
    ['topic: snow', 'topic: snow\nanswer: here', 'answer'],
    ['id: snow-maker', 'id: ice-maker', 'id'],
    ['from: 2026-08-15', 'from: 2026-02-30', 'valid.from'],
    ['from: 2026-08-15', 'from: 2026-08-15, until: 2026-08-01', 'valid.until'],
    ['status: published', 'status: live', 'status'],
    ['effective: 2026-01-01', 'effective: 2026年', 'basis.0.effective'],
    ['status: current', 'status: valid', 'basis.0.status'],
    ['verified: V }', 'verified: U }', 'basis.0.verified'],
    ['一种问法, 二种', '二种问法, 二种', 'phrasings'],
    ['一种问法', '造雪机，要不要登记', 'phrasings'],
    ['一种问法, 二种问法, ', '', 'phrasings'],
    ['结论：要登记。', '', 'answer'],
    ['结论：要登记。', '坏\u0000字符', 'answer'],
  ])('with “%s” made “%s” is refused, naming %s', (from, to, field) => {
    const read = parsed(from, to)
    expect(read).toMatchObject({ file: 'snow-maker.md', field })
    expect(isProblem(read) && read.problem.length).toBeGreaterThan(3)
  })

  it('cannot be published without a basis, but may be a draft', () => {
    const bare = FILE.replace(/basis:\n.*\n/, 'basis: []\n')
    expect(parseEntry('snow-maker.md', bare)).toMatchObject({ field: 'basis' })
    const draft = bare.replace('status: published', 'status: draft')
    expect(isProblem(parseEntry('snow-maker.md', draft))).toBe(false)
  })

  it('does not blow up on nested aliases', () => {
    const bomb = `---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n`
    expect(isProblem(parseEntry('bomb.md', bomb))).toBe(true)
  })

  it.each(files())('$file is well formed', ({ file, text }) => {
    const read = parseEntry(file, text)
    expect(isProblem(read) ? `${read.field} ${read.problem}` : '').toBe('')
  })
})

describe('an entry', () => {
  const at = (time: string) => new Date(time)

  it('is servable from the first to the last minute of its dates, by the clock in Shanghai', () => {
    const entry = anEntry({ valid: { from: '2026-09-01', until: '2026-09-30' } })
    expect(servable(entry, at('2026-08-31T15:59:59Z'))).toBe(false)
    expect(servable(entry, at('2026-08-31T16:00:00Z'))).toBe(true)
    expect(servable(entry, at('2026-09-30T15:59:59Z'))).toBe(true)
    expect(servable(entry, at('2026-09-30T16:00:00Z'))).toBe(false)
  })

  it('is not servable as a draft, in review or retired', () => {
    for (const status of ['draft', 'review', 'retired'] as const) {
      expect(servable(anEntry({ status }), NOW)).toBe(false)
    }
  })

  it('is not servable once one basis of several is repealed', () => {
    const [basis] = anEntry().basis
    const entry = anEntry({ basis: [basis!, { ...basis!, status: 'repealed' }] })
    expect(servable(entry, NOW)).toBe(false)
  })

  it('is not servable without any basis', () => {
    expect(servable(anEntry({ basis: [] }), NOW)).toBe(false)
  })

  it('survives storage as JSON', () => {
    const entry = anEntry()
    expect(faqEntrySchema.parse(JSON.parse(JSON.stringify(entry)))).toEqual(entry)
  })
})
