import { describe, expect, it } from 'vitest'
import { ENTRY_KINDS } from '../../../src/protocol/vocabulary.ts'
import { linesOf } from '../../../src/web/console/thread/lines.ts'
import { milestoneOf, type Names } from '../../../src/web/console/thread/milestones.ts'
import { BOT, BY_LI, BY_WANG, ENTERPRISE, Story } from './samples.ts'

const names: Names = {
  desk: (id) => ({ water: '水科', eia: '环评科' })[id ?? ''] ?? '',
  person: ({ id, name }) => (id === 'p-wang' ? `${name}（水科）` : (name ?? '')),
  moment: () => '15:40',
}
const told = (story: Story) => {
  const { entry } = linesOf(story.entries)[story.entries.length - 1]!
  return milestoneOf(entry!, names)
}

describe('milestones', () => {
  it('say to which desk it went, why, and what was promised', () => {
    const promise = { text: '…', dueAt: '2026-11-23T07:40:00.000Z' }
    const story = new Story().add('escalated', BOT, { reason: 'case', desk: 'water', promise })
    expect(told(story)?.text).toBe('已转水科 · 个案，机器不下结论 · 承诺 15:40 前首次回复')
  })

  it('name the first responder once', () => {
    expect(told(new Story().add('claimed', BY_WANG, { first: true }))?.text).toBe(
      '王工（水科）受理，首问责任人',
    )
    expect(told(new Story().add('claimed', BY_LI, { first: false }))?.text).toBe('李工受理')
  })

  it('mark what the enterprise does not see', () => {
    const to = { person: { id: 'p-wang', name: '王工' } }
    const story = new Story().add('handover-offered', BY_LI, { to, reason: '属水科职责' })
    expect(told(story)).toEqual({
      text: '李工提出转办给王工（水科）',
      quote: '属水科职责',
      internal: true,
    })
  })

  it('show a bad rating as one', () => {
    expect(told(new Story().add('rated', ENTERPRISE, { grade: 1, comment: '太慢' }))).toEqual({
      text: '企业评价：非常不满意',
      quote: '太慢',
      tone: 'late',
    })
  })

  it('are no milestones where somebody says something', () => {
    expect(told(new Story().said(BY_WANG, '答'))).toBeUndefined()
    expect(ENTRY_KINDS).toContain('said')
  })
})
