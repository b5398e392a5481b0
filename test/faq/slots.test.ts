import { describe, expect, it } from 'vitest'
import { isProblem, parseEntry } from '../../src/faq/entry.ts'
import { buildIndex } from '../../src/faq/index.ts'
import {
  fillSlots,
  NO_SLOTS,
  SLOT_NAMES,
  SLOTS,
  type SlotTexts,
  strangeSlot,
} from '../../src/faq/slots.ts'
import { anEntry, ask, files, NOW, served } from './support.ts'

const SUBSIDY: SlotTexts = new Map([['subsidy-notice', '甘水〔2026〕3号，9月30日前申报']])
const anAnswer = (answer: string) => anEntry({ answer, local: { varies: true } })

describe('a local slot', () => {
  it('says what the city filled in', () => {
    expect(fillSlots('补助：{{subsidy-notice}}。', SUBSIDY)).toBe(
      '补助：甘水〔2026〕3号，9月30日前申报。',
    )
  })

  it.each(SLOT_NAMES)('%s, while empty, says so and offers a person', (name) => {
    const said = fillSlots(`{{${name}}}`, NO_SLOTS)
    expect(said).toContain('尚未配置')
    expect(said).toContain('转人工')
    expect(said).not.toMatch(/[{}]|。$/)
    expect(SLOTS[name].label.length).toBeGreaterThan(3)
  })

  it('takes what is filled in as it stands, and never as a pattern or as another slot', () => {
    const odd: SlotTexts = new Map([['subsidy-notice', '$& $1 {{duty-phone}}']])
    expect(fillSlots('{{subsidy-notice}}', odd)).toBe('$& $1 {{duty-phone}}')
  })

  it.each([
    ['{{subsidi-notice}}', '{{subsidi-notice}}'],
    ['{{ subsidy-notice }}', '{{ subsidy-notice }}'],
    ['{{Subsidy-Notice}}', '{{Subsidy-Notice}}'],
    ['{{toString}}', '{{toString}}'],
    ['{{subsidy-notice', '{{subsidy-notice'],
    ['{{subsidy-notice}', '{{subsidy-notice}'],
    ['subsidy-notice}}', '}}'],
    ['{subsidy-notice}', '{subsidy-notice}'],
  ])('that is written %s is no slot', (text, strange) => {
    expect(strangeSlot(`前{{duty-phone}}中${text}后`)).toBe(strange)
  })
})

describe('an entry with slots', () => {
  const file = files().find((one) => one.file === 'reuse-subsidy.md')!
  const read = (from: string, to: string) => parseEntry(file.file, file.text.replace(from, to))

  it.each([
    ['{{subsidy-notice}}', '{{subsidy}}', 'answer'],
    ['{{subsidy-notice}}', '{{subsidy-notice', 'answer'],
    [
      'see:',
      'notice: { materials: ["甲"], steps: ["{{x}}"], window: 乙, limit: 丙 }\nsee:',
      'notice.steps.0',
    ],
    ['question: 我们', 'question: "{{duty-phone}}我们"\n#', 'question'],
    ['varies: true', 'varies: false', 'local.varies'],
  ])('is refused with “%s” made “%s”, naming %s', (from, to, field) => {
    const problem = read(from, to)
    expect(problem).toMatchObject({ file: 'reuse-subsidy.md', field })
    expect(isProblem(problem) && problem.problem).toMatch(/slot/)
  })

  it('is answered, offered and explained with what the city filled in', () => {
    const index = buildIndex(served(anAnswer('补助：{{subsidy-notice}}。')))
    const question = anEntry().question
    const said = '补助：甘水〔2026〕3号，9月30日前申报。'
    const decision = ask(question, index, NOW, SUBSIDY)
    expect(decision).toMatchObject({ decision: 'answer', hit: { answer: said, version: 1 } })
    expect(decision.explain.candidates[0]).toMatchObject({ answer: said })
    expect(ask(question, index)).toMatchObject({
      hit: { answer: '补助：尚未配置，请转人工确认。' },
    })
  })

  it('is not found by a slot’s name', () => {
    const index = buildIndex(served(anAnswer('补助：{{subsidy-notice}}。')))
    expect(index.candidates(index.read('subsidy notice'))).toEqual([])
  })
})
